//! UUIDs in their 36-character form (RFC 9562, 4), in either case.

use rusqlite::types::ValueRef;

use crate::{Change, Changes, Reason, Refusal, field};

/// Encodes a UUID: 16 bytes.
pub(crate) fn encode(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let refuse = |reason: Reason| Err(reason.into());
    match value {
        ValueRef::Text(b"") => refuse(Reason::EmptyText),
        ValueRef::Text(text) => {
            let (bytes, capitals) = read(text).ok_or(Reason::NotAUuid)?;
            field::fixed(bytes, out);
            Ok(Changes::NONE.with_if(capitals, Change::LetterCase))
        }
        ValueRef::Blob(_) => refuse(Reason::BlobInScalar),
        _ => refuse(Reason::NotAUuid),
    }
}

/// The bytes of a UUID, and whether it is written with capitals.
pub(crate) fn read(text: &[u8]) -> Option<([u8; 16], bool)> {
    if text.len() != 36 {
        return None;
    }
    let mut bytes = [0; 16];
    let mut capitals = false;
    let mut at = 0;
    for byte in &mut bytes {
        if matches!(at, 8 | 13 | 18 | 23) {
            if text[at] != b'-' {
                return None;
            }
            at += 1;
        }
        *byte = digit(text[at])? << 4 | digit(text[at + 1])?;
        capitals |= text[at].is_ascii_uppercase() || text[at + 1].is_ascii_uppercase();
        at += 2;
    }
    Some((bytes, capitals))
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        b'A'..=b'F' => Some(character - b'A' + 10),
        _ => None,
    }
}
