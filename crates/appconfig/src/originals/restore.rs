use std::fs::{self, File, FileTimes};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use autobot_plan::files::{self, FileError};

use super::index::{Kept, Original};
use super::store::Originals;
use crate::{Error, disk};

/// Ending of the name under which someone's later edit is kept.
pub(crate) const LATER_EDIT_ENDING: &str = ".after-migration";

/// What restoring a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restored {
    /// This program did not change the file.
    NotOurs,
    /// It is as it was.
    AsItWas,
    /// It is as it was; someone had edited it after us, and that version is kept at this path.
    EditKept(PathBuf),
}

impl Originals {
    /// Puts `path` back as it was before our first change: bytes, mode and time, or absence. Idempotent.
    pub fn restore(&self, path: &Path) -> Result<Restored, Error> {
        disk::sweep_beside(path)?;
        let mut index = self.index()?;
        let Some(kept) = index.files.get(path).cloned() else { return Ok(Restored::NotOurs) };
        let now = disk::read(path)?;
        let edit = keep_later_edit(path, &kept, now.as_deref())?;
        match &kept.original {
            Some(original) => self.put_back(path, original, now.as_deref())?,
            None => remove(path, &kept)?,
        }
        // Last, so that a restoration that was cut off is done again.
        index.files.remove(path);
        self.write_index(&index)?;
        Ok(edit.map_or(Restored::AsItWas, Restored::EditKept))
    }

    fn put_back(&self, path: &Path, original: &Original, now: Option<&[u8]>) -> Result<(), Error> {
        let bytes = self.bytes(original)?;
        if now != Some(bytes.as_slice()) {
            let folder = files::parent(path);
            fs::create_dir_all(folder).map_err(FileError::new("create folder", folder))?;
            // A link that was removed comes back first, so that the bytes go through it.
            if let (Some(target), false) = (&original.link, disk::is_there(path)) {
                link(target, path).map_err(FileError::new("link", path))?;
            }
            files::replace(path, &bytes, original.mode.unwrap_or(0o600))?;
        }
        attributes(path, original).map_err(FileError::new("restore mode and time of", path))?;
        match disk::read(path)? {
            Some(back) if back == bytes => Ok(()),
            _ => Err(Error::ReadBack { path: path.to_owned() }),
        }
    }
}

/// Copies what is neither the original nor ours to a name of its own.
fn keep_later_edit(path: &Path, kept: &Kept, now: Option<&[u8]>) -> Result<Option<PathBuf>, Error> {
    let Some(now) = now else { return Ok(None) };
    let sha256 = disk::hash(now);
    let is_original = kept.original.as_ref().is_some_and(|original| original.sha256 == sha256);
    if is_original || (sha256 == kept.written_sha256 && !kept.edited_between) {
        return Ok(None);
    }
    let beside = disk::free_name_beside(path, LATER_EDIT_ENDING, |there| {
        disk::read(there).is_ok_and(|content| content.as_deref() == Some(now))
    });
    let mode = fs::metadata(path).map_or(0o600, |metadata| permission_bits(&metadata));
    files::replace(&beside, now, mode)?;
    Ok(Some(beside))
}

fn remove(path: &Path, kept: &Kept) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(FileError::new("remove", path)(error).into());
        }
        _ => {}
    }
    for folder in &kept.folders_made {
        // A folder that holds something else by now stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn attributes(path: &Path, original: &Original) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(mode) = original.mode {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    let Some(since) = original.modified_unix_ns else { return Ok(()) };
    let modified = UNIX_EPOCH + Duration::from_nanos(since);
    let file = if cfg!(windows) { File::options().write(true).open(path)? } else { File::open(path)? };
    file.set_times(FileTimes::new().set_modified(modified))
}

#[cfg(unix)]
fn permission_bits(metadata: &fs::Metadata) -> u32 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.mode() & 0o7777
}

#[cfg(not(unix))]
fn permission_bits(_metadata: &fs::Metadata) -> u32 {
    0o600
}

#[cfg(unix)]
fn link(target: &Path, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(windows)]
fn link(target: &Path, path: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, path)
}
