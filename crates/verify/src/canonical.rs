//! The canonical typed form of a value: what a value *is*, whichever side it was read from.
//!
//! A value is a tag and a payload, so that no two different values share a form. Source values are brought to the
//! precision of the declared target type and to nothing else. Shares no code with the conversion that copied the rows.

mod calendar;
mod decimal;
mod json;
mod source;
mod target;

pub(crate) use source::{SourceValue, from_source};
pub(crate) use target::from_target;

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

/// Appends a tag, the payload's length and the payload.
pub(crate) fn put(out: &mut Vec<u8>, tag: u8, payload: &[u8]) {
    out.push(tag);
    out.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    out.extend_from_slice(payload);
}

/// Appends the form of NULL.
pub(crate) fn put_null(out: &mut Vec<u8>) {
    put(out, tag::NULL, &[]);
}

#[cfg(test)]
mod tests;
