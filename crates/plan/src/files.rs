//! Durable file writes: temporary file beside the target, sync, rename, sync of the folder.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file operation that failed, with the path it concerned.
#[derive(Debug, thiserror::Error)]
#[error("failed to {verb} `{}`", path.display())]
pub struct FileError {
    /// What was being done: `read`, `write`, `rename`, …
    pub verb: &'static str,
    /// To what.
    pub path: PathBuf,
    /// Why it failed.
    #[source]
    pub source: io::Error,
}

impl FileError {
    /// Ties an I/O error to what was being done.
    pub fn new(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { verb, path, source }
    }
}

/// Replaces the content of `path` in one step: a reader sees the old bytes or the new ones, never a mixture.
///
/// A symbolic link is followed, so the link stays; mode (and, where permitted, owner) of an existing file are kept.
/// A new file gets `mode_if_new` on Unix.
pub fn replace(path: &Path, content: &[u8], mode_if_new: u32) -> Result<(), FileError> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = parent(&real);
    let mut temporary = beside(&real, folder).map_err(FileError::new("create a temporary file beside", &real))?;
    temporary.write_all(content).map_err(FileError::new("write", &real))?;
    keep_attributes(&real, temporary.as_file(), mode_if_new).map_err(FileError::new("keep the mode of", &real))?;
    temporary.as_file().sync_all().map_err(FileError::new("sync", &real))?;
    temporary.persist(&real).map_err(|error| FileError::new("replace", &real)(error.error))?;
    sync_folder(folder)
}

/// A temporary file whose name is the same each time, so that what a killed process left is taken away by the next.
fn beside(path: &Path, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (prefix, suffix) = (format!(".autobot-{name}"), ".part");
    match fs::remove_file(folder.join(format!("{prefix}{suffix}"))) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    tempfile::Builder::new().prefix(&prefix).rand_bytes(0).suffix(suffix).tempfile_in(folder)
}

/// Syncs a folder so that a rename in it survives a power cut. Does nothing on Windows, which has no such call.
pub fn sync_folder(folder: &Path) -> Result<(), FileError> {
    if cfg!(unix) {
        File::open(folder).and_then(|opened| opened.sync_all()).map_err(FileError::new("sync folder", folder))?;
    }
    Ok(())
}

/// Creates a folder and its parents, private to the owner (mode 0700) on Unix.
pub fn create_private_folder(folder: &Path) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(FileError::new("create folder", folder))
}

/// Size in bytes and lowercase hexadecimal SHA-256 of a file, read in blocks.
pub fn sha256(path: &Path) -> Result<(u64, String), FileError> {
    let mut file = File::open(path).map_err(FileError::new("open", path))?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 256 * 1024];
    let mut size = 0;
    loop {
        let read = file.read(&mut block).map_err(FileError::new("read", path))?;
        if read == 0 {
            return Ok((size, hex(&hasher.finalize())));
        }
        hasher.update(&block[..read]);
        size += read as u64;
    }
}

/// Lowercase hexadecimal of bytes.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The folder that holds `path`; `.` for a bare name.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn keep_attributes(existing: &Path, new: &File, mode_if_new: u32) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(metadata) = fs::metadata(existing) else {
        return new.set_permissions(fs::Permissions::from_mode(mode_if_new));
    };
    let mine = new.metadata()?;
    if (mine.uid(), mine.gid()) != (metadata.uid(), metadata.gid()) {
        // Only root may give a file away; for anyone else the file keeps its new owner, as with any editor.
        let _ = fchown(new, Some(metadata.uid()), Some(metadata.gid()));
    }
    new.set_permissions(fs::Permissions::from_mode(metadata.mode() & 0o7777))
}

#[cfg(not(unix))]
fn keep_attributes(_existing: &Path, _new: &File, _mode_if_new: u32) -> io::Result<()> {
    Ok(())
}
