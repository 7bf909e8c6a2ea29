//! A SQLite database that is read and never changed.

mod access;
mod checks;
mod collations;
mod error;
mod header;
mod snapshot;
mod trees;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

pub use access::{Access, ServedBy};
pub use checks::Check;
pub use error::SourceError;
pub use snapshot::Snapshot;

use access::Seen;

/// How long to wait for a writer's lock, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;

/// Settings of every connection: nothing is written, no function of the schema is trusted, 2 MiB of page cache: tables are
/// read from one end to the other by several connections, and the system has the pages anyway.
const PIN: &str = "pragma query_only = on; pragma trusted_schema = off; pragma cell_size_check = on; \
                   pragma cache_size = -2048; pragma temp_store = memory;";

/// A SQLite database file, opened so that neither it nor its neighbours change (design invariant 4).
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    access: Access,
    seen: Seen,
    /// Holds the private copy for as long as the source is in use.
    _private: Option<TempDir>,
}

impl Source {
    /// Looks at the file and its `-wal`, `-shm` and `-journal` and chooses how to read it; see [`Access`].
    ///
    /// A private copy, where one is needed, is made in the system's temporary directory.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        Self::open_with_scratch(path, &std::env::temp_dir())
    }

    /// The same with the directory for a private copy.
    pub fn open_with_scratch(path: &Path, scratch: &Path) -> Result<Self, SourceError> {
        header::check(path)?;
        let chosen = access::choose(path, scratch)?;
        let source = Self { path: path.to_owned(), access: chosen.access, seen: chosen.seen, _private: chosen.private };
        let connection = source.connect()?;
        // The first read of the schema finds an encrypted file, a wrong page size or a damaged first page.
        let read = connection.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0));
        read.map_err(|error| SourceError::from_sqlite(path, "read the schema of", error))?;
        Ok(source)
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How the file is read, for the operator.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Opens one more read-only connection.
    pub fn connect(&self) -> Result<Connection, SourceError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let error = |error| SourceError::from_sqlite(&self.path, "open", error);
        let connection = Connection::open_with_flags(&self.access.uri, flags).map_err(error)?;
        connection.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS)).map_err(error)?;
        connection.execute_batch(PIN).map_err(error)?;
        collations::stand_in(&connection).map_err(error)?;
        Ok(connection)
    }

    /// Opens `connections` read transactions that all see the same state of the database.
    pub fn snapshot(&self, connections: usize) -> Result<Snapshot, SourceError> {
        snapshot::take(self, connections)
    }

    /// Checks that nobody wrote to the file while it was read, where SQLite's own locks do not see to that.
    pub fn check_unchanged(&self) -> Result<(), SourceError> {
        if self.access.served_by == ServedBy::Immutable && Seen::look(&self.path)? != self.seen {
            return Err(SourceError::Changed { path: self.path.clone() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
