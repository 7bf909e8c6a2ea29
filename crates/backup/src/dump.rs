//! The database as SQL: what `.dump` gives, written from the copy and checked against it while it grows.

mod checker;
mod compare;
mod encoding;
mod literal;
mod real;
mod replay;
mod script;
mod tape;
mod writer;

use std::fs;
use std::path::Path;
use std::thread;

use autobot_db::Source;
use autobot_plan::files::{self, FileError};
use autobot_plan::{Scope, Unit};

use crate::run_folder::remove;
use crate::{Artefact, BackupError, Kind, follow};

use script::{Script, ScriptError};

/// Dumps the database `copy` to `folder/name`; returns the artefact and what the operator should know.
pub(crate) fn dump(
    copy: &Path,
    folder: &Path,
    name: &str,
    scope: &Scope<'_>,
) -> Result<(Artefact, Vec<String>), BackupError> {
    let partial = folder.join(format!("{name}.partial"));
    remove(&partial)?;
    let source = Source::open(copy)?;
    let (reading, comparing) = (source.connect()?, source.connect()?);
    let (leader, follower) = follow::pair(&partial).map_err(FileError::new("create", &partial))?;
    let size_bytes = fs::metadata(copy).map_err(FileError::new("look at", copy))?.len();
    let (written, checked) = thread::scope(|threads| {
        let partial = &partial;
        let checker = threads.spawn(move || checker::check(follower, &comparing, copy, partial));
        let written = writer::write(leader, &reading, partial, &|rows, bytes| {
            scope.progress(bytes.min(size_bytes), Some(size_bytes), Unit::Bytes);
            scope.part("rows", rows, None, Unit::Rows);
            !scope.stop.is_requested()
        });
        (written, checker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let checked = match (written, checked) {
        (Ok(()), Ok(checked)) => checked,
        (written, checked) => return Err(follow::cause([written.err(), checked.err()], &partial)),
    };
    let target = folder.join(name);
    fs::rename(&partial, &target).map_err(FileError::new("rename", &partial))?;
    files::sync_folder(folder)?;
    Ok((Artefact::derived(name, Kind::Dump, checked.hash, copy), checked.notes))
}

/// Names a failure of making the script.
fn script_error(path: &Path) -> impl Fn(ScriptError) -> BackupError + Copy {
    move |error| match error {
        ScriptError::Sqlite(source) => BackupError::sqlite("read the schema of", path)(source),
        ScriptError::Name(error) => BackupError::Name(error),
    }
}

/// Reads the schema of a copy.
fn read_script(connection: &rusqlite::Connection, path: &Path) -> Result<Script, BackupError> {
    Script::read(connection).map_err(script_error(path))
}

#[cfg(test)]
mod tests;
