use std::fs::{self, File, FileTimes};
use std::io;
use std::path::Path;

use autobot_plan::files::{self, FileError};

use super::listing::{self, Entry, Kind};
use crate::Error;

/// Copies a file or folder to a place that is free, then compares both, then syncs: contents, links, modes and times.
///
/// A source that changed meanwhile is an error, as is anything that cannot be copied (a socket, a device).
pub(crate) fn copy_checked(from: &Path, to: &Path) -> Result<(), Error> {
    let before = listing::of(from)?;
    for entry in &before {
        copy_one(from, to, entry)?;
    }
    // Folders last: writing into them changes their time, and their mode may forbid it.
    for entry in before.iter().rev().filter(|entry| entry.kind == Kind::Folder) {
        let (source, target) = (at(from, entry), at(to, entry));
        keep_attributes(&source, &target).map_err(FileError::new("keep mode and time of", &target))?;
        files::sync_folder(&target)?;
    }
    if listing::of(to)? != before {
        return Err(Error::CopyDiffers { from: from.to_owned(), to: to.to_owned() });
    }
    Ok(files::sync_folder(files::parent(to))?)
}

fn copy_one(from: &Path, to: &Path, entry: &Entry) -> Result<(), Error> {
    let (source, target) = (at(from, entry), at(to, entry));
    match &entry.kind {
        Kind::Folder => fs::create_dir_all(&target).map_err(FileError::new("create folder", &target))?,
        Kind::File { .. } => {
            fs::copy(&source, &target).map_err(FileError::new("copy", &source))?;
            File::open(&target).and_then(|file| file.sync_all()).map_err(FileError::new("sync", &target))?;
            keep_attributes(&source, &target).map_err(FileError::new("keep mode and time of", &target))?;
        }
        Kind::Link(leads_to) => link(leads_to, &target).map_err(FileError::new("link", &target))?,
        Kind::Other => return Err(Error::NotCopyable { path: source }),
    }
    Ok(())
}

fn at(root: &Path, entry: &Entry) -> std::path::PathBuf {
    if entry.below.as_os_str().is_empty() { root.to_owned() } else { root.join(&entry.below) }
}

fn keep_attributes(source: &Path, target: &Path) -> io::Result<()> {
    let metadata = fs::metadata(source)?;
    if !cfg!(windows) {
        File::open(target)?.set_times(FileTimes::new().set_modified(metadata.modified()?))?;
    }
    fs::set_permissions(target, metadata.permissions())
}

#[cfg(unix)]
fn link(leads_to: &Path, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(leads_to, path)
}

#[cfg(windows)]
fn link(leads_to: &Path, path: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(leads_to, path)
}
