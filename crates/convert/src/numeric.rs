//! NUMERIC: digits in base 10000 (`numeric_recv` in PostgreSQL's `numeric.c`).

use rusqlite::types::ValueRef;

use crate::decimal::Decimal;
use crate::shortest::Shortest;
use crate::{Change, Changes, Reason, Refusal, integer};

/// Decimal digits in one of PostgreSQL's.
const GROUP: i64 = 4;

/// Sign words.
const POSITIVE: u16 = 0x0000;
const NEGATIVE: u16 = 0x4000;

/// Encodes a decimal number: integers, the shortest form of reals, and texts with all their digits.
pub(crate) fn encode(value: ValueRef<'_>, limits: Option<(u16, u16)>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let refuse = |reason: Reason| Err(reason.into());
    match value {
        ValueRef::Integer(number) => {
            let mut digits = [0; 20];
            let (negative, digits) = decimal_digits(number, &mut digits);
            write(&Decimal::new_from_digits(negative, digits, i32::try_from(digits.len()).unwrap_or(0)), limits, out)?;
            Ok(Changes::NONE)
        }
        ValueRef::Real(number) if number.is_infinite() => refuse(Reason::Infinite),
        ValueRef::Real(number) => {
            let shortest = Shortest::of(number);
            write(&Decimal::new_from_digits(shortest.negative, shortest.digits(), shortest.point), limits, out)?;
            Ok(Changes::from(Change::FromReal).with_if(integer::is_negative_zero(number), Change::NegativeZero))
        }
        ValueRef::Text(b"") => refuse(Reason::EmptyText),
        ValueRef::Text(text) => {
            let number = Decimal::read(text).ok_or(Reason::TextInNumeric)?;
            write(&number, limits, out)?;
            Ok(Changes::NONE.with_if(!keeps_spelling(text), Change::NumberSpelling))
        }
        ValueRef::Blob(_) => refuse(Reason::BlobInScalar),
        ValueRef::Null => unreachable!("NULL is written by the converter"),
    }
}

/// Whether a number fits `DECIMAL(precision, scale)`, by its significant digits before and after the point.
pub(crate) fn fits(before: u32, after: u32, limits: Option<(u16, u16)>) -> bool {
    limits.is_none_or(|(precision, scale)| {
        before <= u32::from(precision.saturating_sub(scale)) && after <= u32::from(scale)
    })
}

fn write(number: &Decimal<'_>, limits: Option<(u16, u16)>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    if !fits(number.before(), number.after(), limits) {
        return Err(Reason::TooManyDigits.into());
    }
    let (first, last) = if number.is_zero() { (0, 1) } else { number.places() };
    let (first, last) = (first.div_euclid(GROUP), last.div_euclid(GROUP));
    let short = |number: i64| u16::try_from(number).map_err(|_| Reason::OutOfRange);
    let groups = if number.is_zero() { 0 } else { short(first - last + 1)? };
    let weight = if number.is_zero() { 0 } else { i16::try_from(first).map_err(|_| Reason::OutOfRange)? };
    let sign = if number.negative && !number.is_zero() { NEGATIVE } else { POSITIVE };
    let scale = short(i64::from(number.scale()))?;
    out.extend_from_slice(&(8 + 2 * u32::from(groups)).to_be_bytes());
    out.extend_from_slice(&groups.to_be_bytes());
    out.extend_from_slice(&weight.to_be_bytes());
    out.extend_from_slice(&sign.to_be_bytes());
    out.extend_from_slice(&scale.to_be_bytes());
    for group in (last..=first).rev().take(usize::from(groups)) {
        let digit = |place: i64| u16::from(number.digit_at(group * GROUP + place));
        let word = digit(3) * 1000 + digit(2) * 100 + digit(1) * 10 + digit(0);
        out.extend_from_slice(&word.to_be_bytes());
    }
    Ok(())
}

/// True when NUMERIC without limits shows the number as the text does: `-1.10`, not `007`, `1e5`, `.5`, `5.`, `+1`, `-0`.
fn keeps_spelling(text: &[u8]) -> bool {
    let (negative, digits) = text.strip_prefix(b"-").map_or((false, text), |rest| (true, rest));
    let plain = match digits {
        [] | [b'.', ..] | [b'0', b'0'..=b'9', ..] => false,
        digits => digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') && !digits.ends_with(b"."),
    };
    plain && (!negative || digits.iter().any(|digit| matches!(digit, b'1'..=b'9')))
}

/// The decimal digits of an integer, and whether it is negative.
fn decimal_digits(number: i64, buffer: &mut [u8; 20]) -> (bool, &[u8]) {
    let mut rest = number.unsigned_abs();
    let mut start = buffer.len();
    loop {
        start -= 1;
        buffer[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            return (number < 0, &buffer[start..]);
        }
    }
}
