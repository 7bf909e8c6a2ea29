//! The SQLite file in its archive: moved or copied together with what belongs to it, compared, never deleted.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::Standing;
use autobot_plan::files::{self, FileError};

use crate::relocate::{self, copy_checked};
use crate::{ArchiveBy, Error, disk};

/// Endings of the files that SQLite keeps beside a database. A `-wal` may hold rows that the main file lacks.
pub(crate) const COMPANIONS: &[&str] = &["-wal", "-shm", "-journal"];

/// True when SQLite's own files lie beside a database.
pub(crate) fn has_companions(database: &Path) -> bool {
    COMPANIONS.iter().any(|ending| disk::is_there(&with(database, ending)))
}

/// How far the archiving stands.
pub(crate) fn standing(from: &Path, to: &Path, how: ArchiveBy) -> Standing {
    let main = match how {
        ArchiveBy::Move => relocate::standing(from, to),
        ArchiveBy::Copy if disk::is_there(to) || !disk::is_there(from) => Standing::AlreadySo,
        ArchiveBy::Copy if disk::is_there(&part(to)) => Standing::PartDone,
        ArchiveBy::Copy => Standing::ToDo,
    };
    let left_behind = how == ArchiveBy::Move
        && pairs(from, to).iter().any(|(from, to)| relocate::standing(from, to) != Standing::AlreadySo);
    if main == Standing::AlreadySo && left_behind { Standing::PartDone } else { main }
}

/// Archives; returns the main file's SHA-256, read before and after.
pub(crate) fn archive(from: &Path, to: &Path, how: ArchiveBy) -> Result<String, Error> {
    let source = if disk::is_there(from) { Some(files::sha256(from)?.1) } else { None };
    match how {
        ArchiveBy::Move => {
            // The main file first: once it is gone, a run that was cut off knows from the archive where the rest goes.
            relocate::to_backup(from, to)?;
            for (from, to) in pairs(from, to) {
                relocate::to_backup(&from, &to)?;
            }
        }
        ArchiveBy::Copy => {
            files::create_private_folder(files::parent(to))?;
            for (from, to) in pairs(from, to).iter().filter(|(from, _)| disk::is_there(from)) {
                copy_whole(from, to)?;
            }
            copy_whole(from, to)?;
        }
    }
    let archived = files::sha256(to)?.1;
    match source {
        Some(source) if source != archived => Err(Error::CopyDiffers { from: from.to_owned(), to: to.to_owned() }),
        _ => Ok(archived),
    }
}

/// Takes the archiving back. A file that has come to stand at the old place since is kept beside it; its name is
/// returned.
pub(crate) fn unarchive(from: &Path, to: &Path, how: ArchiveBy) -> Result<Option<PathBuf>, Error> {
    let mut kept = None;
    let mut all = vec![(from.to_owned(), to.to_owned())];
    all.extend(pairs(from, to));
    for (from, to) in all.iter().filter(|(_, to)| disk::is_there(to) || how == ArchiveBy::Move) {
        match how {
            ArchiveBy::Copy => remove_copy(from, to)?,
            ArchiveBy::Move => {
                relocate::settle(from, to)?;
                if disk::is_there(to) && disk::is_there(from) {
                    let beside = disk::free_name_beside(from, crate::originals::LATER_EDIT_ENDING, |_| false);
                    fs::rename(from, &beside).map_err(FileError::new("rename", from))?;
                    kept.get_or_insert(beside);
                }
                relocate::back(to, from)?;
            }
        }
    }
    // The archive folder goes when nothing else is in it.
    let _ = fs::remove_dir(files::parent(to));
    Ok(kept)
}

/// The copy goes only while its source is there with the same bytes.
fn remove_copy(from: &Path, to: &Path) -> Result<(), Error> {
    if disk::is_there(from) && files::sha256(from)?.1 == files::sha256(to)?.1 {
        fs::remove_file(to).map_err(FileError::new("remove", to))?;
    }
    Ok(())
}

fn copy_whole(from: &Path, to: &Path) -> Result<(), Error> {
    if disk::is_there(to) {
        return Ok(());
    }
    let part = part(to);
    if disk::is_there(&part) {
        fs::remove_file(&part).map_err(FileError::new("remove", &part))?;
    }
    copy_checked(from, &part)?;
    fs::rename(&part, to).map_err(FileError::new("rename", &part))?;
    Ok(files::sync_folder(files::parent(to))?)
}

fn pairs(from: &Path, to: &Path) -> Vec<(PathBuf, PathBuf)> {
    COMPANIONS.iter().map(|ending| (with(from, ending), with(to, ending))).collect()
}

fn part(path: &Path) -> PathBuf {
    with(path, ".part")
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}
