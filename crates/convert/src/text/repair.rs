//! Text that PostgreSQL does not take as it is: NUL characters, wrong UTF-8, surrogates.

use autobot_catalog::{NulRule, Utf8Rule};

use crate::{Change, Changes, Reason, Refusal};

use super::TextRules;

/// A stretch of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Valid UTF-8.
    Valid(&'a str),
    /// A character beyond U+FFFF, written as two surrogates of three bytes each (CESU-8).
    Pair(char),
    /// One surrogate without its partner.
    Lone,
    /// Bytes that are no UTF-8: a maximal wrong sequence, as the Unicode Standard (chapter 3.9) and WHATWG count them.
    Wrong,
}

/// Cuts a text into stretches, each with the byte at which it begins.
pub(crate) fn pieces(text: &[u8]) -> impl Iterator<Item = (usize, Piece<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (piece, length) = first(rest);
        let start = at;
        at += length;
        Some((start, piece))
    })
}

fn first(rest: &[u8]) -> (Piece<'_>, usize) {
    let (valid, error_len) = match std::str::from_utf8(rest) {
        Ok(text) => return (Piece::Valid(text), rest.len()),
        Err(error) => (error.valid_up_to(), error.error_len()),
    };
    if let Some(Ok(text)) = rest.get(..valid).filter(|valid| !valid.is_empty()).map(std::str::from_utf8) {
        return (Piece::Valid(text), valid);
    }
    match (surrogate(rest), rest.get(3..).and_then(surrogate)) {
        (Some(high @ 0xd800..0xdc00), Some(low @ 0xdc00..0xe000)) => {
            let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            (Piece::Pair(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)), 6)
        }
        (Some(_), _) => (Piece::Lone, 3),
        (None, _) => (Piece::Wrong, error_len.unwrap_or(rest.len())),
    }
}

/// The surrogate that three bytes encode.
fn surrogate(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => {
            Some(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f))
        }
        _ => None,
    }
}

/// Writes a text as the rules say, or refuses it.
#[cold]
pub(super) fn write(text: &[u8], rules: &TextRules, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let mut changes = Changes::NONE;
    let mut buffer = [0; 4];
    if rules.utf8 == Utf8Rule::Invalid && simdutf8::basic::from_utf8(text).is_err() {
        return Err(super::wrong(text));
    }
    for (at, piece) in pieces(text) {
        let (piece, replaced) = match piece {
            Piece::Valid(text) => (text, false),
            Piece::Pair(character) => (&*character.encode_utf8(&mut buffer), true),
            Piece::Lone | Piece::Wrong => ("\u{fffd}", true),
        };
        changes = changes.union(valid(piece, at, rules.nul, out)?).with_if(replaced, Change::Utf8Replaced);
    }
    Ok(changes)
}

/// Writes a stretch that is UTF-8.
fn valid(text: &str, at: usize, rule: NulRule, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    match rule {
        NulRule::Invalid => {
            if let Some(nul) = memchr::memchr(0, text.as_bytes()) {
                return Err(Refusal::at(Reason::NulInText, at + nul));
            }
            out.extend_from_slice(text.as_bytes());
            Ok(Changes::NONE)
        }
        NulRule::Strip => {
            let before = out.len();
            out.extend(text.bytes().filter(|byte| *byte != 0));
            Ok(Changes::NONE.with_if(out.len() - before < text.len(), Change::NulStripped))
        }
        NulRule::Escape => {
            let before = out.len();
            for byte in text.bytes() {
                match byte {
                    0 => out.extend_from_slice(b"\\0"),
                    b'\\' => out.extend_from_slice(b"\\\\"),
                    other => out.push(other),
                }
            }
            Ok(Changes::NONE.with_if(out.len() - before > text.len(), Change::Escaped))
        }
    }
}
