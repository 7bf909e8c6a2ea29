use autobot_catalog::Form;
use rusqlite::types::ValueRef;

use crate::decimal::Decimal;
use crate::instant::{self, Reading};
use crate::{Interest, Reason, integer, json, text, uuid};

/// Names the form of a value. Forms that are not looked for are not found: a date then is [`Form::Text`].
pub fn classify(value: ValueRef<'_>, interest: Interest) -> Form {
    match value {
        ValueRef::Null => Form::Null,
        ValueRef::Integer(0 | 1) => Form::IntegerBit,
        ValueRef::Integer(_) => Form::Integer,
        ValueRef::Real(real) => of_real(real),
        ValueRef::Text(text) => of_text(text, interest).0,
        ValueRef::Blob(blob) if text::plain(blob).is_ok() => Form::BlobText,
        ValueRef::Blob(_) => Form::Blob,
    }
}

pub(crate) fn of_real(real: f64) -> Form {
    match real {
        _ if real.is_nan() => Form::Null,
        _ if real.is_infinite() => Form::RealInfinite,
        _ if integer::is_negative_zero(real) => Form::RealNegativeZero,
        _ if integer::exact(real).is_some() => Form::RealWhole,
        _ => Form::RealFraction,
    }
}

/// What was seen of a text besides its form, so that it is read once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Detail {
    None,
    Integer(i64),
    /// Significant digits before and after the point.
    Digits(u32, u32),
    /// Significant digits after the seconds, and whether it is a date with a time of day.
    Time(u8, bool),
    /// It has capitals.
    Capitals,
}

/// The form of a text.
#[inline]
pub(crate) fn of_text(text: &[u8], interest: Interest) -> (Form, Detail) {
    let form = match text::plain(text) {
        Ok(()) if text.is_empty() => Form::TextEmpty,
        Ok(()) if interest == Interest::NONE || interest == Interest::LABELS => Form::Text,
        Ok(()) => return of_plain(text, interest),
        Err(refusal) => match refusal.reason {
            Reason::NulInText => Form::TextNul,
            Reason::Surrogates => Form::TextSurrogates,
            _ => Form::TextInvalidUtf8,
        },
    };
    (form, Detail::None)
}

fn of_plain(text: &[u8], interest: Interest) -> (Form, Detail) {
    if interest.has(Interest::JSON)
        && let Ok(traits) = json::read(text)
    {
        let form = match traits {
            json::Traits { refused_by_jsonb: Some(_), .. } => Form::TextJsonRefused,
            json::Traits { duplicate_keys: true, .. } => Form::TextJsonDuplicateKeys,
            json::Traits { .. } => Form::TextJson,
        };
        return (form, Detail::None);
    }
    if interest.has(Interest::INTEGER)
        && let Some(number) = integer::canonical(text)
    {
        return (Form::TextInteger, Detail::Integer(number));
    }
    if interest.has(Interest::DECIMAL)
        && let Some(number) = Decimal::read(text)
    {
        return (Form::TextDecimal, Detail::Digits(number.before(), number.after()));
    }
    if interest.has(Interest::BOOLEAN) && integer::boolean_word(text).is_some() {
        return (Form::TextBoolean, Detail::None);
    }
    if interest.has(Interest::DATE)
        && let Some(found) = of_date(text)
    {
        return found;
    }
    if interest.has(Interest::UUID)
        && let Some((_, capitals)) = uuid::read(text)
    {
        return (Form::TextUuid, if capitals { Detail::Capitals } else { Detail::None });
    }
    (Form::Text, Detail::None)
}

fn of_date(text: &[u8]) -> Option<(Form, Detail)> {
    let (form, instant) = match instant::read(text) {
        Reading::No => return None,
        Reading::Impossible => return Some((Form::TextDateImpossible, Detail::None)),
        Reading::Date(_) => return Some((Form::TextDate, Detail::None)),
        Reading::Time(time) => (Form::TextTime, time),
        Reading::Naive(instant) => (Form::TextDateTimeNaive, instant),
        Reading::Zoned(instant) => (Form::TextDateTimeZoned, instant),
    };
    let midnight = instant.seconds.rem_euclid(instant::DAY) == 0 && instant.fraction_digits == 0;
    Some((form, Detail::Time(instant.fraction_digits, form != Form::TextTime && !midnight)))
}
