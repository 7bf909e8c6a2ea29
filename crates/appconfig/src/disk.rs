//! Reading small files, and asking what is at a path, with errors that name it.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use autobot_plan::files::FileError;
use sha2::{Digest, Sha256};

use crate::Error;

/// Configuration files are read whole; one larger than this is not a configuration file.
const TEXT_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The bytes of a file, none when it does not exist. A symbolic link that leads nowhere is an error: writing would
/// turn it into a file.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return no_dangling_link(path).map(|()| None),
        Err(error) => return Err(FileError::new("open", path)(error).into()),
    };
    let mut bytes = Vec::new();
    file.take(TEXT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(FileError::new("read", path))?;
    if bytes.len() as u64 > TEXT_BYTES_MAX {
        return Err(Error::TooLarge { path: path.to_owned(), bytes_max: TEXT_BYTES_MAX });
    }
    Ok(Some(bytes))
}

/// The text of a file, none when it does not exist.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, Error> {
    let Some(bytes) = read(path)? else { return Ok(None) };
    String::from_utf8(bytes).map(Some).map_err(|_| Error::NotText { path: path.to_owned() })
}

/// Removes what a replacement of `path` that was killed left beside it: a temporary file, which may hold a secret.
///
/// Only one run works on an application at a time (it holds the work directory), so none of these is in use.
pub(crate) fn sweep_beside(path: &Path) -> Result<(), Error> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = autobot_plan::files::parent(&real);
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry.map_err(FileError::new("list", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // The names that `autobot_plan::files::replace` gives.
        if name.starts_with(".autobot-")
            && Path::new(&name).extension().is_some_and(|ending| ending == "part")
            && entry.path().is_file()
        {
            fs::remove_file(entry.path()).map_err(FileError::new("remove", &entry.path()))?;
        }
    }
    Ok(())
}

/// True when something is at the path, a dangling link included.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Lowercase hexadecimal SHA-256.
pub(crate) fn hash(bytes: &[u8]) -> String {
    autobot_plan::files::hex(&Sha256::digest(bytes))
}

/// `path` with `ending` behind its name; with a number too when that is taken by something that `is_same` denies.
pub(crate) fn free_name_beside(path: &Path, ending: &str, is_same: impl Fn(&Path) -> bool) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let numbered = (2_u32..).map(|number| format!("{name}{ending}.{number}"));
    let mut names = std::iter::once(format!("{name}{ending}")).chain(numbered).map(|name| path.with_file_name(name));
    // The list has no end, so a free name is found.
    names.find(|candidate| !is_there(candidate) || is_same(candidate)).unwrap_or_else(|| path.to_owned())
}

/// The folders above `path` that do not exist yet, the deepest first.
pub(crate) fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let above = path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    above.map(Path::to_owned).collect()
}

fn no_dangling_link(path: &Path) -> Result<(), Error> {
    match fs::read_link(path) {
        Ok(target) => Err(Error::DanglingLink { path: path.to_owned(), target }),
        Err(_) => Ok(()),
    }
}
