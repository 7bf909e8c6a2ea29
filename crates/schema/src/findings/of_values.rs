use autobot_convert::{Change, Reason};

use super::Code;
use super::codes as code;

/// The code under which a value that cannot go over is reported.
pub(crate) fn code_of_reason(reason: Reason) -> &'static Code {
    match reason {
        Reason::NullInNotNull => &code::NULL_IN_NOT_NULL,
        Reason::EmptyText => &code::EMPTY_TEXT,
        Reason::TextInInteger => &code::TEXT_IN_INTEGER,
        Reason::TextInReal => &code::TEXT_IN_REAL,
        Reason::TextInNumeric => &code::TEXT_IN_NUMERIC,
        Reason::FractionInInteger => &code::FRACTION_IN_INTEGER,
        Reason::NotABoolean => &code::NOT_A_BOOLEAN,
        Reason::OutOfRange => &code::OUT_OF_RANGE,
        Reason::InexactInDouble => &code::INEXACT_IN_DOUBLE,
        Reason::Infinite => &code::INFINITE,
        Reason::TooManyDigits => &code::TOO_MANY_DIGITS,
        Reason::NotADate => &code::NOT_A_DATE,
        Reason::ImpossibleDate => &code::IMPOSSIBLE_DATE,
        Reason::TimeOfDayInDate => &code::TIME_OF_DAY_IN_DATE,
        Reason::NotATime => &code::NOT_A_TIME,
        Reason::UnknownUnit => &code::UNKNOWN_UNIT,
        Reason::NulInText => &code::NUL_IN_TEXT,
        Reason::InvalidUtf8 => &code::INVALID_UTF8,
        Reason::Surrogates => &code::SURROGATES,
        Reason::BlobInText => &code::BLOB_IN_TEXT,
        Reason::BlobInScalar => &code::BLOB_IN_SCALAR,
        Reason::NumberInBytea => &code::NUMBER_IN_BYTEA,
        Reason::NotJson => &code::NOT_JSON,
        Reason::JsonRefused | Reason::JsonTooDeep | Reason::JsonNul | Reason::JsonSurrogate | Reason::JsonNumber => {
            &code::JSON_REFUSED
        }
        Reason::NotAUuid => &code::NOT_A_UUID,
        Reason::NotInEnum => &code::NOT_IN_ENUM,
        Reason::TooLong => &code::TOO_LONG,
    }
}

/// The code under which a conversion that does not keep everything is reported.
pub(crate) fn code_of_change(change: Change) -> &'static Code {
    match change {
        Change::DigitsCut => &code::DIGITS_CUT,
        Change::ReadAsUtc => &code::READ_AS_UTC,
        Change::JulianRounded => &code::JULIAN_ROUNDED,
        Change::NulStripped | Change::Escaped => &code::NUL_CHANGED,
        Change::Utf8Replaced => &code::UTF8_REPLACED,
        Change::NumberAsText => &code::NUMBER_AS_TEXT,
        Change::BlobAsText => &code::BLOB_AS_TEXT,
        Change::FromReal => &code::DECIMAL_FROM_REAL,
        Change::NumberSpelling => &code::NUMBER_SPELLING,
        Change::NegativeZero => &code::NEGATIVE_ZERO,
        Change::Rounded => &code::ROUNDED,
        Change::DuplicateKeys => &code::JSON_DUPLICATE_KEYS,
        Change::LetterCase => &code::LETTER_CASE,
        Change::Padded => &code::PADDED,
    }
}
