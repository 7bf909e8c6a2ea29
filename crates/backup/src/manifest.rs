use std::path::Path;

use autobot_plan::Timestamp;
use autobot_plan::files;
use serde::{Deserialize, Serialize};

use crate::{Artefact, BackupError, SourceState};

/// Version of the manifest's format; raised when an older program could not read it.
pub const FORMAT: u32 = 1;

/// Name of the file that makes a folder a backup.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What a backup holds. Written last: a folder without it is not a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format version, see [`FORMAT`].
    pub format: u32,
    /// When the run began, for people.
    pub created: String,
    /// The same as a number.
    pub created_at: Timestamp,
    /// The state of the database that was copied.
    pub source: SourceState,
    /// Everything that was written, in order.
    pub artefacts: Vec<Artefact>,
    /// What the operator should know.
    pub notes: Vec<String>,
}

impl Manifest {
    /// Reads the manifest of a folder; none when there is no manifest.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, BackupError> {
        let path = folder.join(MANIFEST);
        let Some(text) = read_if_there(&path)? else { return Ok(None) };
        let json = |source| BackupError::Json { path: path.clone(), source };
        let version: Version = serde_json::from_slice(&text).map_err(json)?;
        if version.format > FORMAT {
            return Err(BackupError::Format { path, found: version.format });
        }
        serde_json::from_slice(&text).map(Some).map_err(json)
    }

    /// Writes the manifest, synced, and reads it back.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let path = folder.join(MANIFEST);
        write_json(&path, self)?;
        if Self::read(folder)?.as_ref() == Some(self) {
            return Ok(());
        }
        Err(BackupError::ReadBack { path, what: "the manifest differs".to_owned() })
    }
}

/// Writes a value as indented JSON in one step.
pub(crate) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), BackupError> {
    let json = |source| BackupError::Json { path: path.to_owned(), source };
    let mut text = serde_json::to_vec_pretty(value).map_err(json)?;
    text.push(b'\n');
    files::replace(path, &text, 0o600)?;
    Ok(())
}

/// Reads a small file; none when it is not there.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, BackupError> {
    match std::fs::read(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(files::FileError::new("read", path)(error).into()),
    }
}

#[derive(Deserialize)]
struct Version {
    format: u32,
}
