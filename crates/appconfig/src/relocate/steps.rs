use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use autobot_plan::Standing;
use autobot_plan::files::{self, FileError};

use super::copy::copy_checked;
use crate::{Error, disk};

/// The names under which a move across file systems is half done.
///
/// The order is: copy to `arriving`, compare, rename the source to `parting`, rename `arriving` to the destination,
/// remove `parting`. Whatever is there after a kill tells how far it came, also when a new thing stands at the source:
/// while `arriving` is there, the whole source is too, under its own name or as `parting`.
struct Halfway {
    arriving: PathBuf,
    parting: PathBuf,
}

impl Halfway {
    fn of(from: &Path, to: &Path) -> Self {
        let name = |path: &Path, word: &str| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            path.with_file_name(format!(".autobot-{word}-{name}"))
        };
        Self { arriving: name(to, "arriving"), parting: name(from, "parting") }
    }

    fn is_there(&self) -> bool {
        disk::is_there(&self.arriving) || disk::is_there(&self.parting)
    }
}

/// How far a move stands. Nothing at either end counts as done: there is nothing to move.
pub(crate) fn standing(from: &Path, to: &Path) -> Standing {
    if Halfway::of(from, to).is_there() || Halfway::of(to, from).is_there() {
        Standing::PartDone
    } else if disk::is_there(to) || !disk::is_there(from) {
        Standing::AlreadySo
    } else {
        Standing::ToDo
    }
}

/// Moves `from` to `to`, a place in the run's backup.
pub(crate) fn to_backup(from: &Path, to: &Path) -> Result<(), Error> {
    files::create_private_folder(files::parent(to))?;
    move_by(from, to, rename)
}

/// Moves `from` back to `to`, whose folder is made if it is gone.
pub(crate) fn back(from: &Path, to: &Path) -> Result<(), Error> {
    settle(from, to)?;
    if !disk::is_there(from) {
        return Ok(());
    }
    let folder = files::parent(to);
    fs::create_dir_all(folder).map_err(FileError::new("create folder", folder))?;
    move_by(from, to, rename)
}

/// Brings a move that was cut off, in either direction, to a state in which the thing is whole at one end.
pub(crate) fn settle(from: &Path, to: &Path) -> Result<(), Error> {
    settle_one(from, to)?;
    settle_one(to, from)
}

/// The steps; `rename` is a parameter so that a test can have it refuse as between file systems.
pub(super) fn move_by(from: &Path, to: &Path, rename: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<(), Error> {
    settle(from, to)?;
    if disk::is_there(to) || !disk::is_there(from) {
        return Ok(());
    }
    match rename(from, to) {
        Ok(()) => {
            files::sync_folder(files::parent(to))?;
            return Ok(files::sync_folder(files::parent(from))?);
        }
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
        Err(source) => return Err(Error::Move { from: from.to_owned(), to: to.to_owned(), source }),
    }
    let halfway = Halfway::of(from, to);
    copy_checked(from, &halfway.arriving)?;
    rename_synced(from, &halfway.parting)?;
    rename_synced(&halfway.arriving, to)?;
    remove_tree(&halfway.parting)
}

fn settle_one(from: &Path, to: &Path) -> Result<(), Error> {
    let halfway = Halfway::of(from, to);
    let (arriving, parting) = (disk::is_there(&halfway.arriving), disk::is_there(&halfway.parting));
    match (arriving, parting) {
        (true, true) if disk::is_there(from) => {
            // Something new stands at the source, so the proved copy takes its place at the destination.
            rename_synced(&halfway.arriving, to)?;
            remove_tree(&halfway.parting)
        }
        (true, true) => {
            rename_synced(&halfway.parting, from)?;
            remove_tree(&halfway.arriving)
        }
        (true, false) => remove_tree(&halfway.arriving),
        (false, true) => remove_tree(&halfway.parting),
        (false, false) => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

fn rename_synced(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(FileError::new("rename", from))?;
    Ok(files::sync_folder(files::parent(to))?)
}

fn remove_tree(path: &Path) -> Result<(), Error> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    let removed = if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    Ok(removed.map_err(FileError::new("remove", path))?)
}
