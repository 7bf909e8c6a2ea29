use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::files::{self, FileError};

use crate::Error;

/// One thing in a tree, by its path below the root (empty for the root itself).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) below: PathBuf,
    pub(super) kind: Kind,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A file.
    File {
        /// Bytes.
        size: u64,
        /// Of its content.
        sha256: String,
    },
    /// A symbolic link and where it leads; never followed.
    Link(PathBuf),
    /// A socket, pipe or device: it has no content to move.
    Other,
}

/// Everything in a tree, folders before what they hold, in the order of names.
pub(super) fn of(root: &Path) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        let path = root.join(&below);
        let path = if below.as_os_str().is_empty() { root } else { &path };
        let kind = kind(path)?;
        if kind == Kind::Folder {
            let read = fs::read_dir(path).map_err(FileError::new("list", path))?;
            let mut names = Vec::new();
            for entry in read {
                names.push(entry.map_err(FileError::new("list", path))?.file_name());
            }
            names.sort();
            waiting.extend(names.into_iter().rev().map(|name| below.join(name)));
        }
        entries.push(Entry { below, kind });
    }
    Ok(entries)
}

fn kind(path: &Path) -> Result<Kind, Error> {
    let metadata = fs::symlink_metadata(path).map_err(FileError::new("look at", path))?;
    if metadata.is_dir() {
        return Ok(Kind::Folder);
    }
    if metadata.is_symlink() {
        return Ok(Kind::Link(fs::read_link(path).map_err(FileError::new("read link", path))?));
    }
    if !metadata.is_file() {
        return Ok(Kind::Other);
    }
    let (size, sha256) = files::sha256(path)?;
    Ok(Kind::File { size, sha256 })
}
