use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::SourceError;

/// First bytes of every SQLite 3 database (SQLite file format, 1.3).
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What people give in place of a database, by how it begins.
const LOOK_ALIKES: &[(&[u8], &str)] = &[
    (b"PRAGMA ", "it is an SQL dump (text)"),
    (b"BEGIN TRANSACTION", "it is an SQL dump (text)"),
    (b"-- ", "it is an SQL text"),
    (b"CREATE ", "it is an SQL text"),
    (b"\x1f\x8b", "it is compressed with gzip"),
    (b"PK\x03\x04", "it is a zip archive"),
    (b"** This file contains an SQLite 2", "it is a database of SQLite 2"),
    (b"PGDMP", "it is an archive of pg_dump"),
    (b"DUCK", "it is a DuckDB file"),
    (b"\x00\x01\x00\x00Standard Jet", "it is a Microsoft Access file"),
];

/// Refuses everything that cannot be a plain SQLite database, saying what it is instead.
pub(super) fn check(path: &Path) -> Result<(), SourceError> {
    let not_sqlite = |reason: String| SourceError::NotSqlite { path: path.to_owned(), reason };
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(SourceError::Missing { path: path.to_owned() });
        }
        Err(source) => return Err(SourceError::File { verb: "look at", path: path.to_owned(), source }),
    };
    if !metadata.is_file() {
        return Err(not_sqlite("it is not a regular file".to_owned()));
    }
    let mut head = Vec::with_capacity(100);
    let file = File::open(path).map_err(|source| SourceError::File { verb: "open", path: path.to_owned(), source })?;
    let read = file.take(100).read_to_end(&mut head);
    read.map_err(|source| SourceError::File { verb: "read", path: path.to_owned(), source })?;
    if head.is_empty() {
        return Err(not_sqlite("it is empty (0 bytes)".to_owned()));
    }
    if let Some((_, what)) = LOOK_ALIKES.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(not_sqlite((*what).to_owned()));
    }
    if !head.starts_with(MAGIC) {
        return Err(not_sqlite("its header is not SQLite's; it may be encrypted (SQLCipher) or damaged".to_owned()));
    }
    if head.len() < 100 {
        return Err(not_sqlite(format!("it is cut off after {} bytes", head.len())));
    }
    Ok(())
}

/// True when the header says that the database is in WAL mode (SQLite file format, 1.3.3).
pub(super) fn is_wal(path: &Path) -> Result<bool, SourceError> {
    let mut head = [0; 20];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.map_err(|source| SourceError::File { verb: "read", path: path.to_owned(), source })?;
    Ok(head[18] == 2 || head[19] == 2)
}
