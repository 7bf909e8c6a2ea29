use autobot_catalog::PgType;

use super::decimal::Decimal;
use super::{json, put, put_null, put_word, tag};

/// A field that PostgreSQL sent and that does not have the form of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WireError;

/// Appends the canonical form of a field as binary COPY sends it (PostgreSQL documentation, "COPY", and the send
/// functions of each type); none is NULL.
pub(crate) fn from_target(kind: &PgType, field: Option<&[u8]>, out: &mut Vec<u8>) -> Result<(), WireError> {
    let Some(field) = field else {
        put_null(out);
        return Ok(());
    };
    match kind {
        PgType::Boolean => out.extend_from_slice(&[tag::BOOLEAN, bytes::<1>(field)?[0]]),
        PgType::SmallInt => put_integer(out, i16::from_be_bytes(bytes(field)?).into()),
        PgType::Integer => put_integer(out, i32::from_be_bytes(bytes(field)?).into()),
        PgType::BigInt => put_integer(out, i64::from_be_bytes(bytes(field)?)),
        PgType::Real => put_double(out, f32::from_be_bytes(bytes(field)?).into()),
        PgType::Double => put_double(out, f64::from_be_bytes(bytes(field)?)),
        PgType::Decimal { .. } => numeric(field, out)?,
        PgType::Text | PgType::Varchar(_) | PgType::Char(_) | PgType::Citext | PgType::Enum { .. } | PgType::Json => {
            put(out, tag::TEXT, field);
        }
        PgType::Bytea => put(out, tag::BYTES, field),
        PgType::Date => put_word(out, tag::DATE, i32::from_be_bytes(bytes(field)?).into()),
        PgType::Time(_) => put_word(out, tag::TIME, i64::from_be_bytes(bytes(field)?)),
        PgType::Timestamp(_) | PgType::Timestamptz(_) => {
            put_word(out, tag::TIMESTAMP, i64::from_be_bytes(bytes(field)?));
        }
        PgType::Jsonb => {
            let text = field.strip_prefix(&[1]).and_then(|text| std::str::from_utf8(text).ok()).ok_or(WireError)?;
            let mut canonical = String::with_capacity(text.len());
            json::canonical(text, &mut canonical).ok_or(WireError)?;
            put(out, tag::TEXT, canonical.as_bytes());
        }
        PgType::Uuid => put(out, tag::UUID, &bytes::<16>(field)?),
    }
    Ok(())
}

pub(super) fn put_integer(out: &mut Vec<u8>, value: i64) {
    put_word(out, tag::INTEGER, value);
}

pub(super) fn put_double(out: &mut Vec<u8>, value: f64) {
    put_word(out, tag::DOUBLE, value.to_bits().cast_signed());
}

fn bytes<const N: usize>(field: &[u8]) -> Result<[u8; N], WireError> {
    field.try_into().map_err(|_| WireError)
}

/// `numeric_send`: number of digits, weight, sign, display scale, digits in base 10,000.
fn numeric(field: &[u8], out: &mut Vec<u8>) -> Result<(), WireError> {
    let word = |at: usize| field.get(at..at + 2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).ok_or(WireError);
    let (count, weight, sign) = (word(0)?, word(2)?, word(4)?.cast_unsigned());
    match sign {
        0x0000 | 0x4000 => {
            let count = usize::try_from(count).map_err(|_| WireError)?;
            let groups = field.get(8..8 + count * 2).ok_or(WireError)?;
            let groups = groups.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]]));
            Decimal::from_base_10000(sign == 0x4000, weight, groups).put(out);
        }
        0xD000 => put_double(out, f64::INFINITY),
        0xF000 => put_double(out, f64::NEG_INFINITY),
        _ => put_double(out, f64::NAN),
    }
    Ok(())
}
