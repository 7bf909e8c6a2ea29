use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use tempfile::TempDir;

use super::{SourceError, header};

/// Up to this size a database with a `-wal` is read from a private copy: reading it in place would write read marks
/// into its `-shm`. Larger ones are read in place, which is what SQLite is made for.
const PRIVATE_COPY_MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How often a private copy is tried while another program writes.
const COPY_TRIES_MAX: u32 = 5;

/// How a source is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Access {
    /// Which way.
    pub served_by: ServedBy,
    /// What SQLite opens, in the form of a URI.
    #[serde(skip)]
    pub(super) uri: OsString,
}

/// The ways to read a source without changing it or its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServedBy {
    /// In place, read-only, with SQLite's own locks.
    InPlace,
    /// In place, as a file that nobody writes: a WAL database without a `-wal` is at rest, and opening it in any other
    /// way would create one. Checked afterwards by [`super::Source::check_unchanged`].
    Immutable,
    /// From a copy made with its `-wal` or `-journal`, which are played in there.
    PrivateCopy,
}

/// What tells that a file and its side files were written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    main: Option<(u64, SystemTime)>,
    /// File change counter and version-valid-for (SQLite file format, 1.3).
    counters: Vec<u8>,
    wal: Option<(u64, SystemTime)>,
    journal: Option<(u64, SystemTime)>,
}

impl Seen {
    pub(super) fn look(path: &Path) -> Result<Self, SourceError> {
        let stamp = |path: &Path| fs::metadata(path).ok().and_then(|data| Some((data.len(), data.modified().ok()?)));
        let mut head = Vec::new();
        let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
        read.map_err(|source| SourceError::File { verb: "read", path: path.to_owned(), source })?;
        Ok(Self {
            main: stamp(path),
            counters: head.get(24..28).unwrap_or_default().to_vec(),
            wal: stamp(&beside(path, "-wal")).filter(|(size, _)| *size > 0),
            journal: stamp(&beside(path, "-journal")).filter(|(size, _)| *size > 0),
        })
    }

    fn size(&self) -> u64 {
        [self.main, self.wal, self.journal].into_iter().flatten().map(|(size, _)| size).sum()
    }
}

/// The way that was chosen, with the copy that it needs.
pub(super) struct Chosen {
    pub(super) access: Access,
    pub(super) seen: Seen,
    pub(super) private: Option<TempDir>,
}

/// Chooses how to read `path`; makes the private copy where one is needed.
pub(super) fn choose(path: &Path, scratch: &Path) -> Result<Chosen, SourceError> {
    let seen = Seen::look(path)?;
    let way = |served_by, query: &str| {
        let access = Access { served_by, uri: uri(path, query) };
        Chosen { access, seen: seen.clone(), private: None }
    };
    let in_place = || way(ServedBy::InPlace, "mode=ro");
    if header::is_wal(path)? {
        if seen.wal.is_none() && !beside(path, "-shm").exists() {
            return Ok(way(ServedBy::Immutable, "immutable=1"));
        }
        let shared = beside(path, "-shm").exists() && beside(path, "-wal").exists();
        if shared && seen.size() > PRIVATE_COPY_MAX_BYTES {
            return Ok(in_place());
        }
        return match private_copy(path, scratch)? {
            Some(copy) => Ok(copy),
            None => Ok(in_place()),
        };
    }
    if seen.journal.is_some() && !opens(path) {
        return private_copy(path, scratch)?.ok_or_else(|| SourceError::Changed { path: path.to_owned() });
    }
    Ok(in_place())
}

/// True when the file can be read in place: its `-journal` belongs to a writer at work, not to one that died.
fn opens(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(uri(path, "mode=ro"), flags)
        .and_then(|connection| connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())))
        .is_ok()
}

/// Copies the database with its side files and lets SQLite play them in; none when a writer kept changing them.
fn private_copy(path: &Path, scratch: &Path) -> Result<Option<Chosen>, SourceError> {
    for _ in 0..COPY_TRIES_MAX {
        let before = Seen::look(path)?;
        let folder = tempfile::Builder::new()
            .prefix("autobot-source-")
            .tempdir_in(scratch)
            .map_err(|source| SourceError::File { verb: "create a folder in", path: scratch.to_owned(), source })?;
        let copy = folder.path().join("source.db");
        for suffix in ["", "-wal", "-journal"] {
            copy_one(&beside(path, suffix), &beside(&copy, suffix))?;
        }
        if Seen::look(path)? == before {
            recover(path, &copy)?;
            let access = Access { served_by: ServedBy::PrivateCopy, uri: uri(&copy, "immutable=1") };
            return Ok(Some(Chosen { access, seen: before, private: Some(folder) }));
        }
    }
    Ok(None)
}

fn copy_one(from: &Path, to: &Path) -> Result<(), SourceError> {
    let copied = File::open(from).and_then(|mut from| io::copy(&mut from, &mut File::create_new(to)?));
    match copied {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(SourceError::File { verb: "copy", path: from.to_owned(), source }),
    }
}

/// Plays the `-wal` or `-journal` of a private copy in, and leaves one file without side files.
fn recover(path: &Path, copy: &Path) -> Result<(), SourceError> {
    let error = |error| SourceError::from_sqlite(path, "recover a copy of", error);
    let connection = Connection::open(copy).map_err(error)?;
    let mode: String = connection.query_row("pragma journal_mode = delete", [], |row| row.get(0)).map_err(error)?;
    debug_assert_eq!(mode, "delete");
    connection.close().map_err(|(_, failure)| error(failure))
}

/// `path` with a suffix after its last character, as SQLite names side files.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The file as a URI with a query (SQLite documentation, "Uniform Resource Identifiers").
fn uri(path: &Path, query: &str) -> OsString {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let text = absolute.to_string_lossy();
    let slashed = if cfg!(windows) { format!("/{}", text.replace('\\', "/")) } else { text.into_owned() };
    let mut encoded = String::from("file:");
    for character in slashed.chars() {
        match character {
            '%' => encoded.push_str("%25"),
            '?' => encoded.push_str("%3f"),
            '#' => encoded.push_str("%23"),
            other => encoded.push(other),
        }
    }
    encoded.push('?');
    encoded.push_str(query);
    OsString::from(encoded)
}
