use std::io::{self, Read};

use rusqlite::types::ValueRef;

use super::encoding::Encoding;
use super::tape::Tape;

/// Reads one SQL value from the tape and says whether it is `value`, bit for bit.
///
/// Shares no code with the writer: the value is read as SQLite would, and compared piece by piece, so that a value of
/// any size needs no memory.
pub(super) fn same(
    tape: &mut Tape<impl Read>,
    value: ValueRef<'_>,
    raw: Option<&[u8]>,
    encoding: Encoding,
) -> io::Result<bool> {
    match value {
        ValueRef::Null => tape.take(b"NULL"),
        ValueRef::Integer(expected) => Ok(number(tape)?.parse() == Ok(expected)),
        ValueRef::Real(expected) => Ok(real(tape)?.is_some_and(|found| found.to_bits() == expected.to_bits())),
        ValueRef::Blob(expected) => hex(tape, expected),
        ValueRef::Text(expected) if tape.peek()? == Some(b'\'') => match raw {
            None => quoted(tape, expected),
            Some(raw) => match encoding.decode(raw) {
                Some(text) => quoted(tape, text.as_bytes()),
                None => Ok(false),
            },
        },
        ValueRef::Text(expected) => cast(tape, raw.unwrap_or(expected), encoding),
    }
}

/// Characters of a number: digits, signs, point and exponent.
fn number(tape: &mut Tape<impl Read>) -> io::Result<String> {
    let mut text = String::new();
    while let Some(byte) = tape.peek()? {
        if !(byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e')) {
            break;
        }
        text.push(char::from(byte));
        tape.pass(1);
    }
    Ok(text)
}

/// A decimal, and the integers that it is multiplied with or divided by.
fn real(tape: &mut Tape<impl Read>) -> io::Result<Option<f64>> {
    let text = number(tape)?;
    // SQL has no real without a point or an exponent: it would be an integer.
    let Some(mut value) = text.parse::<f64>().ok().filter(|_| text.contains(['.', 'e'])) else { return Ok(None) };
    while let Some(operator @ (b'*' | b'/')) = tape.peek()? {
        tape.pass(1);
        let Ok(factor) = number(tape)?.parse::<i64>() else { return Ok(None) };
        #[expect(clippy::cast_precision_loss, reason = "a loss would show as a difference")]
        let factor = factor as f64;
        value = if operator == b'*' { value * factor } else { value / factor };
    }
    Ok(Some(value))
}

/// A text in single quotes, of which inner ones are doubled.
fn quoted(tape: &mut Tape<impl Read>, expected: &[u8]) -> io::Result<bool> {
    tape.pass(1);
    let mut left = expected;
    loop {
        let ahead = tape.ahead()?;
        if ahead.is_empty() {
            return Ok(false);
        }
        let piece = memchr::memchr(b'\'', ahead).unwrap_or(ahead.len());
        let Some((same, rest)) = left.split_at_checked(piece) else { return Ok(false) };
        if ahead[..piece] != *same {
            return Ok(false);
        }
        left = rest;
        let at_quote = piece < ahead.len();
        tape.pass(piece);
        if at_quote {
            tape.pass(1);
            if tape.peek()? != Some(b'\'') {
                return Ok(left.is_empty());
            }
            tape.pass(1);
            match left.split_first() {
                Some((b'\'', rest)) => left = rest,
                _ => return Ok(false),
            }
        }
    }
}

/// A text given by its stored bytes; the first character may come by its number.
fn cast(tape: &mut Tape<impl Read>, stored: &[u8], encoding: Encoding) -> io::Result<bool> {
    let mut left = stored;
    if tape.take(b"char(")? {
        let Ok(number) = number(tape)?.parse::<u16>() else { return Ok(false) };
        let bytes = if encoding == Encoding::Utf16Be { number.to_be_bytes() } else { number.to_le_bytes() };
        match left.strip_prefix(&bytes) {
            Some(rest) if tape.take(b")||")? => left = rest,
            _ => return Ok(false),
        }
    }
    Ok(tape.take(b"CAST(")? && hex(tape, left)? && tape.take(b" AS TEXT)")?)
}

/// A blob literal.
fn hex(tape: &mut Tape<impl Read>, expected: &[u8]) -> io::Result<bool> {
    if !tape.take(b"X'")? {
        return Ok(false);
    }
    for byte in expected {
        let (Some(high), Some(low)) = (tape.next()?, tape.next()?) else { return Ok(false) };
        let digit = |character: u8| char::from(character).to_digit(16);
        let (Some(high), Some(low)) = (digit(high), digit(low)) else { return Ok(false) };
        if high * 16 + low != u32::from(*byte) {
            return Ok(false);
        }
    }
    tape.take(b"'")
}
