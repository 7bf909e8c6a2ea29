use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use autobot_catalog::Migration;
use autobot_db::{Source, SourceError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Length of the header of a SQLite file, which holds its change counter (SQLite file format, 1.3).
const HEADER_BYTES: u64 = 100;

/// What a stage was loaded from and for: a stage is gone on with only by a run with the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StageFingerprint(pub String);

impl StageFingerprint {
    /// The fingerprint of a source (its header, sizes and times, those of its `-wal` too) and a migration.
    pub fn of(source: &Source, migration: &Migration) -> Result<Self, SourceError> {
        let mut hasher = Sha256::new();
        let path = source.path();
        let read =
            header(path).map_err(|error| SourceError::File { verb: "read", path: path.to_owned(), source: error })?;
        hasher.update(read);
        hasher.update(stamp(path));
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        hasher.update(stamp(Path::new(&wal)));
        hasher.update(digest(migration));
        Ok(Self(hex(&hasher.finalize())))
    }
}

/// Everything of a migration that decides what is in the stage.
fn digest(migration: &Migration) -> Vec<u8> {
    // Maps without string keys are the only thing that serde_json refuses, and there is none in a migration.
    serde_json::to_vec(&(&migration.tables, &migration.target)).unwrap_or_default()
}

fn header(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(HEADER_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Size and time of the last change; empty for a file that is not there or is empty.
fn stamp(path: &Path) -> Vec<u8> {
    let Ok(data) = fs::metadata(path) else { return vec![0] };
    if data.len() == 0 {
        return vec![0];
    }
    let changed = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    [data.len().to_be_bytes().as_slice(), changed.as_nanos().to_be_bytes().as_slice()].concat()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
