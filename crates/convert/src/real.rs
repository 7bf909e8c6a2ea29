//! Floating-point numbers.

use rusqlite::types::ValueRef;

use crate::{Change, Changes, Reason, Refusal, field, integer};

/// Encodes a double, bit for bit.
pub(crate) fn double(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    field::fixed(number(value)?.to_be_bytes(), out);
    Ok(Changes::NONE)
}

/// Encodes a 32-bit real: the nearest one, infinity only for infinity.
pub(crate) fn single(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let number = number(value)?;
    let single = nearest(number).ok_or(Reason::OutOfRange)?;
    field::fixed(single.to_be_bytes(), out);
    Ok(Changes::NONE.with_if(f64::from(single).to_bits() != number.to_bits(), Change::Rounded))
}

/// The nearest 32-bit real, none when that would be an infinity that the number is not.
pub(crate) fn nearest(number: f64) -> Option<f32> {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is the purpose, overflow is looked at")]
    let single = number as f32;
    (single.is_finite() || number.is_infinite()).then_some(single)
}

/// The double that a value equals.
#[inline]
fn number(value: ValueRef<'_>) -> Result<f64, Refusal> {
    let refuse = |reason: Reason| Err(reason.into());
    match value {
        ValueRef::Real(real) => Ok(real),
        ValueRef::Integer(number) => Ok(from_integer(number).ok_or(Reason::InexactInDouble)?),
        ValueRef::Text(b"") => refuse(Reason::EmptyText),
        ValueRef::Text(text) => {
            let number = integer::canonical(text).ok_or(Reason::TextInReal)?;
            Ok(from_integer(number).ok_or(Reason::InexactInDouble)?)
        }
        ValueRef::Blob(_) => refuse(Reason::BlobInScalar),
        ValueRef::Null => unreachable!("NULL is written by the converter"),
    }
}

/// The double that an integer equals.
pub(crate) fn from_integer(number: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "looked at in the next line")]
    let real = number as f64;
    (integer::exact(real) == Some(number)).then_some(real)
}
