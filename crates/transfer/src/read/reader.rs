use std::sync::Arc;

use autobot_catalog::{Migration, RowFilter, RowKey, TableMap};
use rusqlite::{Connection, params_from_iter};

use super::batch::{Span, rowid_name};
use super::block::{Closed, Filler};
use super::row::{RowEncoder, Sent};
use super::statement;
use super::witness::Witnesses;
use crate::error::Error;

/// What binary COPY data begins with: signature, flags, length of the extension (PostgreSQL documentation, COPY).
pub(crate) const HEADER: [u8; 19] = *b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What it ends with. Sent by the session when it knows that the reader ended well.
pub(crate) const TRAILER: [u8; 2] = [0xff, 0xff];

/// Reads one table of a snapshot. Blocking: runs on a thread of its own.
pub(crate) struct Reader {
    /// A read transaction of the snapshot.
    pub(crate) connection: Connection,
    /// What was decided.
    pub(crate) migration: Arc<Migration>,
    /// Which of its tables.
    pub(crate) table: usize,
    /// Which of its rows, in how many batches.
    pub(crate) span: Span,
    /// Who sees the rows besides.
    pub(crate) witnesses: Option<Witnesses>,
    /// Where the encoded rows go.
    pub(crate) filler: Filler,
}

/// Why a reader ended early.
pub(crate) enum Cut {
    /// Something is wrong with the source.
    Failed(Error),
    /// The session gave up.
    Closed,
}

impl Reader {
    /// Reads to the end, or until nobody takes the rows; gives the connection back.
    pub(crate) fn run(mut self) -> (Connection, Result<(), Cut>) {
        let migration = Arc::clone(&self.migration);
        let Some(map) = migration.tables.get(self.table) else { return (self.connection, Err(Cut::Closed)) };
        let read = read(&self.connection, map, self.span, self.witnesses.as_ref(), &mut self.filler);
        (self.connection, read)
    }
}

fn read(
    connection: &Connection,
    map: &TableMap,
    span: Span,
    witnesses: Option<&Witnesses>,
    filler: &mut Filler,
) -> Result<(), Cut> {
    let mut encoder = RowEncoder::new(map)?;
    let failed = |rows| move |source| Cut::Failed(Error::Read { table: map.source.clone(), rows, source });
    let by_batches = span.after.is_some() || span.batch_bytes.is_some();
    let rowid = if by_batches { rowid_name(connection, map).map_err(failed(0))? } else { None };
    let sql = match &rowid {
        Some(rowid) => statement::select_by_rowid(map, rowid, span.after.is_some()),
        None => whole(connection, map, &encoder)?,
    };
    encoder.witness = witnesses.and_then(|witnesses| witnesses(map, &sql));
    let batch_bytes = span.batch_bytes.filter(|_| rowid.is_some()).unwrap_or(u64::MAX);
    let mut statement = connection.prepare(&sql).map_err(failed(0))?;
    let mut rows = statement.query(params_from_iter(span.after)).map_err(failed(0))?;
    let mut number = 0;
    filler.bytes.extend_from_slice(&HEADER);
    while let Some(row) = rows.next().map_err(failed(number))? {
        number += 1;
        if encoder.encode(row, number, filler)? == Sent::Row {
            filler.end_row();
        }
        if filler.batch_bytes() >= batch_bytes {
            let up_to = encoder.rowid(row).map_err(failed(number))?;
            filler.end_batch(encoder.end_batch(Some(up_to)))?;
            filler.bytes.extend_from_slice(&HEADER);
        } else if filler.is_full() {
            filler.send()?;
        }
    }
    if let Some(witness) = encoder.witness.take() {
        witness.end();
    }
    filler.end_batch(encoder.end_batch(None))?;
    Ok(())
}

/// The statement for all rows at once, with the rowid where it is needed to name rows.
fn whole(connection: &Connection, map: &TableMap, encoder: &RowEncoder<'_>) -> Result<String, Error> {
    let by_order = matches!(map.filter, Some(RowFilter::Last { .. }));
    let wants_rowid = (encoder.sets_aside() || by_order) && map.key == RowKey::None;
    // A table without a key may be one without a rowid to name (a virtual table): then its rows are told by number.
    let with_rowid = wants_rowid && connection.prepare(&statement::select(map, true)?).is_ok();
    statement::select(map, with_rowid)
}

impl From<Error> for Cut {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Closed> for Cut {
    fn from(_: Closed) -> Self {
        Self::Closed
    }
}
