//! Booleans and integers.

use rusqlite::types::ValueRef;

use crate::{Change, Changes, Reason, Refusal, field};

/// 2^63 as a double: reals from −2^63 up to but not including it are in the range of 64-bit integers.
const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;

/// Encodes a boolean: 0, 1 (as a number or text), `true`, `false`, `t`, `f` in any case.
pub(crate) fn boolean(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let truth = match value {
        ValueRef::Integer(0) => false,
        ValueRef::Integer(1) => true,
        ValueRef::Text(text) => word(text)?,
        ValueRef::Blob(_) => return Err(Reason::BlobInScalar.into()),
        _ => return Err(Reason::NotABoolean.into()),
    };
    field::fixed([u8::from(truth)], out);
    Ok(Changes::NONE)
}

fn word(text: &[u8]) -> Result<bool, Refusal> {
    match text {
        b"" => Err(Reason::EmptyText.into()),
        b"0" => Ok(false),
        b"1" => Ok(true),
        text => boolean_word(text).ok_or(Reason::NotABoolean.into()),
    }
}

/// The truth of `true`, `t`, `false` and `f` in any case.
pub(crate) fn boolean_word(text: &[u8]) -> Option<bool> {
    let is = |word: &[u8]| text.eq_ignore_ascii_case(word);
    match text.len() {
        1 | 4 if is(b"t") || is(b"true") => Some(true),
        1 | 5 if is(b"f") || is(b"false") => Some(false),
        _ => None,
    }
}

/// Encodes a 16-bit integer.
pub(crate) fn small(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let (number, changes) = whole(value)?;
    let number = i16::try_from(number).map_err(|_| Reason::OutOfRange)?;
    field::fixed(number.to_be_bytes(), out);
    Ok(changes)
}

/// Encodes a 32-bit integer.
pub(crate) fn medium(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let (number, changes) = whole(value)?;
    let number = i32::try_from(number).map_err(|_| Reason::OutOfRange)?;
    field::fixed(number.to_be_bytes(), out);
    Ok(changes)
}

/// Encodes a 64-bit integer.
pub(crate) fn big(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let (number, changes) = whole(value)?;
    field::fixed(number.to_be_bytes(), out);
    Ok(changes)
}

/// The 64-bit integer that a value equals.
#[inline]
fn whole(value: ValueRef<'_>) -> Result<(i64, Changes), Refusal> {
    let refuse = |reason: Reason| Err(reason.into());
    match value {
        ValueRef::Integer(number) => Ok((number, Changes::NONE)),
        ValueRef::Text(b"") => refuse(Reason::EmptyText),
        ValueRef::Text(text) => Ok((canonical(text).ok_or(Reason::TextInInteger)?, Changes::NONE)),
        ValueRef::Real(real) => {
            let number = exact(real).ok_or(Reason::FractionInInteger)?;
            Ok((number, Changes::NONE.with_if(is_negative_zero(real), Change::NegativeZero)))
        }
        ValueRef::Blob(_) => refuse(Reason::BlobInScalar),
        ValueRef::Null => unreachable!("NULL is written by the converter"),
    }
}

/// True for −0.0 only.
pub(crate) fn is_negative_zero(real: f64) -> bool {
    real.to_bits() == (-0.0_f64).to_bits()
}

/// The 64-bit integer that a real equals.
pub(crate) fn exact(real: f64) -> Option<i64> {
    let in_range = (-TWO_POW_63..TWO_POW_63).contains(&real);
    #[expect(clippy::cast_possible_truncation, reason = "in range and whole")]
    let number = real as i64;
    (in_range && real.trunc().to_bits() == real.to_bits()).then_some(number)
}

/// The 64-bit integer of which a text is exactly the decimal form: no blank, no plus, no leading zero, no `-0`.
pub(crate) fn canonical(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.is_empty() || digits.len() > 19 || (digits[0] == b'0' && text.len() > 1) {
        return None;
    }
    let mut number = 0_i64; // Negative, as there is one more of those.
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number.checked_mul(10)?.checked_sub(i64::from(digit))?;
    }
    if text.len() > digits.len() { Some(number) } else { number.checked_neg() }
}
