//! Following `pg_dump`'s plain text line by line, in blocks that may end anywhere.

use std::collections::BTreeMap;

use autobot_db::QualifiedName;

use crate::dump::identifier::copied_table;

/// How much of a line outside rows is kept: enough for the header of a table with 1,600 long column names.
const LINE_BYTES_MAX: usize = 256 * 1024;
/// `pg_dump`'s closing line.
const COMPLETE: &[u8] = b"-- PostgreSQL database dump complete";

/// What was seen so far.
#[derive(Default)]
pub(super) struct Lines {
    /// Bytes of text taken.
    pub(super) bytes: u64,
    line: Vec<u8>,
    /// The table whose rows are being read, and how many there were.
    rows_of: Option<(QualifiedName, u64)>,
    tables: BTreeMap<QualifiedName, u64>,
    complete: bool,
    /// Whether large objects were seen.
    pub(super) large_objects: bool,
}

impl Lines {
    /// Takes the next block.
    pub(super) fn take(&mut self, block: &[u8]) {
        self.bytes += block.len() as u64;
        let mut pieces = block.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            self.keep(piece);
            if pieces.peek().is_some() {
                self.end_of_line();
            }
        }
    }

    /// The rows of each table, or what is missing.
    pub(super) fn end(mut self) -> Result<BTreeMap<QualifiedName, u64>, String> {
        if !self.line.is_empty() {
            self.end_of_line();
        }
        match self.rows_of {
            Some((table, rows)) => Err(format!("it breaks off in table {table}, after {rows} rows")),
            None if self.complete => Ok(self.tables),
            None => Err("pg_dump's closing line is missing".to_owned()),
        }
    }

    fn keep(&mut self, piece: &[u8]) {
        // Of a row only its end matters, which is `\.` alone on a line.
        let most = if self.rows_of.is_some() { 3 } else { LINE_BYTES_MAX };
        let room = most.saturating_sub(self.line.len());
        self.line.extend_from_slice(&piece[..piece.len().min(room)]);
    }

    fn end_of_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        match self.rows_of.take() {
            Some((table, rows)) if line == b"\\." || line == b"\\.\r" => {
                self.tables.insert(table, rows);
            }
            Some((table, rows)) => self.rows_of = Some((table, rows + 1)),
            None => self.statement(line.strip_suffix(b"\r").unwrap_or(&line)),
        }
    }

    fn statement(&mut self, line: &[u8]) {
        if line == COMPLETE {
            self.complete = true;
        } else if !(line.is_empty() || line == b"--" || line.starts_with(b"\\unrestrict ")) {
            // Anything said after the closing line is another dump, which has to close as well.
            self.complete = false;
        }
        self.large_objects |= line.starts_with(b"SELECT pg_catalog.lo_");
        if let Some(table) = std::str::from_utf8(line).ok().and_then(copied_table) {
            self.rows_of = Some((table, 0));
        }
    }
}
