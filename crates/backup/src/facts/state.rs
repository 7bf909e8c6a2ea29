use std::fs::{self, File, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use autobot_db::SourceError;
use autobot_plan::files;
use serde::{Deserialize, Serialize};

/// What tells one state of a SQLite database from another without reading it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// The database, absolute.
    pub path: PathBuf,
    /// Length of the main file.
    pub size_bytes: u64,
    /// Last change of the main file, nanoseconds since 1970.
    pub modified_ns: i64,
    /// The file change counter (SQLite file format, 1.3.7); it stays while changes go to a `-wal`.
    pub change_counter: u32,
    /// Length of the `-wal`, zero without one.
    pub wal_bytes: u64,
    /// Last change of the `-wal`.
    pub wal_modified_ns: i64,
    /// Salt of the `-wal` in hexadecimal, renewed each time it is begun anew (SQLite file format, 4.1).
    pub wal_salt: String,
}

impl SourceState {
    /// Looks at the files; errors when the main file cannot be read.
    pub fn look(path: &Path) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => SourceError::Missing { path: path.to_owned() },
            _ => SourceError::File { verb: "open", path: path.to_owned(), source },
        })?;
        Self::look_through(&file, path)
    }

    /// The same through a file that is open already, which does not disturb the locks that this process has on it.
    pub(crate) fn look_through(mut file: &File, path: &Path) -> Result<Self, SourceError> {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let failed = |source| SourceError::File { verb: "read", path: path.to_owned(), source };
        let metadata = file.metadata().map_err(failed)?;
        let mut head = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.take(28).read_to_end(&mut head).map_err(failed)?;
        let wal = beside(&real, "-wal");
        // A `-wal` of length zero says nothing that its absence does not.
        let wal_metadata = fs::metadata(&wal).ok().filter(|metadata| metadata.len() > 0);
        let wal_head = if wal_metadata.is_some() { start_of(&wal, 24).unwrap_or_default() } else { Vec::new() };
        let counter = head.get(24..28).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default();
        Ok(Self {
            path: real,
            size_bytes: metadata.len(),
            modified_ns: modified_ns(&metadata),
            change_counter: u32::from_be_bytes(counter),
            wal_bytes: wal_metadata.as_ref().map_or(0, Metadata::len),
            wal_modified_ns: wal_metadata.as_ref().map_or(0, modified_ns),
            wal_salt: files::hex(wal_head.get(16..24).unwrap_or_default()),
        })
    }
}

/// `path` with a suffix after its last character, as SQLite names side files.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Last change in nanoseconds since 1970, negative before, zero where the system does not say.
pub(crate) fn modified_ns(metadata: &Metadata) -> i64 {
    let Ok(modified) = metadata.modified() else { return 0 };
    let clip = |nanos: u128| i64::try_from(nanos).unwrap_or(i64::MAX);
    match modified.duration_since(UNIX_EPOCH) {
        Ok(since) => clip(since.as_nanos()),
        Err(before) => -clip(before.duration().as_nanos()),
    }
}

fn start_of(path: &Path, length: u64) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(length).read_to_end(&mut head)?;
    Ok(head)
}
