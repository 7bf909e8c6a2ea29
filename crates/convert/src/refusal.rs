use std::fmt;

/// Why a value cannot go over as its column's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// NULL in a column that must not be.
    NullInNotNull,
    /// Empty text where the type has no empty value.
    EmptyText,
    /// Text in an integer column that is not exactly an integer's decimal form.
    TextInInteger,
    /// Text in a floating-point column that is not exactly an integer's decimal form.
    TextInReal,
    /// Text in a numeric column that is not a decimal number.
    TextInNumeric,
    /// A real with a fraction, or beyond 64 bits, in an integer column.
    FractionInInteger,
    /// Anything but 0, 1, `true`, `false`, `t`, `f` in a boolean column.
    NotABoolean,
    /// Beyond the range of the type.
    OutOfRange,
    /// An integer that no double equals.
    InexactInDouble,
    /// Infinity where the type has none.
    Infinite,
    /// More digits than the precision and scale of the type hold.
    TooManyDigits,
    /// Not a date in any form that is read.
    NotADate,
    /// The form of a date or time that does not exist.
    ImpossibleDate,
    /// A date with a time of day in a date column.
    TimeOfDayInDate,
    /// Not a time of day.
    NotATime,
    /// A number in a date column whose unit is not known.
    UnknownUnit,
    /// A NUL character in text.
    NulInText,
    /// Text that is not UTF-8.
    InvalidUtf8,
    /// Surrogates written as UTF-8 (CESU-8).
    Surrogates,
    /// A blob where text is wanted.
    BlobInText,
    /// A blob where a number, date, boolean, UUID, enum or JSON is wanted.
    BlobInScalar,
    /// A number in a BYTEA column.
    NumberInBytea,
    /// Not JSON.
    NotJson,
    /// JSON nested deeper than PostgreSQL reads.
    JsonTooDeep,
    /// JSON that JSONB does not take (a verdict on the form; a value has one of the next three reasons).
    JsonRefused,
    /// `\u0000` in JSON for a JSONB column.
    JsonNul,
    /// A lone surrogate (`\ud83d`) in JSON for a JSONB column.
    JsonSurrogate,
    /// A number in JSON beyond what a double or NUMERIC can hold, for a JSONB column.
    JsonNumber,
    /// Not a UUID in its 36-character form.
    NotAUuid,
    /// Not a label of the enum.
    NotInEnum,
    /// More characters than the type takes, or more bytes than a PostgreSQL value can have.
    TooLong,
}

impl Reason {
    /// Its stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::NullInNotNull => "null-in-not-null",
            Self::EmptyText => "empty-text",
            Self::TextInInteger => "text-in-integer",
            Self::TextInReal => "text-in-real",
            Self::TextInNumeric => "text-in-numeric",
            Self::FractionInInteger => "fraction-in-integer",
            Self::NotABoolean => "not-a-boolean",
            Self::OutOfRange => "out-of-range",
            Self::InexactInDouble => "inexact-in-double",
            Self::Infinite => "infinite",
            Self::TooManyDigits => "too-many-digits",
            Self::NotADate => "not-a-date",
            Self::ImpossibleDate => "impossible-date",
            Self::TimeOfDayInDate => "time-of-day-in-date",
            Self::NotATime => "not-a-time",
            Self::UnknownUnit => "unknown-unit",
            Self::NulInText => "nul-in-text",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::Surrogates => "surrogates",
            Self::BlobInText => "blob-in-text",
            Self::BlobInScalar => "blob-in-scalar",
            Self::NumberInBytea => "number-in-bytea",
            Self::NotJson => "not-json",
            Self::JsonTooDeep => "json-too-deep",
            Self::JsonRefused => "json-refused",
            Self::JsonNul => "json-nul",
            Self::JsonSurrogate => "json-surrogate",
            Self::JsonNumber => "json-number",
            Self::NotAUuid => "not-a-uuid",
            Self::NotInEnum => "not-in-enum",
            Self::TooLong => "too-long",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NullInNotNull => "NULL in a column that must have a value",
            Self::EmptyText => "empty text is no value of the type",
            Self::TextInInteger => "text that is not exactly an integer",
            Self::TextInReal => "text in a floating-point column",
            Self::TextInNumeric => "text that is not a decimal number",
            Self::FractionInInteger => "a number that is not a whole 64-bit number",
            Self::NotABoolean => "neither 0, 1, true, false, t nor f",
            Self::OutOfRange => "beyond the range of the type",
            Self::InexactInDouble => "an integer that no double equals",
            Self::Infinite => "infinity, which the type does not have",
            Self::TooManyDigits => "more digits than the type holds",
            Self::NotADate => "not a date that is read",
            Self::ImpossibleDate => "a date or time that does not exist",
            Self::TimeOfDayInDate => "a time of day that the type would lose",
            Self::NotATime => "not a time of day",
            Self::UnknownUnit => "a number whose unit is not known",
            Self::NulInText => "a NUL character in text",
            Self::InvalidUtf8 => "text that is not UTF-8",
            Self::Surrogates => "surrogates in text (CESU-8)",
            Self::BlobInText => "a blob that is not text",
            Self::BlobInScalar => "a blob",
            Self::NumberInBytea => "a number in a column of bytes",
            Self::NotJson => "not JSON",
            Self::JsonTooDeep => "JSON that is nested too deep",
            Self::JsonRefused => "JSON that JSONB does not take",
            Self::JsonNul => "a NUL character in JSON",
            Self::JsonSurrogate => "a lone surrogate in JSON",
            Self::JsonNumber => "a number in JSON beyond the range of doubles",
            Self::NotAUuid => "not a UUID",
            Self::NotInEnum => "not a label of the enum",
            Self::TooLong => "longer than the type allows",
        })
    }
}

/// A value that cannot go over, and at which of its bytes that shows. Holds no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// The byte of the text at which it shows, from 0, where there is one.
    pub at: Option<usize>,
}

impl Refusal {
    /// A refusal that shows at one byte.
    pub(crate) fn at(reason: Reason, byte: usize) -> Self {
        Self { reason, at: Some(byte) }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reason, at: None }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            None => self.reason.fmt(f),
            Some(at) => write!(f, "{} at byte {at}", self.reason),
        }
    }
}
