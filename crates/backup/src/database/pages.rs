use std::path::Path;
use std::thread;
use std::time::Duration;

use autobot_plan::{Scope, Unit};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::BackupError;

/// Pages copied between two looks at the stop flag: 8 MiB of the usual 4 KiB pages, some milliseconds.
const STEP_PAGES: i32 = 2048;

/// How often a step is tried that finds the source locked.
const BUSY_TRIES_MAX: u32 = 1000;

/// Pause between tries.
const BUSY_PAUSE: Duration = Duration::from_millis(10);

/// Settings of the copy while it is written: nobody else knows of it, and it is synced once at its end.
const PIN: &str = "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive;";

/// Copies the pages that the connection's transaction sees, through SQLite's backup API, into the empty file `target`.
///
/// The transaction is what keeps the copy from beginning anew each time another program commits.
pub(super) fn copy(source: &Connection, target: &Path, path: &Path, scope: &Scope<'_>) -> Result<(), BackupError> {
    let error = BackupError::sqlite("write", target);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(target, flags).map_err(error)?;
    copy.execute_batch(PIN).map_err(error)?;
    let page_bytes: u64 = source
        .query_row("pragma page_size", [], |row| row.get::<_, i64>(0))
        .map_err(BackupError::sqlite("read", path))?
        .unsigned_abs();
    step_through(&Backup::new(source, &mut copy).map_err(error)?, target, page_bytes, scope)?;
    copy.close().map_err(|(_, failure)| error(failure))
}

fn step_through(backup: &Backup<'_, '_>, target: &Path, page_bytes: u64, scope: &Scope<'_>) -> Result<(), BackupError> {
    let mut busy = 0;
    loop {
        if scope.stop.is_requested() {
            return Err(BackupError::Stopped { path: target.to_owned() });
        }
        let result = backup.step(STEP_PAGES).map_err(BackupError::sqlite("copy pages into", target))?;
        let progress = backup.progress();
        let bytes = |pages: i32| u64::from(pages.unsigned_abs()) * page_bytes;
        scope.progress(bytes(progress.pagecount - progress.remaining), Some(bytes(progress.pagecount)), Unit::Bytes);
        match result {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if busy < BUSY_TRIES_MAX => {
                busy += 1;
                thread::sleep(BUSY_PAUSE);
            }
            StepResult::Busy | StepResult::Locked => {
                let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
                let failure = rusqlite::Error::SqliteFailure(failure, None);
                return Err(BackupError::sqlite("copy pages into", target)(failure));
            }
            _ => {}
        }
    }
}
