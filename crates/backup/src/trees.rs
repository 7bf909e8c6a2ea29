use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use autobot_plan::files::{self, FileError};

use crate::artefact::{mode_of, set_mode, slashed};
use crate::facts::modified_ns;
use crate::hashing::Hashing;
use crate::run_folder::remove;
use crate::{Artefact, BackupError, Form, Kind};

/// How often a file is copied anew while another program writes it.
const TRIES_MAX: u32 = 5;

/// How deep folders may nest; deeper is a loop that some mount made.
const DEPTH_MAX: usize = 128;

/// Number of files and their bytes at a path; a path that is not there holds none.
pub(crate) fn measure(path: &Path) -> Result<(u64, u64), BackupError> {
    let Ok(metadata) = fs::metadata(path) else { return Ok((0, 0)) };
    if !metadata.is_dir() {
        return Ok((1, metadata.len()));
    }
    let mut sum = (0, 0);
    walk(path, &mut |_, metadata| {
        if metadata.is_file() {
            sum = (sum.0 + 1, sum.1 + metadata.len());
        }
        Ok(())
    })?;
    Ok(sum)
}

/// Calls `each` with everything below a folder, parents first, in the order of names. Links are not followed; what
/// vanishes meanwhile is left out.
pub(crate) fn walk(
    folder: &Path,
    each: &mut dyn FnMut(&Path, &Metadata) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    walk_below(folder, 0, each)
}

fn walk_below(
    folder: &Path,
    depth: usize,
    each: &mut dyn FnMut(&Path, &Metadata) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match listed {
        Err(error) if error.kind() == io::ErrorKind::NotFound && depth > 0 => return Ok(()),
        listed => listed.map_err(FileError::new("list", folder))?,
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for path in entries.iter().map(fs::DirEntry::path) {
        let metadata = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            found => found.map_err(FileError::new("look at", &path))?,
        };
        each(&path, &metadata)?;
        if metadata.is_dir() && depth < DEPTH_MAX {
            walk_below(&path, depth + 1, each)?;
        }
    }
    Ok(())
}

/// Copies one file into a run's folder under `name`: bytes and mode, synced, read back.
pub(crate) fn copy_file(origin: &Path, folder: &Path, name: &str, kind: Kind) -> Result<Artefact, BackupError> {
    let target = name.split('/').fold(folder.to_owned(), |path, part| path.join(part));
    let mut tries = 0;
    let (written, metadata) = loop {
        let before = fs::metadata(origin).map_err(FileError::new("look at", origin))?;
        let written = copy_bytes(origin, &target)?;
        let after = fs::metadata(origin).map_err(FileError::new("look at", origin))?;
        let same = (before.len(), modified_ns(&before)) == (after.len(), modified_ns(&after));
        tries += 1;
        if same && written.0 == after.len() {
            break (written, after);
        }
        if tries == TRIES_MAX {
            let what = "the file kept changing while it was copied".to_owned();
            return Err(BackupError::ReadBack { path: origin.to_owned(), what });
        }
    };
    if files::sha256(&target)? != written {
        return Err(BackupError::ReadBack {
            path: target,
            what: "its bytes differ from those of the original".to_owned(),
        });
    }
    let mode = mode_of(&metadata);
    set_mode(&target, mode).map_err(FileError::new("set the mode of", &target))?;
    let origin = std::path::absolute(origin).unwrap_or_else(|_| origin.to_owned());
    Ok(Artefact { mode, ..Artefact::file(name, kind, written, &origin) })
}

