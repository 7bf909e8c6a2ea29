use std::borrow::Cow;

use autobot_catalog::{ColumnMap, NulRule, Utf8Rule};
use rusqlite::types::ValueRef;
use serde_json::value::RawValue;

use super::Unfit;

pub(super) fn utf8(bytes: &[u8]) -> Result<&str, Unfit> {
    simdutf8::basic::from_utf8(bytes).map_err(|_| Unfit)
}

/// Bytes that are a text to which no rule does anything (but [`NulRule::Escape`]): nearly all.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    is_ascii_without_nul(bytes) || memchr::memchr(0, bytes).is_none() && simdutf8::basic::from_utf8(bytes).is_ok()
}

/// One pass without a branch, eight bytes at a time and the last eight once more: the highest bit of a byte is set where it
/// is no ASCII, or in what is one less where it is 0.
#[inline]
fn is_ascii_without_nul(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let marked = |eight: &[u8; 8]| {
        let word = u64::from_le_bytes(*eight);
        word | word.wrapping_sub(ONES)
    };
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().fold(marked(last), |all, eight| all | marked(eight)) & ONES << 7 == 0,
        None => bytes.iter().all(|byte| (1..0x80).contains(byte)),
    }
}

/// The text of a value. A real arrives as text already: SQLite's form of it is the one meant.
pub(super) fn text<'a>(column: &ColumnMap, value: &ValueRef<'a>) -> Result<Cow<'a, str>, Unfit> {
    let text = match value {
        ValueRef::Text(bytes) => match (std::str::from_utf8(bytes), column.utf8) {
            (Ok(text), _) => Cow::Borrowed(text),
            (Err(_), Utf8Rule::Replace) => Cow::Owned(replaced(bytes)),
            (Err(_), Utf8Rule::Invalid) => return Err(Unfit),
        },
        // Bytes are text only when nothing has to be done to them.
        ValueRef::Blob(bytes) => Cow::Borrowed(utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or(Unfit)?),
        ValueRef::Integer(integer) => return Ok(Cow::Owned(integer.to_string())),
        ValueRef::Real(_) | ValueRef::Null => return Err(Unfit),
    };
    match column.nul {
        NulRule::Escape if text.contains(['\0', '\\']) => {
            Ok(Cow::Owned(text.replace('\\', "\\\\").replace('\0', "\\0")))
        }
        NulRule::Strip if text.contains('\0') => Ok(Cow::Owned(text.replace('\0', ""))),
        NulRule::Invalid if text.contains('\0') => Err(Unfit),
        _ => Ok(text),
    }
}

/// A text of so many characters at most, and how many it has less.
pub(super) fn limited<'a>(
    column: &ColumnMap,
    value: &ValueRef<'a>,
    characters_max: u32,
) -> Result<(Cow<'a, str>, usize), Unfit> {
    let text = text(column, value)?;
    let missing = (characters_max as usize).checked_sub(text.chars().count()).ok_or(Unfit)?;
    Ok((text, missing))
}

/// A text that is a label of an enum type.
pub(super) fn label<'a>(value: &ValueRef<'a>, labels: &[String]) -> Result<&'a [u8], Unfit> {
    match value {
        ValueRef::Text(text) if labels.iter().any(|label| label.as_bytes() == *text) => Ok(text),
        _ => Err(Unfit),
    }
}

/// Bytes, or the bytes of a text; by rule those of a number's text. A real arrives as text already.
pub(super) fn bytes<'a>(column: &ColumnMap, value: &ValueRef<'a>) -> Result<Cow<'a, [u8]>, Unfit> {
    match value {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Ok(Cow::Borrowed(bytes)),
        ValueRef::Integer(integer) if column.numbers_as_bytes => Ok(Cow::Owned(integer.to_string().into_bytes())),
        _ => Err(Unfit),
    }
}

/// JSON: a text that is, or a number.
pub(super) fn json<'a>(value: &ValueRef<'a>) -> Result<Cow<'a, str>, Unfit> {
    match value {
        ValueRef::Text(bytes) => {
            let text = utf8(bytes)?;
            serde_json::from_str::<&RawValue>(text).map_err(|_| Unfit)?;
            Ok(Cow::Borrowed(text))
        }
        ValueRef::Integer(integer) => Ok(Cow::Owned(integer.to_string())),
        ValueRef::Real(real) if real.is_finite() => Ok(Cow::Owned(format!("{real:?}"))),
        _ => Err(Unfit),
    }
}

/// The 36 characters of RFC 9562.
pub(super) fn uuid(value: &ValueRef<'_>) -> Result<[u8; 16], Unfit> {
    let ValueRef::Text(text) = value else { return Err(Unfit) };
    let groups: Vec<&str> = utf8(text)?.split('-').collect();
    if groups.iter().map(|group| group.len()).ne([8, 4, 4, 4, 12]) {
        return Err(Unfit);
    }
    let digits = groups.concat();
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Unfit);
    }
    u128::from_str_radix(&digits, 16).map(u128::to_be_bytes).map_err(|_| Unfit)
}

/// Pairs of surrogates, each written as three bytes, become the character they stand for; a surrogate alone and every
/// other wrong sequence become one U+FFFD.
fn replaced(bytes: &[u8]) -> String {
    let surrogate = |at: usize| -> Option<u16> {
        let &[a, b, c] = bytes.get(at..at + 3)? else { return None };
        let shape = a == 0xED && (0xA0..=0xBF).contains(&b) && (0x80..=0xBF).contains(&c);
        shape.then(|| 0xD000 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F))
    };
    let mut repaired = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let Some(high) = surrogate(at) else {
            repaired.push(bytes[at]);
            at += 1;
            continue;
        };
        let pair = surrogate(at + 3).and_then(|low| char::decode_utf16([high, low]).next()?.ok());
        let character = pair.unwrap_or(char::REPLACEMENT_CHARACTER);
        repaired.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        at += if pair.is_some() { 6 } else { 3 };
    }
    String::from_utf8_lossy(&repaired).into_owned()
}
