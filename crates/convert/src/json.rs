//! JSON (RFC 8259), and what JSONB refuses of it.

mod parser;

use rusqlite::types::ValueRef;

use crate::{Change, Changes, Reason, Refusal, field, integer, text};

/// Version byte before the text of a JSONB in binary form (`jsonb_recv`).
const VERSION: u8 = 1;

/// Most bytes of the strings and of the whole of a JSONB (`JENTRY_OFFLENMASK` in `jsonb.h`).
pub(crate) const JSONB_BYTES_MAX: usize = 0x0fff_ffff;

/// What is noteworthy about a JSON text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// An object has two equal keys.
    pub(crate) duplicate_keys: bool,
    /// Why JSONB does not take it.
    pub(crate) refused_by_jsonb: Option<Refusal>,
}

/// Reads a JSON text, or says where it is none.
pub(crate) fn read(json: &[u8]) -> Result<Traits, Refusal> {
    match text::plain(json) {
        // A bare NUL is no JSON, wherever it stands.
        Err(Refusal { reason: Reason::NulInText, at }) => Err(Refusal { reason: Reason::NotJson, at }),
        Err(refusal) => Err(refusal),
        Ok(()) if json.is_empty() => Err(Reason::EmptyText.into()),
        Ok(()) => parser::parse(json),
    }
}

/// Encodes `JSON`: the text as it is. Numbers become JSON numbers.
pub(crate) fn json(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    if let ValueRef::Text(text) = value {
        read(text)?;
        return field::bytes(text, out).map(|()| Changes::NONE);
    }
    field::counted(out, |out| number(value, out))
}

/// Encodes `JSONB`.
pub(crate) fn jsonb(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let ValueRef::Text(text) = value else {
        let negative_zero = matches!(value, ValueRef::Real(real) if integer::is_negative_zero(real));
        let changes = field::counted(out, |out| {
            out.push(VERSION);
            number(value, out)
        })?;
        return Ok(changes.with_if(negative_zero, Change::NegativeZero));
    };
    let traits = read(text)?;
    if let Some(refusal) = traits.refused_by_jsonb {
        return Err(refusal);
    }
    if text.len() > JSONB_BYTES_MAX {
        return Err(Reason::TooLong.into());
    }
    field::counted(out, |out| {
        out.push(VERSION);
        out.extend_from_slice(text);
        Ok(())
    })?;
    Ok(Changes::NONE.with_if(traits.duplicate_keys, Change::DuplicateKeys))
}

fn number(value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    match value {
        ValueRef::Integer(number) => text::decimal(number, out),
        ValueRef::Real(number) if number.is_finite() => text::shortest(number, out),
        ValueRef::Real(_) => return Err(Reason::Infinite.into()),
        _ => return Err(Reason::BlobInScalar.into()),
    }
    Ok(Changes::NONE)
}

#[cfg(test)]
mod tests;
