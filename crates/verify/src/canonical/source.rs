use std::borrow::Cow;

use autobot_catalog::{ColumnMap, EpochUnit, NulRule, OnInvalid, PgType, Utf8Rule};
use rusqlite::types::ValueRef;

use super::calendar::{self, MICROS_1970_TO_2000, MICROS_PER_DAY};
use super::decimal::Decimal;
use super::target::{put_double, put_integer};
use super::{json, put, put_null, tag};

/// A value of SQLite that its column's type cannot stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit;

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceValue {
    /// Its form was appended.
    Put,
    /// The owner's rule puts its row in quarantine.
    Quarantined,
}

/// Appends the canonical form that a stored value has under its column's declared rules.
pub(crate) fn from_source(column: &ColumnMap, value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<SourceValue, Unfit> {
    if let ValueRef::Null = value {
        put_null(out);
        return Ok(SourceValue::Put);
    }
    let start = out.len();
    let Err(unfit) = put_value(column, value, out) else { return Ok(SourceValue::Put) };
    out.truncate(start);
    match column.on_invalid {
        OnInvalid::Refuse => Err(unfit),
        OnInvalid::Null => {
            put_null(out);
            Ok(SourceValue::Put)
        }
        OnInvalid::Quarantine => Ok(SourceValue::Quarantined),
    }
}

fn put_value(column: &ColumnMap, value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<(), Unfit> {
    match &column.target_type {
        PgType::Boolean => put(out, tag::BOOLEAN, &[u8::from(boolean(value)?)]),
        PgType::SmallInt => put_integer(out, i16::try_from(integer(value)?).map_err(|_| Unfit)?.into()),
        PgType::Integer => put_integer(out, i32::try_from(integer(value)?).map_err(|_| Unfit)?.into()),
        PgType::BigInt => put_integer(out, integer(value)?),
        #[expect(clippy::cast_possible_truncation, reason = "REAL is asked for by name: 32 bits")]
        PgType::Real => put_double(out, f64::from(double(value)? as f32)),
        PgType::Double => put_double(out, double(value)?),
        PgType::Decimal { limits } => decimal(value, *limits, out)?,
        PgType::Text | PgType::Citext | PgType::Enum { .. } | PgType::Json | PgType::Varchar(_) => {
            put(out, tag::TEXT, text(column, value)?.as_bytes());
        }
        // CHAR(n) comes back padded with blanks to n characters.
        PgType::Char(length) => {
            let text = text(column, value)?;
            let missing = (*length as usize).saturating_sub(text.chars().count());
            put(out, tag::TEXT, format!("{text}{}", " ".repeat(missing)).as_bytes());
        }
        PgType::Bytea => put(out, tag::BYTES, blob(value)?),
        PgType::Date => {
            let moment = moment(value, column.unit)?;
            put(out, tag::DATE, &moment.div_euclid(MICROS_PER_DAY).to_le_bytes());
        }
        PgType::Time(digits) => {
            let ValueRef::Text(text) = value else { return Err(Unfit) };
            let micros = calendar::time(utf8(text)?).ok_or(Unfit)?;
            put(out, tag::TIME, &cut(micros, *digits).to_le_bytes());
        }
        PgType::Timestamp(digits) | PgType::Timestamptz(digits) => {
            put(out, tag::TIMESTAMP, &cut(moment(value, column.unit)?, *digits).to_le_bytes());
        }
        PgType::Jsonb => {
            let mut canonical = String::new();
            json::canonical(&text(column, value)?, &mut canonical).ok_or(Unfit)?;
            put(out, tag::TEXT, canonical.as_bytes());
        }
        PgType::Uuid => put(out, tag::UUID, &uuid(value)?),
    }
    Ok(())
}

fn utf8(bytes: &[u8]) -> Result<&str, Unfit> {
    std::str::from_utf8(bytes).map_err(|_| Unfit)
}

fn boolean(value: ValueRef<'_>) -> Result<bool, Unfit> {
    match value {
        ValueRef::Integer(0) => Ok(false),
        ValueRef::Integer(1) => Ok(true),
        ValueRef::Text(text) => match utf8(text)?.to_ascii_lowercase().as_str() {
            "0" | "f" | "false" => Ok(false),
            "1" | "t" | "true" => Ok(true),
            _ => Err(Unfit),
        },
        #[expect(clippy::float_cmp, reason = "exactly 0 or 1 is meant")]
        ValueRef::Real(real) if real == 0.0 || real == 1.0 => Ok(real == 1.0),
        _ => Err(Unfit),
    }
}

fn integer(value: ValueRef<'_>) -> Result<i64, Unfit> {
    match value {
        ValueRef::Integer(integer) => Ok(integer),
        ValueRef::Text(text) => {
            let text = utf8(text)?;
            let integer: i64 = text.parse().map_err(|_| Unfit)?;
            if integer.to_string() == text { Ok(integer) } else { Err(Unfit) }
        }
        ValueRef::Real(real) => exact_integer(real).ok_or(Unfit),
        _ => Err(Unfit),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "checked by going back")]
fn exact_integer(real: f64) -> Option<i64> {
    let integer = real as i64;
    let in_range = (-9.223_372_036_854_775_8e18..9.223_372_036_854_775_8e18).contains(&real);
    (in_range && integer as f64 == real && (integer as f64).to_bits() == real.to_bits()).then_some(integer)
}

#[expect(clippy::cast_precision_loss, reason = "checked by going back")]
fn double(value: ValueRef<'_>) -> Result<f64, Unfit> {
    match value {
        ValueRef::Real(real) => Ok(real),
        ValueRef::Integer(integer) => {
            exact_integer(integer as f64).filter(|back| *back == integer).map(|_| integer as f64).ok_or(Unfit)
        }
        _ => Err(Unfit),
    }
}

fn decimal(value: ValueRef<'_>, limits: Option<(u16, u16)>, out: &mut Vec<u8>) -> Result<(), Unfit> {
    let decimal = match value {
        ValueRef::Integer(integer) => Decimal::parse(&integer.to_string()),
        // Rust prints the shortest decimal that reads back to the same bits.
        ValueRef::Real(real) if real.is_finite() => Decimal::parse(&format!("{real:e}")),
        ValueRef::Text(text) => Decimal::parse(utf8(text)?),
        _ => None,
    };
    let decimal = decimal.ok_or(Unfit)?;
    limits.map_or(decimal.clone(), |(_, scale)| decimal.rounded(scale)).put(out);
    Ok(())
}

fn blob(value: ValueRef<'_>) -> Result<&[u8], Unfit> {
    match value {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Ok(bytes),
        _ => Err(Unfit),
    }
}

/// The text of a value. Reals arrive as text already: SQLite itself casts them in the query.
fn text<'a>(column: &ColumnMap, value: ValueRef<'a>) -> Result<Cow<'a, str>, Unfit> {
    let bytes = match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        ValueRef::Integer(integer) => return Ok(Cow::Owned(integer.to_string())),
        ValueRef::Real(_) | ValueRef::Null => return Err(Unfit),
    };
    let text = match (std::str::from_utf8(bytes), column.utf8, value) {
        (Ok(text), _, _) => Cow::Borrowed(text),
        (Err(_), Utf8Rule::Replace, ValueRef::Text(_)) => Cow::Owned(replaced(bytes)),
        _ => return Err(Unfit),
    };
    match (text.contains('\0'), column.nul) {
        (false, NulRule::Escape) if text.contains('\\') => Ok(Cow::Owned(text.replace('\\', "\\\\"))),
        (false, _) => Ok(text),
        (true, NulRule::Invalid) => Err(Unfit),
        (true, NulRule::Strip) => Ok(Cow::Owned(text.replace('\0', ""))),
        (true, NulRule::Escape) => Ok(Cow::Owned(text.replace('\\', "\\\\").replace('\0', "\\0"))),
    }
}

