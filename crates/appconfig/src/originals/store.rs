use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use autobot_plan::files::{self, FileError};

use super::index::{Index, Kept, Original};
use crate::{Error, disk};

/// The folder `originals` of a run's backup: an index, and the bytes of every file before its first change.
#[derive(Debug, Clone)]
pub struct Originals {
    folder: PathBuf,
}

impl Originals {
    /// The originals kept in a run's backup directory. Nothing is made before something is kept.
    pub fn in_backup(backup_dir: &Path) -> Self {
        Self { folder: backup_dir.join("originals") }
    }

    /// What is known of `path`; none when this program did not change it.
    pub fn kept(&self, path: &Path) -> Result<Option<Kept>, Error> {
        Ok(self.index()?.files.remove(path))
    }

    /// Every file that this program changed.
    pub fn paths(&self) -> Result<Vec<PathBuf>, Error> {
        Ok(self.index()?.files.into_keys().collect())
    }

    /// Replaces the content of `path`, its original being kept first: safe to be killed at any moment.
    ///
    /// A new file gets `mode_if_new`; folders above it are made.
    pub(crate) fn change(&self, path: &Path, content: &[u8], mode_if_new: u32) -> Result<(), Error> {
        disk::sweep_beside(path)?;
        disk::sweep_beside(&self.index_path())?;
        self.keep(path, &disk::hash(content))?;
        let folder = files::parent(path);
        fs::create_dir_all(folder).map_err(FileError::new("create folder", folder))?;
        files::replace(path, content, mode_if_new)?;
        let back = disk::read(path)?;
        if back.as_deref() == Some(content) { Ok(()) } else { Err(Error::ReadBack { path: path.to_owned() }) }
    }

    pub(super) fn index(&self) -> Result<Index, Error> {
        Index::read(&self.index_path())
    }

    pub(super) fn write_index(&self, index: &Index) -> Result<(), Error> {
        index.write(&self.index_path())
    }

    /// The kept bytes, checked.
    pub(super) fn bytes(&self, original: &Original) -> Result<Vec<u8>, Error> {
        let path = self.folder.join(&original.stored);
        match disk::read(&path)? {
            Some(bytes) if disk::hash(&bytes) == original.sha256 => Ok(bytes),
            _ => Err(Error::OriginalDamaged { path }),
        }
    }

    /// The first content is the original; later calls only note what is about to be written.
    fn keep(&self, path: &Path, written_sha256: &str) -> Result<(), Error> {
        let now = disk::read(path)?;
        let now_sha256 = now.as_deref().map(disk::hash);
        let mut index = self.index()?;
        let kept = match index.files.remove(path) {
            Some(mut kept) => {
                let original = kept.original.as_ref().map(|original| original.sha256.clone());
                let ours = now_sha256 == original || now_sha256.as_deref() == Some(kept.written_sha256.as_str());
                kept.edited_between |= !ours;
                written_sha256.clone_into(&mut kept.written_sha256);
                kept
            }
            None => Kept {
                original: now.map(|bytes| self.store(path, &bytes)).transpose()?,
                written_sha256: written_sha256.to_owned(),
                edited_between: false,
                folders_made: disk::missing_folders(path),
            },
        };
        index.files.insert(path.to_owned(), kept);
        files::create_private_folder(&self.folder)?;
        self.write_index(&index)
    }

    fn store(&self, path: &Path, bytes: &[u8]) -> Result<Original, Error> {
        let metadata = fs::metadata(path).map_err(FileError::new("look at", path))?;
        let sha256 = disk::hash(bytes);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stored = format!("{}-{}", &sha256[..16], name.trim_start_matches('.'));
        files::create_private_folder(&self.folder)?;
        files::replace(&self.folder.join(&stored), bytes, 0o600)?;
        let modified = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        Ok(Original {
            stored,
            sha256,
            mode: mode(&metadata),
            modified_unix_ns: modified.and_then(|since| u64::try_from(since.as_nanos()).ok()),
            link: fs::read_link(path).ok(),
        })
    }

    fn index_path(&self) -> PathBuf {
        self.folder.join("index.json")
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no mode")]
fn mode(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    Some(metadata.mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_metadata: &Metadata) -> Option<u32> {
    None
}
