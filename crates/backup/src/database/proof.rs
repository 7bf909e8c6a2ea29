use std::fs::File;
use std::path::Path;
use std::thread;

use autobot_db::{Check, Source};
use autobot_plan::files::FileError;
use autobot_plan::{Scope, Unit};

use crate::BackupError;
use crate::counts::{self, TableRows};
use crate::facts::SourceState;
use crate::hashing;

use super::taken::{Evidence, Taken};
use super::{checks, header};

/// What the operator sees moving while a copy is proved.
const PART: &str = "proof of the copy";

/// A copy that is what its source was.
pub(super) struct Proof {
    pub(super) hash: (u64, String),
    pub(super) note: &'static str,
}

/// Holds a copy against what was taken of its source; the source itself is not needed any more.
///
/// None when the copy should have the same bytes and has not: its rows may be the same nevertheless.
pub(super) fn prove(
    partial: &Path,
    taken: &Taken,
    sound: &SourceState,
    scope: &Scope<'_>,
) -> Result<Option<Proof>, BackupError> {
    match &taken.evidence {
        Evidence::Bytes(expected) => {
            header::write(partial, &taken.header)?;
            let (hash, note) = if taken.state == *sound {
                (hash(partial, scope)?, "the copy of the database has the same bytes as the source")
            } else {
                let note = "the copy of the database has the same bytes as the source and passes integrity_check";
                (check(partial, &[], scope)?, note)
            };
            Ok((hash == *expected).then_some(Proof { hash, note }))
        }
        Evidence::Rows(counted) => {
            header::write_mode(partial, &taken.header)?;
            let note = "the copy of the database passes integrity_check and holds as many rows";
            Ok(Some(Proof { hash: check(partial, counted, scope)?, note }))
        }
    }
}

/// Checks the copy by itself on one thread, and hashes it on another.
fn check(partial: &Path, counted: &[TableRows], scope: &Scope<'_>) -> Result<(u64, String), BackupError> {
    let source = Source::open(partial)?;
    let checking = source.connect()?;
    let (lines, hash) = thread::scope(|threads| {
        let checked = threads.spawn(move || -> rusqlite::Result<_> {
            let lines = checks::integrity(&checking)?;
            Ok((lines, if counted.is_empty() { Vec::new() } else { counts::read(&checking)? }))
        });
        let hash = hash(partial, scope);
        (checked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), hash)
    });
    let (lines, copied) = lines.map_err(BackupError::sqlite("check", partial))?;
    let damage: Vec<String> = lines.into_iter().filter(|line| !Check::is_about_content(line)).collect();
    if !damage.is_empty() {
        return Err(BackupError::CopyDamaged { path: partial.to_owned(), lines: damage });
    }
    for (source, copied) in counted.iter().zip(&copied) {
        if source != copied {
            let table = source.table.clone();
            return Err(BackupError::CopyRows { table, source_rows: source.rows, copied: copied.rows });
        }
    }
    hash
}

fn hash(partial: &Path, scope: &Scope<'_>) -> Result<(u64, String), BackupError> {
    let hashed = File::open(partial).and_then(|file| {
        let total = file.metadata()?.len();
        hashing::hash(&file, |done| scope.part(PART, done, Some(total), Unit::Bytes))
    });
    Ok(hashed.map_err(FileError::new("read", partial))?)
}
