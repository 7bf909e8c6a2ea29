use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use super::{Source, SourceError};

/// How often a common snapshot is tried: a try takes well under a millisecond, so even a busy writer leaves a gap.
const TRIES_MAX: u32 = 500;

/// Pause between tries.
const PAUSE: Duration = Duration::from_millis(2);

/// Read transactions that all see one state of the database.
#[derive(Debug)]
pub struct Snapshot {
    connections: Vec<Connection>,
}

impl Snapshot {
    /// Gives one of the connections away; its transaction ends when it is dropped.
    pub fn take(&mut self) -> Option<Connection> {
        self.connections.pop()
    }
}

/// Begins all transactions between two looks at `data_version`: when it stayed the same, nobody committed in between,
/// so all of them see the same state (SQLite documentation, "PRAGMA `data_version`").
pub(super) fn take(source: &Source, connections: usize) -> Result<Snapshot, SourceError> {
    let error = |error| SourceError::from_sqlite(source.path(), "take a snapshot of", error);
    let watch = source.connect()?;
    let connections: Vec<Connection> = (0..connections).map(|_| source.connect()).collect::<Result<_, _>>()?;
    for _ in 0..TRIES_MAX {
        let before = version(&watch).map_err(error)?;
        for connection in &connections {
            connection.execute_batch("begin; select count(*) from sqlite_schema").map_err(error)?;
        }
        if version(&watch).map_err(error)? == before {
            return Ok(Snapshot { connections });
        }
        for connection in &connections {
            connection.execute_batch("rollback").map_err(error)?;
        }
        thread::sleep(PAUSE);
    }
    Err(SourceError::Busy { path: source.path().to_owned() })
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("pragma data_version", [], |row| row.get(0))
}
