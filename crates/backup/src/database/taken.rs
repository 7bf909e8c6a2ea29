use std::fs::File;
use std::path::Path;
use std::thread;

use autobot_db::{ServedBy, SourceError};
use autobot_plan::Scope;
use autobot_plan::files::FileError;

use crate::counts::{self, TableRows};
use crate::facts::SourceState;
use crate::hashing::hash;
use crate::trees::create_private;
use crate::{BackupError, database};

use super::header::{self, Header};
use super::pages;

/// What a copy is to be held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Against {
    /// The bytes of the source, where its file is all there is to it.
    Bytes,
    /// Its rows.
    Rows,
}

/// What was read of the source while it stood still, beside the copy: all that the copy's proof needs.
pub(super) struct Taken {
    /// The state that the copy holds.
    pub(super) state: SourceState,
    pub(super) header: Header,
    pub(super) evidence: Evidence,
}

/// What the copy has to agree with.
pub(super) enum Evidence {
    /// Size and hash of the source's file.
    Bytes((u64, String)),
    /// The rows of each table.
    Rows(Vec<TableRows>),
}

/// Copies the pages of the database `path` into the file `partial`, in one read transaction.
///
/// Without a WAL the transaction keeps writers from committing, so nothing is done here that can be done of the copy.
pub(super) fn take(path: &Path, partial: &Path, against: Against, scope: &Scope<'_>) -> Result<Taken, BackupError> {
    // Opened before SQLite's connection and closed after it: closing a file drops all POSIX locks that the process
    // has on it.
    let original = File::open(path).map_err(FileError::new("open", path))?;
    let before = SourceState::look_through(&original, path)?;
    let source = database::open_live(path)?;
    let connection = source.snapshot(1)?.take().ok_or_else(|| BackupError::NoCopy { folder: partial.to_owned() })?;
    // Without a `-wal` the file is the database, and stays as it is while the snapshot is held.
    let now = SourceState::look_through(&original, path)?;
    let is_plain = now.wal_bytes == 0 && source.access().served_by != ServedBy::PrivateCopy;
    create_private(partial).map_err(FileError::new("create", partial))?;
    let evidence = if is_plain && against == Against::Bytes {
        thread::scope(|threads| {
            let hashing = threads.spawn(|| hash(&original, |_| {}));
            pages::copy(&connection, partial, path, scope)?;
            let hash = hashing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok::<_, BackupError>(Evidence::Bytes(hash.map_err(FileError::new("read", path))?))
        })?
    } else {
        pages::copy(&connection, partial, path, scope)?;
        Evidence::Rows(counts::read(&connection).map_err(BackupError::sqlite("count the rows of", path))?)
    };
    source.check_unchanged()?;
    if is_plain && SourceState::look_through(&original, path)? != now {
        return Err(SourceError::Changed { path: path.to_owned() }.into());
    }
    let header = header::read(&original).map_err(FileError::new("read", path))?;
    // With a `-wal`, what the snapshot sees is at least as new as what was looked at before it.
    Ok(Taken { state: if is_plain { now } else { before }, header, evidence })
}
