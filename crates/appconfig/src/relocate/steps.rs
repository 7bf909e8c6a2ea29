use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use autobot_plan::Standing;
use autobot_plan::files::{self, FileError};

use super::copy::copy_checked;
use crate::{Error, disk};

/// The names under which a move across file systems is half done.
///
/// The order is: copy to `part`, compare, rename the source to `parting`, rename `part` to the destination, remove
/// `parting`. Whatever is there after a kill tells how far it came, also when a new thing stands at the source.
struct Halfway {
    part: PathBuf,
    parting: PathBuf,
}

impl Halfway {
    fn of(from: &Path, to: &Path) -> Self {
        let name = from.file_name().unwrap_or_default().to_string_lossy();
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        Self { part: part.into(), parting: from.with_file_name(format!(".autobot-parting-{name}")) }
    }
}

/// How far a move stands. Nothing at either end counts as done: there is nothing to move.
pub(crate) fn standing(from: &Path, to: &Path) -> Standing {
    let halfway = Halfway::of(from, to);
    match (disk::is_there(&halfway.parting), disk::is_there(to), disk::is_there(from)) {
        (true, ..) => Standing::PartDone,
        (false, true, _) | (false, false, false) => Standing::AlreadySo,
        (false, false, true) if disk::is_there(&halfway.part) => Standing::PartDone,
        (false, false, true) => Standing::ToDo,
    }
}

/// Moves `from` to `to`, going on where a killed run stopped.
pub(crate) fn to_backup(from: &Path, to: &Path) -> Result<(), Error> {
    let folder = files::parent(to);
    files::create_private_folder(folder)?;
    move_by(from, to, rename)
}

/// Moves `from` back to `to`, whose folder is made if it is gone.
pub(crate) fn back(from: &Path, to: &Path) -> Result<(), Error> {
    let folder = files::parent(to);
    fs::create_dir_all(folder).map_err(FileError::new("create folder", folder))?;
    move_by(from, to, rename)
}

/// The steps; `rename` is a parameter so that a test can have it refuse as between file systems.
pub(super) fn move_by(from: &Path, to: &Path, rename: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<(), Error> {
    let halfway = Halfway::of(from, to);
    if disk::is_there(&halfway.parting) {
        return finish(&halfway, to);
    }
    if disk::is_there(to) || !disk::is_there(from) {
        return Ok(());
    }
    remove_tree(&halfway.part)?;
    match rename(from, to) {
        Ok(()) => {
            files::sync_folder(files::parent(to))?;
            return Ok(files::sync_folder(files::parent(from))?);
        }
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
        Err(source) => return Err(Error::Move { from: from.to_owned(), to: to.to_owned(), source }),
    }
    copy_checked(from, &halfway.part)?;
    fs::rename(from, &halfway.parting).map_err(FileError::new("rename", from))?;
    files::sync_folder(files::parent(from))?;
    finish(&halfway, to)
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// From the moment on when the copy is proved and the source has its parting name.
fn finish(halfway: &Halfway, to: &Path) -> Result<(), Error> {
    if !disk::is_there(to) {
        fs::rename(&halfway.part, to).map_err(FileError::new("rename", &halfway.part))?;
        files::sync_folder(files::parent(to))?;
    }
    remove_tree(&halfway.parting)
}

fn remove_tree(path: &Path) -> Result<(), Error> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    let removed = if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    Ok(removed.map_err(FileError::new("remove", path))?)
}
