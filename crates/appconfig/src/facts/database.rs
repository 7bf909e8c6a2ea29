use std::fs;
use std::io;
use std::path::PathBuf;

use autobot_plan::files::{self, FileError};

use crate::archive::{self, COMPANIONS};
use crate::{AppPath, Error, Places};

/// The SQLite file and what its archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseFacts {
    /// The SQLite file; where the settings name a link, the file that it leads to.
    pub file: AppPath,
    /// Its size in bytes; none when it is not there.
    pub size: Option<u64>,
    /// True when SQLite's own files (`-wal`, `-shm`, `-journal`) are beside it.
    pub has_companions: bool,
    /// The folder `archive` beside it.
    pub archive: AppPath,
    /// Files in the archive that are called after it.
    pub archived: Vec<ArchivedFile>,
}

/// An archived SQLite file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedFile {
    /// The file.
    pub file: AppPath,
    /// True when its bytes are those of the present SQLite file.
    pub is_present_content: bool,
}

pub(super) fn gather(places: &Places) -> Result<DatabaseFacts, Error> {
    let file = places.named(behind_links(places.named(&places.database).path));
    let size = match fs::metadata(&file.path) {
        Ok(metadata) => Some(metadata.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(FileError::new("look at", &file.path)(error).into()),
    };
    let folder = places.named(files::parent(&file.path).join("archive"));
    let has_companions = archive::has_companions(&file.path);
    let mut facts = DatabaseFacts { file, size, has_companions, archived: Vec::new(), archive: folder };
    if facts.archive.path.is_dir() {
        facts.archived = archived(places, &facts)?;
    }
    Ok(facts)
}

/// Follows links also where the last one leads to a file that is archived by now.
fn behind_links(mut path: PathBuf) -> PathBuf {
    /// Links that are followed at most, so that a circle ends.
    const LINKS_MAX: usize = 16;
    for _ in 0..LINKS_MAX {
        let Ok(target) = fs::read_link(&path) else { break };
        path = files::parent(&path).join(target);
    }
    path
}

fn archived(places: &Places, facts: &DatabaseFacts) -> Result<Vec<ArchivedFile>, Error> {
    let folder = &facts.archive.path;
    let name = facts.file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(FileError::new("list", folder))? {
        let entry = entry.map_err(FileError::new("list", folder))?;
        let found = entry.file_name().to_string_lossy().into_owned();
        let is_database = found.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.'));
        let is_part = COMPANIONS.iter().chain(&[".part"]).any(|end| found.ends_with(end));
        if is_database && !is_part {
            paths.push(entry.path());
        }
    }
    paths.sort();
    // Hashing is for files of one size only: the present file may be large.
    let mut hash = None;
    let mut archived = Vec::new();
    for path in paths {
        let same_size = fs::metadata(&path).is_ok_and(|metadata| Some(metadata.len()) == facts.size);
        let mut is_present_content = false;
        if same_size {
            let present = match &hash {
                Some(known) => known,
                None => hash.insert(files::sha256(&facts.file.path)?.1),
            };
            is_present_content = *present == files::sha256(&path)?.1;
        }
        archived.push(ArchivedFile { file: places.named(path), is_present_content });
    }
    Ok(archived)
}