/// Copies a folder into a run's folder under `name`: files, links, empty folders and modes.
///
/// `wanted` chooses; a folder also comes along with what is wanted in it. What an earlier try left is removed first.
pub(crate) fn copy_tree(
    origin: &Path,
    folder: &Path,
    name: &str,
    kind: Kind,
    wanted: &dyn Fn(&Path) -> bool,
) -> Result<Vec<Artefact>, BackupError> {
    remove(&folder.join(name))?;
    let mut found = vec![(origin.to_owned(), fs::metadata(origin).map_err(FileError::new("look at", origin))?)];
    walk(origin, &mut |path, metadata| {
        found.push((path.to_owned(), metadata.clone()));
        Ok(())
    })?;
    let comes_along = |folder: &Path| {
        found.iter().any(|(path, metadata)| !metadata.is_dir() && wanted(path) && path.starts_with(folder))
    };
    let mut artefacts = Vec::new();
    for (path, metadata) in &found {
        let is_copied = wanted(path) || (metadata.is_dir() && comes_along(path));
        if !is_copied {
            continue;
        }
        let inner = slashed(path.strip_prefix(origin).unwrap_or(path))?;
        let inside = if inner.is_empty() { name.to_owned() } else { format!("{name}/{inner}") };
        if metadata.is_dir() {
            artefacts.push(make_folder(path, metadata, folder, inside, kind)?);
        } else if metadata.is_symlink() {
            artefacts.push(copy_link(path, folder, inside, kind)?);
        } else if metadata.is_file() {
            artefacts.push(copy_file(path, folder, &inside, kind)?);
        }
    }
    sync_folders(&artefacts, folder)?;
    Ok(artefacts)
}

fn copy_bytes(origin: &Path, target: &Path) -> Result<(u64, String), BackupError> {
    remove(target)?;
    let source = File::open(origin).map_err(FileError::new("open", origin))?;
    let mut hashing = Hashing::new(source);
    let mut copy = create_private(target).map_err(FileError::new("create", target))?;
    let mut block = vec![0; 64 * 1024];
    loop {
        let read = io::Read::read(&mut hashing, &mut block).map_err(FileError::new("read", origin))?;
        if read == 0 {
            break;
        }
        copy.write_all(&block[..read]).map_err(FileError::new("write", target))?;
    }
    copy.sync_all().map_err(FileError::new("sync", target))?;
    Ok(hashing.finish().1)
}

/// Creates a new file that only its owner can read.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_folder(
    origin: &Path,
    metadata: &Metadata,
    folder: &Path,
    inside: String,
    kind: Kind,
) -> Result<Artefact, BackupError> {
    let target = inside.split('/').fold(folder.to_owned(), |path, part| path.join(part));
    // The folder stays open to its owner here, whatever its mode was: files are still to come into it.
    files::create_private_folder(&target)?;
    let origin = origin.to_string_lossy().into_owned();
    Ok(Artefact { path: inside, kind, form: Form::Folder, mode: mode_of(metadata), origin })
}

fn copy_link(origin: &Path, folder: &Path, inside: String, kind: Kind) -> Result<Artefact, BackupError> {
    let link = fs::read_link(origin).map_err(FileError::new("read the link", origin))?;
    let target = inside.split('/').fold(folder.to_owned(), |path, part| path.join(part));
    make_link(&link, &target).map_err(FileError::new("create the link", &target))?;
    let text = link.to_str().ok_or_else(|| BackupError::NotUtf8 { path: origin.to_owned() })?.to_owned();
    let origin = origin.to_string_lossy().into_owned();
    Ok(Artefact { path: inside, kind, form: Form::Link { target: text }, mode: None, origin })
}

/// Makes a symbolic link.
#[cfg(unix)]
pub(crate) fn make_link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

/// Makes a symbolic link to a file: Windows tells the two kinds apart.
#[cfg(windows)]
pub(crate) fn make_link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(to, at)
}

fn sync_folders(artefacts: &[Artefact], folder: &Path) -> Result<(), BackupError> {
    let folders: Vec<PathBuf> = artefacts
        .iter()
        .filter(|artefact| artefact.form == Form::Folder)
        .map(|artefact| artefact.located(folder))
        .collect();
    folders.iter().rev().try_for_each(|folder| files::sync_folder(folder))?;
    Ok(())
}
