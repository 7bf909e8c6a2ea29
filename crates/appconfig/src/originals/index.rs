use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use autobot_plan::files;
use serde::{Deserialize, Serialize};

use crate::{Error, disk};

/// Version of the index's form; raised when an older program could not read it.
const FORMAT: u32 = 1;

/// The account of what is kept: one small file, replaced as a whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Index {
    format: u32,
    pub(super) files: BTreeMap<PathBuf, Kept>,
}

/// What is known of one file that this program changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What was there; none when there was no file.
    pub original: Option<Original>,
    /// SHA-256 of what this program wrote last.
    pub written_sha256: String,
    /// Set when the file had been edited by someone between two of our changes.
    #[serde(default)]
    pub edited_between: bool,
    /// Folders made for the file, the deepest first.
    #[serde(default)]
    pub folders_made: Vec<PathBuf>,
}

/// A file as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Its name in the folder of originals.
    pub stored: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its permission bits on Unix.
    pub mode: Option<u32>,
    /// When it was last changed: nanoseconds since 1970.
    pub modified_unix_ns: Option<u64>,
    /// Where its symbolic link led, when it was one.
    pub link: Option<PathBuf>,
}

impl Index {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let Some(bytes) = disk::read(path)? else { return Ok(Self { format: FORMAT, files: BTreeMap::new() }) };
        let index: Self =
            serde_json::from_slice(&bytes).map_err(|source| Error::IndexDamaged { path: path.to_owned(), source })?;
        if index.format > FORMAT {
            return Err(Error::IndexFormat { path: path.to_owned(), found: index.format });
        }
        Ok(index)
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        let text =
            serde_json::to_vec_pretty(self).map_err(|source| Error::IndexDamaged { path: path.to_owned(), source })?;
        Ok(files::replace(path, &text, 0o600)?)
    }
}
