//! Where a value is.

use std::fmt::Write as _;

use autobot_catalog::Place;
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// Most characters of a key's part in a place.
const KEY_CHARACTERS_MAX: usize = 64;

/// Most bytes of a value in a place.
const SAMPLE_BYTES_MAX: usize = 8;

/// How the rows of a result tell where they are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locator {
    /// The column of the result that is the rowid.
    pub(crate) rowid: Option<usize>,
    /// The columns that are the primary key, where there is no rowid.
    pub(crate) key: Vec<usize>,
}

impl Locator {
    /// The rowid of a row.
    pub(crate) fn rowid(&self, row: &Row<'_>) -> Option<i64> {
        match self.rowid.map(|index| row.get_ref(index)) {
            Some(Ok(ValueRef::Integer(rowid))) => Some(rowid),
            _ => None,
        }
    }

    /// Where `value` of a row is.
    pub(crate) fn place(&self, row: &Row<'_>, value: ValueRef<'_>) -> Place {
        let rowid = self.rowid(row);
        let keys: &[usize] = if rowid.is_some() { &[] } else { &self.key };
        let key = keys.iter().map(|index| row.get_ref(*index).map_or_else(|_| String::new(), key_part)).collect();
        Place { rowid, key, class: class(value).to_owned(), sample: sample(value) }
    }
}

/// The name of a value's storage class.
pub(crate) fn class(value: ValueRef<'_>) -> &'static str {
    match value {
        ValueRef::Null => "null",
        ValueRef::Integer(_) => "integer",
        ValueRef::Real(_) => "real",
        ValueRef::Text(_) => "text",
        ValueRef::Blob(_) => "blob",
    }
}

/// The first bytes in hexadecimal; of numbers the bytes of their decimal form, as they would be found in a dump.
pub(crate) fn sample(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => hex(number.to_string().as_bytes()),
        ValueRef::Real(number) => hex(number.to_string().as_bytes()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => hex(bytes),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(SAMPLE_BYTES_MAX).fold(String::new(), |mut text, byte| {
        // Writing to a `String` does not fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

fn key_part(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).chars().take(KEY_CHARACTERS_MAX).collect(),
        ValueRef::Blob(blob) => hex(blob),
    }
}