/// Pairs of surrogates, each written as three bytes, become the character they stand for; every other wrong sequence
/// becomes U+FFFD.
fn replaced(bytes: &[u8]) -> String {
    let surrogate = |at: usize| -> Option<u16> {
        let &[a, b, c] = bytes.get(at..at + 3)? else { return None };
        let shape = a == 0xED && (0xA0..=0xBF).contains(&b) && (0x80..=0xBF).contains(&c);
        shape.then(|| 0xD000 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F))
    };
    let mut repaired = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = surrogate(at).and_then(|high| Some([high, surrogate(at + 3)?]));
        match pair.and_then(|pair| char::decode_utf16(pair).next()?.ok()) {
            Some(character) => {
                repaired.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                at += 6;
            }
            None => {
                repaired.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&repaired).into_owned()
}

/// Microseconds since 2000 of a date value.
fn moment(value: ValueRef<'_>, unit: Option<EpochUnit>) -> Result<i64, Unfit> {
    match value {
        ValueRef::Text(text) => calendar::read(utf8(text)?).and_then(|moment| moment.timestamp()).ok_or(Unfit),
        ValueRef::Integer(count) => epoch(i128::from(count), 1, unit.ok_or(Unfit)?).ok_or(Unfit),
        ValueRef::Real(real) if real.is_finite() => {
            // A real is an exact binary fraction; 2^20 parts are finer than any clock that wrote it.
            let (parts, scale) = real_parts(real).ok_or(Unfit)?;
            epoch(parts, scale, unit.ok_or(Unfit)?).ok_or(Unfit)
        }
        _ => Err(Unfit),
    }
}

