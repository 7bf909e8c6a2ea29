use std::collections::BTreeMap;
use std::sync::Arc;

use autobot_catalog::{Migration, RowFilter, RowKey, TableMap};
use rusqlite::Connection;

use super::aside::Aside;
use super::block::{Closed, Filler};
use super::row::{RowEncoder, Sent};
use super::statement;
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
    /// Where the encoded rows go.
    pub(crate) filler: Filler,
}

/// What came of reading a table.
pub(crate) struct ReadSummary {
    /// Rows sent.
    pub(crate) rows: u64,
    /// Values that a rule changed, by rule.
    pub(crate) changed: BTreeMap<String, u64>,
    /// Rows and originals set aside.
    pub(crate) aside: Aside,
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
    pub(crate) fn run(mut self) -> (Connection, Result<ReadSummary, Cut>) {
        let migration = Arc::clone(&self.migration);
        let Some(map) = migration.tables.get(self.table) else { return (self.connection, Err(Cut::Closed)) };
        let read = read(&self.connection, map, &mut self.filler);
        (self.connection, read)
    }
}

fn read(connection: &Connection, map: &TableMap, filler: &mut Filler) -> Result<ReadSummary, Cut> {
    let mut encoder = RowEncoder::new(map)?;
    let failed = |rows| move |source| Cut::Failed(Error::Read { table: map.source.clone(), rows, source });
    let by_order = matches!(map.filter, Some(RowFilter::Last { .. }));
    let wants_rowid = (encoder.sets_aside() || by_order) && map.key == RowKey::None;
    // A table without a key may be one without a rowid to name (a virtual table): then its rows are told by number.
    let with_rowid = wants_rowid && connection.prepare(&statement::select(map, true)?).is_ok();
    let mut statement = connection.prepare(&statement::select(map, with_rowid)?).map_err(failed(0))?;
    let mut rows = statement.query([]).map_err(failed(0))?;
    let mut number = 0;
    filler.bytes.extend_from_slice(&HEADER);
    while let Some(row) = rows.next().map_err(failed(number))? {
        number += 1;
        if encoder.encode(row, number, filler)? == Sent::Row {
            filler.end_row();
        }
        if filler.is_full() {
            filler.send()?;
        }
    }
    filler.send()?;
    Ok(encoder.finish(number))
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
