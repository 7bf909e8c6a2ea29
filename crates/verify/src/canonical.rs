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
pub(crate) use decimal::words as decimal;
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

/// True for classes whose payload has no length of its own, so that the form has to say it.
const fn is_variable(tag: u8) -> bool {
    matches!(tag, tag::TEXT | tag::BYTES | tag::DECIMAL)
}

/// Appends a tag, the payload's length (LEB128, only where the class does not fix it) and the payload.
#[inline]
pub(crate) fn put(out: &mut Vec<u8>, tag: u8, payload: &[u8]) {
    out.push(tag);
    if is_variable(tag) {
        put_length(out, payload.len());
    }
    out.extend_from_slice(payload);
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

/// Tag and payload of a form; none of an empty one.
pub(crate) fn parts(form: &[u8]) -> Option<(u8, &[u8])> {
    let (tag, mut payload) = form.split_first()?;
    if is_variable(*tag) {
        let length_bytes = payload.iter().take_while(|byte| **byte >= 0x80).count() + 1;
        payload = payload.get(length_bytes..)?;
    }
    Some((*tag, payload))
}

/// Appends the form of NULL.
pub(crate) fn put_null(out: &mut Vec<u8>) {
    put(out, tag::NULL, &[]);
}

#[cfg(test)]
mod tests;