/// A real as whole parts of a power of two.
#[expect(clippy::cast_possible_truncation, reason = "scaled to a whole number within 2^100 before")]
fn real_parts(real: f64) -> Option<(i128, i128)> {
    const SCALE: f64 = 1_125_899_906_842_624.0; // 2^50
    let scaled = real * SCALE;
    (scaled.abs() < 1e30).then_some((scaled as i128, SCALE as i128))
}

/// `count / scale` units as microseconds since 2000, cut towards the past.
fn epoch(count: i128, scale: i128, unit: EpochUnit) -> Option<i64> {
    let since_1970 = |micros: i128| micros.checked_sub(i128::from(MICROS_1970_TO_2000));
    let times = |factor: i128| Some(count.checked_mul(factor)?.div_euclid(scale));
    let micros = match unit {
        EpochUnit::Seconds => since_1970(times(1_000_000)?)?,
        EpochUnit::Milliseconds => since_1970(times(1000)?)?,
        EpochUnit::Microseconds => since_1970(times(1)?)?,
        EpochUnit::Nanoseconds => since_1970(count.div_euclid(scale.checked_mul(1000)?))?,
        EpochUnit::Days => since_1970(times(i128::from(MICROS_PER_DAY))?)?,
        // 2000-01-01T12:00 is Julian day 2451545.
        EpochUnit::JulianDay => times(i128::from(MICROS_PER_DAY))? - 4_903_089 * i128::from(MICROS_PER_DAY) / 2,
        // 2001-01-01 is 366 days after 2000-01-01.
        EpochUnit::AppleSeconds => times(1_000_000)? + 366 * i128::from(MICROS_PER_DAY),
        // 1601-01-01 is 145,731 days before 2000-01-01.
        EpochUnit::WebkitMicroseconds => times(1)? - 145_731 * i128::from(MICROS_PER_DAY),
    };
    i64::try_from(micros).ok()
}

/// Cut to `digits` decimals of a second, towards the past.
fn cut(micros: i64, digits: u8) -> i64 {
    let step = 10_i64.pow(6 - u32::from(digits.min(6)));
    micros.div_euclid(step) * step
}

fn uuid(value: ValueRef<'_>) -> Result<[u8; 16], Unfit> {
    match value {
        ValueRef::Blob(bytes) => bytes.try_into().map_err(|_| Unfit),
        ValueRef::Text(text) => {
            let digits: Vec<u8> = text.iter().copied().filter(|byte| !b"-{}".contains(byte)).collect();
            let digits = std::str::from_utf8(&digits).map_err(|_| Unfit)?;
            if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(Unfit);
            }
            u128::from_str_radix(digits, 16).map(u128::to_be_bytes).map_err(|_| Unfit)
        }
        _ => Err(Unfit),
    }
}
