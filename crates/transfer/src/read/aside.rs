use std::io::{self, Read, Seek, SeekFrom, Write};

use rusqlite::types::ValueRef;
use tempfile::SpooledTempFile;

/// Rows set aside are kept in memory up to that size, on disk beyond it.
const MEMORY_MAX_BYTES: usize = 1024 * 1024;

/// What is set aside while a table is read, as binary COPY data for the tables of the marks' schema: the session that
/// copies the table sends it in the same transaction.
#[derive(Default)]
pub(crate) struct Aside {
    /// Rows that the target cannot hold.
    pub(crate) quarantine: Spool,
    /// Values as they were before a rule changed what cannot be got back.
    pub(crate) originals: Spool,
}

/// Binary COPY rows that wait for their turn.
#[derive(Default)]
pub(crate) struct Spool {
    file: Option<SpooledTempFile>,
    /// Rows in it.
    pub(crate) rows: u64,
}

/// Which row something is about.
pub(crate) struct RowPlace {
    /// Its rowid, where it has one that can be named.
    pub(crate) rowid: Option<i64>,
    /// Its key as a JSON array, where it has one.
    pub(crate) key: Option<String>,
}

impl Spool {
    /// Columns of `autobot_marks.quarantine` that [`Spool::add_row`] fills.
    pub(crate) const QUARANTINE_COLUMNS: &'static str = "table_name, row_id, key, reason, row";

    /// Columns of `autobot_marks.original` that [`Spool::add_original`] fills.
    pub(crate) const ORIGINAL_COLUMNS: &'static str = "table_name, row_id, key, column_name, rule, value";

    /// Adds a row set aside, `row` as JSON.
    pub(crate) fn add_row(&mut self, table: &str, place: &RowPlace, reason: &str, row: &str) -> io::Result<()> {
        let mut line = begin(5, table, place);
        field(&mut line, reason.as_bytes());
        json_field(&mut line, Some(row));
        self.add(&line)
    }

    /// Adds a value as it was before a rule changed it.
    pub(crate) fn add_original(
        &mut self,
        table: &str,
        place: &RowPlace,
        column: &str,
        rule: &str,
        value: &[u8],
    ) -> io::Result<()> {
        let mut line = begin(6, table, place);
        field(&mut line, column.as_bytes());
        field(&mut line, rule.as_bytes());
        field(&mut line, value);
        self.add(&line)
    }

    /// Reads back from the beginning.
    pub(crate) fn rewind(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.seek(SeekFrom::Start(0)).map(drop))
    }

    /// The next bytes; 0 at the end.
    pub(crate) fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.read(bytes))
    }

    fn add(&mut self, line: &[u8]) -> io::Result<()> {
        self.rows += 1;
        self.file.get_or_insert_with(|| SpooledTempFile::new(MEMORY_MAX_BYTES)).write_all(line)
    }
}

fn begin(fields: i16, table: &str, place: &RowPlace) -> Vec<u8> {
    let mut line = fields.to_be_bytes().to_vec();
    field(&mut line, table.as_bytes());
    match place.rowid {
        Some(rowid) => field(&mut line, &rowid.to_be_bytes()),
        None => null(&mut line),
    }
    json_field(&mut line, place.key.as_deref());
    line
}

fn field(line: &mut Vec<u8>, value: &[u8]) {
    // SQLite's own limit on a value is below 2^31 (SQLITE_MAX_LENGTH), and hexadecimal doubles at most half of that.
    let length = i32::try_from(value.len()).unwrap_or(i32::MAX);
    line.extend_from_slice(&length.to_be_bytes());
    line.extend_from_slice(value);
}

/// `jsonb` in binary form is a version byte and the text.
fn json_field(line: &mut Vec<u8>, json: Option<&str>) {
    match json {
        Some(json) => field(line, &[&[1], json.as_bytes()].concat()),
        None => null(line),
    }
}

fn null(line: &mut Vec<u8>) {
    line.extend_from_slice(&(-1_i32).to_be_bytes());
}

/// A stored value as JSON that names its storage class and loses nothing: integers as digits, reals as the shortest
/// decimal and their bits, text as text, or as hexadecimal bytes where `jsonb` could not hold it, blobs as hexadecimal.
pub(crate) fn typed_json(value: ValueRef<'_>) -> serde_json::Value {
    match value {
        ValueRef::Null => serde_json::Value::Null,
        ValueRef::Integer(integer) => serde_json::json!({ "integer": integer.to_string() }),
        ValueRef::Real(real) => {
            serde_json::json!({ "real": real.to_string(), "bits": format!("{:016x}", real.to_bits()) })
        }
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => serde_json::json!({ "text": text }),
            _ => serde_json::json!({ "text_hex": hex(bytes) }),
        },
        ValueRef::Blob(bytes) => serde_json::json!({ "blob_hex": hex(bytes) }),
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[usize::from(digit)] as char);
    digits.collect()
}
