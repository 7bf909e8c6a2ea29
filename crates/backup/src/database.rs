//! The consistent copy of the database, from which everything else is made.

pub(crate) mod checks;
mod pages;
mod same;

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use autobot_db::{ServedBy, Source, SourceError};
use autobot_plan::Scope;
use autobot_plan::files::{self, FileError};

use crate::artefact::{mode_of, set_mode};
use crate::counts::{self, TableRows};
use crate::facts::SourceState;
use crate::hashing::Hashing;
use crate::run_folder::remove;
use crate::trees::create_private;
use crate::{Artefact, BackupError, Kind};

use same::same_bytes;

/// How often a copy is made anew when somebody writes to a file that was at rest.
const TRIES_MAX: u32 = 3;

/// How often a database is tried to be opened.
const OPEN_TRIES_MAX: u32 = 100;

/// Pause between tries: a commit takes some milliseconds.
const OPEN_PAUSE: Duration = Duration::from_millis(7);

/// Length of the header of a database (SQLite file format, 1.3).
const HEADER_BYTES: usize = 100;

/// A checked copy.
pub(crate) struct Copied {
    pub(crate) artefact: Artefact,
    /// The state of the source that the copy holds.
    pub(crate) state: SourceState,
    pub(crate) notes: Vec<String>,
}

/// Copies the database `path` to `folder/name` and proves the copy.
///
/// A source without `-wal` gives a copy with the same bytes, which two hashes show; `sound` is the state in which the
/// source passed `integrity_check`, and with the same bytes in the same state the copy passes it too. Any other copy
/// gets its own `integrity_check`, and its row counts are compared with those of the snapshot.
pub(crate) fn copy(
    path: &Path,
    folder: &Path,
    name: &str,
    sound: &SourceState,
    scope: &Scope<'_>,
) -> Result<Copied, BackupError> {
    let target = folder.join(name);
    let partial = folder.join(format!("{name}.partial"));
    let mut tries = 0;
    loop {
        tries += 1;
        remove(&partial)?;
        let copied = copy_once(path, &partial, sound, scope);
        if matches!(copied, Err(BackupError::Source(SourceError::Changed { .. }))) && tries < TRIES_MAX {
            continue;
        }
        let copied = copied?;
        let metadata = fs::metadata(path).map_err(FileError::new("look at", path))?;
        let mode = mode_of(&metadata);
        set_mode(&partial, mode).map_err(FileError::new("set the mode of", &partial))?;
        fs::rename(&partial, &target).map_err(FileError::new("rename", &partial))?;
        files::sync_folder(folder)?;
        let artefact = Artefact::file(name, Kind::Database, copied.hash, &copied.state.path);
        let notes = vec![copied.note];
        return Ok(Copied { artefact: Artefact { mode, ..artefact }, state: copied.state, notes });
    }
}

struct Once {
    hash: (u64, String),
    state: SourceState,
    note: String,
}

fn copy_once(path: &Path, partial: &Path, sound: &SourceState, scope: &Scope<'_>) -> Result<Once, BackupError> {
    // Opened before SQLite's connection and closed after it: closing a file drops all POSIX locks that the process
    // has on it.
    let originals = [open(path)?, open(path)?];
    let state = SourceState::look_through(&originals[0], path)?;
    let source = open_live(path)?;
    let mut snapshot = source.snapshot(1)?;
    let connection = snapshot.take().ok_or_else(|| BackupError::NoCopy { folder: partial.to_owned() })?;
    create_private(partial).map_err(FileError::new("create", partial))?;
    let is_plain = state.wal_bytes == 0 && source.access().served_by != ServedBy::PrivateCopy;
    let original_hash = thread::scope(|threads| {
        let hashing = is_plain.then(|| threads.spawn(|| hash(&originals[0], path)));
        pages::copy(&connection, partial, source.path(), scope)?;
        hashing.map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).transpose()
    })?;
    source.check_unchanged()?;
    let own_header = read_header(partial)?;
    let source_header = read_header_of(&originals[0]).map_err(FileError::new("read", path))?;
    let stayed = SourceState::look_through(&originals[0], path)? == state;
    let mut is_same = false;
    if let Some(hash) = original_hash.filter(|_| stayed) {
        write_header(partial, &source_header)?;
        is_same = same_bytes([&originals[0], &originals[1]], partial).map_err(FileError::new("compare", partial))?;
        if is_same && state == *sound {
            let note = "the copy of the database has the same bytes as the source".to_owned();
            return Ok(Once { hash, state, note });
        }
    }
    if !is_same {
        // Only the journal mode is taken from the source: the other fields describe the copy's own pages.
        write_header(partial, &with_mode_of(&own_header, &source_header))?;
    }
    let counted = counts::read(&connection).map_err(BackupError::sqlite("count the rows of", path))?;
    drop(connection);
    let hash = prove(partial, &counted)?;
    Ok(Once { hash, state, note: "the copy of the database passes integrity_check and holds as many rows".to_owned() })
}

