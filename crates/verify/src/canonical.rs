//! The canonical typed form of a value: what a value *is*, whichever side it was read from.
//!
//! A value is a tag and a payload, so that no two different values share a form. Source values are brought to the
//! precision of the declared target type and to nothing else. Shares no code with the conversion that copied the rows.

mod calendar;
mod decimal;
mod json;
mod source;
mod target;

pub(crate) use calendar::{date, time_words as time, timestamp};
pub(crate) use decimal::{put_number, words as decimal};
pub(crate) use source::{SourceColumn, SourceValue};
pub(crate) use target::{WireError, from_target};

use crate::digest::{DIGEST_BYTES, RowDigest, sha256};

/// Payloads beyond this size enter the form by their length and digest: a row of many columns stays small, and a value
/// of a hundred megabytes is never copied.
pub(crate) const LARGE_BYTES: usize = 64 * 1024;

/// Marks the tag of a large payload.
const LARGE: u8 = 0x80;

/// Tags of the canonical form.
pub(crate) mod tag {
    pub(crate) const NULL: u8 = 0;
    pub(crate) const BOOLEAN: u8 = 1;
    pub(crate) const INTEGER: u8 = 2;
    pub(crate) const DOUBLE: u8 = 3;
    pub(crate) const DECIMAL: u8 = 4;
    pub(crate) const TEXT: u8 = 5;
    pub(crate) const BYTES: u8 = 6;
    pub(crate) const TIMESTAMP: u8 = 7;
    pub(crate) const DATE: u8 = 8;
    pub(crate) const TIME: u8 = 9;
    pub(crate) const UUID: u8 = 10;
}

/// True for classes whose payload has no length of its own, so that the form has to say it.
const fn is_variable(tag: u8) -> bool {
    matches!(tag, tag::TEXT | tag::BYTES | tag::DECIMAL)
}

/// Appends a tag, the payload's length (LEB128, only where the class does not fix it) and the payload.
#[inline]
pub(crate) fn put(out: &mut Vec<u8>, tag: u8, payload: &[u8]) {
    if payload.len() > LARGE_BYTES {
        return put_large(out, tag, payload.len(), &sha256(payload));
    }
    match u8::try_from(payload.len()) {
        Ok(length) if length < 0x80 && is_variable(tag) => out.extend_from_slice(&[tag, length]),
        _ => {
            out.push(tag);
            if is_variable(tag) {
                put_length(out, payload.len());
            }
        }
    }
    out.extend_from_slice(payload);
}

/// The same for a payload of eight bytes whose class fixes that.
#[inline]
pub(crate) fn put_word(out: &mut Vec<u8>, tag: u8, payload: i64) {
    let mut form = [tag; 9];
    form[1..].copy_from_slice(&payload.to_le_bytes());
    out.extend_from_slice(&form);
}

/// Appends the form of a payload of more than [`LARGE_BYTES`].
pub(crate) fn put_large(out: &mut Vec<u8>, tag: u8, length: usize, digest: &RowDigest) {
    out.push(tag | LARGE);
    put_length(out, length);
    out.extend_from_slice(digest);
}

#[inline]
fn put_length(out: &mut Vec<u8>, length: usize) {
    let mut rest = length;
    while rest >= 0x80 {
        out.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    out.push(rest.to_le_bytes()[0]);
}

/// What a form says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// Only how long it is, and its digest.
    Large(usize, &'a RowDigest),
}

/// Tag and payload of a form; none of an empty one.
pub(crate) fn parts(form: &[u8]) -> Option<(u8, Payload<'_>)> {
    let (tag, rest) = form.split_first()?;
    if tag & LARGE != 0 {
        let (length, digest) = rest.split_last_chunk::<DIGEST_BYTES>()?;
        return Some((tag & !LARGE, Payload::Large(read_length(length), digest)));
    }
    let length_bytes = if is_variable(*tag) { rest.iter().take_while(|byte| **byte >= 0x80).count() + 1 } else { 0 };
    Some((*tag, Payload::Whole(rest.get(length_bytes..)?)))
}

fn read_length(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F))
}

/// Appends the form of NULL.
pub(crate) fn put_null(out: &mut Vec<u8>) {
    out.push(tag::NULL);
}

#[cfg(test)]
mod tests;
