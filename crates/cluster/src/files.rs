//! File operations whose errors name the path, and a replace that is whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::{Error, Result};

/// How many bytes of a log's end an error shows at most.
const TAIL_BYTES_MAX: u64 = 16 * 1024;
/// How many lines of a log's end an error shows at most: enough for PostgreSQL's reason and its hint.
const TAIL_LINES_MAX: usize = 20;

pub(crate) fn failed(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { action, path, source }
}

pub(crate) fn create_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(failed("create", path))
}

pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(failed("read", path))
}

/// Opens a file for appending, made when missing.
pub(crate) fn append(path: &Path) -> Result<File> {
    OpenOptions::new().create(true).append(true).open(path).map_err(failed("open", path))
}

/// The length in bytes, 0 when there is no such file.
pub(crate) fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Writes `text` beside `path`, syncs it and renames it into place.
///
/// A `private` file has mode 0600 from its first moment on (Unix).
pub(crate) fn replace(path: &Path, text: &str, access: Access) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    remove_if_there(&part)?;
    let mut file = options(access).open(&part).map_err(failed("create", &part))?;
    file.write_all(text.as_bytes()).map_err(failed("write", &part))?;
    file.sync_all().map_err(failed("sync", &part))?;
    drop(file);
    fs::rename(&part, path).map_err(failed("rename into place", path))?;
    sync_folder_of(path)
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Public,
    Private,
}

#[cfg(unix)]
fn options(access: Access) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(if access == Access::Private { 0o600 } else { 0o644 });
    options
}

#[cfg(not(unix))]
fn options(_access: Access) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options
}

pub(crate) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed("remove", path)(error)),
        _ => Ok(()),
    }
}

pub(crate) fn remove_dir_if_there(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed("remove", path)(error)),
        _ => Ok(()),
    }
}

/// The folder that holds `path`.
pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Makes a rename in the folder of `path` durable.
pub(crate) fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = parent(path);
    if cfg!(unix) {
        File::open(folder).and_then(|file| file.sync_all()).map_err(failed("sync", folder))?;
    }
    Ok(())
}

/// The last lines of a text file from byte `from` on; empty when it cannot be read.
pub(crate) fn tail(path: &Path, from: u64) -> String {
    let Ok(mut file) = File::open(path) else { return String::new() };
    let start = from.max(length(path).saturating_sub(TAIL_BYTES_MAX));
    let mut bytes = Vec::new();
    if file.seek(SeekFrom::Start(start)).and_then(|_| file.read_to_end(&mut bytes)).is_err() {
        return String::new();
    }
    last_lines(&String::from_utf8_lossy(&bytes))
}

/// The last lines of `text`, without blank ones at the end.
pub(crate) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES_MAX)..].join("\n")
}