fn open(path: &Path) -> Result<File, BackupError> {
    Ok(File::open(path).map_err(FileError::new("open", path))?)
}

/// Checks the copy by itself on one thread, and hashes it on another.
fn prove(partial: &Path, counted: &[TableRows]) -> Result<(u64, String), BackupError> {
    let source = Source::open(partial)?;
    let checking = source.connect()?;
    let (lines, hash) = thread::scope(|threads| {
        let checked = threads.spawn(move || -> rusqlite::Result<_> {
            let lines = checks::integrity(&checking)?;
            Ok((lines, counts::read(&checking)?))
        });
        let hash = files::sha256(partial);
        (checked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), hash)
    });
    let (lines, copied) = lines.map_err(BackupError::sqlite("check", partial))?;
    let damage: Vec<String> = lines.into_iter().filter(|line| !checks::is_about_content(line)).collect();
    if !damage.is_empty() {
        return Err(BackupError::CopyDamaged { path: partial.to_owned(), lines: damage });
    }
    for (source, copied) in counted.iter().zip(&copied) {
        if source != copied {
            let table = source.table.clone();
            return Err(BackupError::CopyRows { table, source_rows: source.rows, copied: copied.rows });
        }
    }
    Ok(hash?)
}

/// Opens a database that another program may be writing to: in the moment of a commit it cannot be opened.
pub(crate) fn open_live(path: &Path) -> Result<Source, SourceError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match Source::open(path) {
            Err(SourceError::Changed { .. } | SourceError::Locked { .. }) if tries < OPEN_TRIES_MAX => {
                thread::sleep(OPEN_PAUSE);
            }
            opened => return opened,
        }
    }
}

fn hash(mut file: &File, path: &Path) -> Result<(u64, String), BackupError> {
    file.seek(SeekFrom::Start(0)).map_err(FileError::new("read", path))?;
    let mut hashing = Hashing::new(&mut file);
    let mut block = vec![0; 256 * 1024];
    while hashing.read(&mut block).map_err(FileError::new("read", path))? > 0 {}
    Ok(hashing.finish().1)
}

fn read_header(path: &Path) -> Result<[u8; HEADER_BYTES], BackupError> {
    let header = File::open(path).and_then(|file| read_header_of(&file));
    Ok(header.map_err(FileError::new("read", path))?)
}

fn read_header_of(mut file: &File) -> std::io::Result<[u8; HEADER_BYTES]> {
    let mut header = [0; HEADER_BYTES];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut header)?;
    Ok(header)
}

fn write_header(path: &Path, header: &[u8; HEADER_BYTES]) -> Result<(), BackupError> {
    let written = OpenOptions::new().write(true).open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(header)?;
        file.sync_all()
    });
    Ok(written.map_err(FileError::new("write", path))?)
}

/// The header with the two bytes of the journal mode of another (SQLite file format, 1.3.3).
fn with_mode_of(own: &[u8; HEADER_BYTES], other: &[u8; HEADER_BYTES]) -> [u8; HEADER_BYTES] {
    let mut header = *own;
    header[18..20].copy_from_slice(&other[18..20]);
    header
}
