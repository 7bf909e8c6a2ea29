//! Text, and bytes.

mod number;
mod repair;

pub(crate) use number::{decimal, shortest};

use autobot_catalog::{NulRule, Utf8Rule};
use rusqlite::types::ValueRef;

use crate::{Change, Changes, Reason, Refusal, field};

/// Longest text form of a real, `-1.7976931348623157e+308`: a narrower type takes no reals.
pub(crate) const REAL_CHARACTERS_MAX: u32 = 24;

/// How a text column takes its values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRules {
    /// Most characters.
    pub(crate) characters_max: Option<u32>,
    /// CHAR(n): PostgreSQL adds blanks up to the length.
    pub(crate) padded: bool,
    /// NUL characters.
    pub(crate) nul: NulRule,
    /// Wrong UTF-8.
    pub(crate) utf8: Utf8Rule,
}

/// True for a text of a column without a length that no rule changes.
pub(crate) fn is_as_stored(text: &[u8], rules: &TextRules) -> bool {
    rules.characters_max.is_none() && rules.nul != NulRule::Escape && plain(text).is_ok()
}

/// Encodes text. Numbers get the text that SQLite casts them to, blobs go over when they are text.
pub(crate) fn encode(value: ValueRef<'_>, rules: &TextRules, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let start = out.len() + 4;
    let changes = match value {
        ValueRef::Text(text) => match plain(text) {
            Ok(()) if rules.nul != NulRule::Escape => {
                field::bytes(text, out)?;
                Changes::NONE
            }
            _ => field::counted(out, |out| repair::write(text, rules, out))?,
        },
        ValueRef::Integer(number) => {
            field::counted(out, |out| {
                number::decimal(number, out);
                Ok(())
            })?;
            Change::NumberAsText.into()
        }
        ValueRef::Real(_) if rules.characters_max.is_some_and(|most| most < REAL_CHARACTERS_MAX) => {
            return Err(Reason::TooLong.into());
        }
        ValueRef::Real(number) => {
            field::counted(out, |out| {
                number::real(number, out);
                Ok(())
            })?;
            Change::NumberAsText.into()
        }
        ValueRef::Blob(blob) => {
            plain(blob).map_err(|_| Reason::BlobInText)?;
            field::counted(out, |out| repair::write(blob, rules, out))?.with(Change::BlobAsText)
        }
        ValueRef::Null => unreachable!("NULL is written by the converter"),
    };
    match rules.characters_max {
        None => Ok(changes),
        Some(most) => limited(&out[start..], most, rules.padded).map(|more| changes.union(more)),
    }
}

/// Encodes bytes: blobs, texts as they are stored, and where it is wanted numbers as the bytes of their text.
pub(crate) fn bytea(value: ValueRef<'_>, numbers: bool, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    const PLAIN: TextRules =
        TextRules { characters_max: None, padded: false, nul: NulRule::Invalid, utf8: Utf8Rule::Invalid };
    match value {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => field::bytes(bytes, out).map(|()| Changes::NONE),
        value if numbers => encode(value, &PLAIN, out),
        _ => Err(Reason::NumberInBytea.into()),
    }
}

fn limited(text: &[u8], most: u32, padded: bool) -> Result<Changes, Refusal> {
    let characters = characters(text);
    if characters > u64::from(most) {
        return Err(Reason::TooLong.into());
    }
    Ok(Changes::NONE.with_if(padded && characters < u64::from(most), Change::Padded))
}

/// Up to here a look at eight bytes at a time is faster than calling for vector instructions.
const SHORT_BYTES: usize = 128;

/// Checks that a text is UTF-8 without NUL.
#[inline]
pub(crate) fn plain(text: &[u8]) -> Result<(), Refusal> {
    if text.len() <= SHORT_BYTES && is_ascii_without_nul(text) {
        return Ok(());
    }
    if simdutf8::basic::from_utf8(text).is_err() { Err(wrong(text)) } else { without_nul(text) }
}

/// True when every byte is from 1 to 127.
#[inline]
fn is_ascii_without_nul(text: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (words, rest) = text.as_chunks::<8>();
    // Where no byte has its highest bit set, taking one from each sets it in those that are zero.
    let odd = words.iter().fold(0, |odd, word| {
        let word = u64::from_ne_bytes(*word);
        odd | word | word.wrapping_sub(ONES)
    });
    odd & HIGH == 0 && rest.iter().all(|byte| (1..0x80).contains(byte))
}

#[inline]
fn without_nul(text: &[u8]) -> Result<(), Refusal> {
    match memchr::memchr(0, text) {
        None => Ok(()),
        Some(at) => Err(Refusal::at(Reason::NulInText, at)),
    }
}

/// Says what is wrong with a text that is not UTF-8: nothing but surrogates, or more.
#[cold]
fn wrong(text: &[u8]) -> Refusal {
    let first = std::str::from_utf8(text).err().map_or(0, |error| error.valid_up_to());
    let other = repair::pieces(text).find_map(|(at, piece)| (piece == repair::Piece::Wrong).then_some(at));
    other.map_or(Refusal::at(Reason::Surrogates, first), |at| Refusal::at(Reason::InvalidUtf8, at))
}

/// Number of characters in UTF-8, or an upper bound when it is not: bytes that continue none.
pub(crate) fn characters(text: &[u8]) -> u64 {
    // Sums of one byte each, which cannot overflow, are what the compiler turns into vector instructions.
    let begins = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>();
    text.chunks(usize::from(u8::MAX)).map(|chunk| u64::from(begins(chunk))).sum()
}

#[cfg(test)]
mod tests;
