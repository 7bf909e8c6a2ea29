use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::files::{self, FileError};
use serde::Serialize;

use crate::run_folder::RunFolder;
use crate::{Artefact, BackupError, Form, Kind, Manifest};

/// A complete backup: a folder with a manifest whose artefacts are all there.
#[derive(Debug, Clone, PartialEq)]
pub struct Backup {
    folder: PathBuf,
    manifest: Manifest,
}

/// What re-hashing a backup found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Artefacts that are as the manifest says.
    pub good: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Artefacts that are not.
    pub faults: Vec<Fault>,
}

/// An artefact that is not what the manifest says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Its path inside the backup.
    pub path: String,
    /// In what way.
    pub what: String,
}

impl Backup {
    /// The complete backups in a folder, oldest first. A folder that does not exist holds none.
    ///
    /// Complete means: named, sealed with a manifest that this program reads, every artefact there with its size.
    pub fn find_complete(root: &Path) -> Result<Vec<Self>, BackupError> {
        let entries = match fs::read_dir(root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(FileError::new("list", root)(error).into()),
        };
        let mut backups = Vec::new();
        for entry in entries {
            let folder = entry.map_err(FileError::new("list", root))?.path();
            let sealed = RunFolder::of(&folder).is_some_and(|run| run.sealed() == folder);
            // A folder with a manifest that cannot be read is not a backup that could be relied on.
            if let (true, Ok(Some(manifest))) = (sealed, Manifest::read(&folder)) {
                backups.push(Self { folder, manifest });
            }
        }
        backups.retain(Self::is_whole);
        backups.sort_by(|a, b| a.folder.cmp(&b.folder));
        Ok(backups)
    }

    /// The newest complete backup, none when there is none.
    pub fn latest(root: &Path) -> Result<Option<Self>, BackupError> {
        Ok(Self::find_complete(root)?.pop())
    }

    /// Opens one folder; an error when it has no manifest, or the manifest cannot be read.
    pub fn open(folder: &Path) -> Result<Self, BackupError> {
        match Manifest::read(folder)? {
            Some(manifest) => Ok(Self { folder: folder.to_owned(), manifest }),
            None => Err(BackupError::NoSuchArtefact { folder: folder.to_owned(), kind: "manifest".to_owned() }),
        }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it holds.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The frozen copy of the database, from which the later phases read.
    pub fn database(&self) -> Result<PathBuf, BackupError> {
        Ok(self.only(Kind::Database)?.located(&self.folder))
    }

    /// The artefacts of one kind, in the manifest's order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Artefact> {
        self.manifest.artefacts.iter().filter(move |artefact| artefact.kind == kind)
    }

    /// The first artefact of one kind; an error when there is none.
    pub fn only(&self, kind: Kind) -> Result<&Artefact, BackupError> {
        let missing = || BackupError::NoSuchArtefact { folder: self.folder.clone(), kind: kind.name().to_owned() };
        self.of_kind(kind).next().ok_or_else(missing)
    }

    /// Reads every artefact again and compares it with the manifest.
    pub fn verify(&self) -> Result<Verification, BackupError> {
        let mut found = Verification { good: 0, bytes: 0, faults: Vec::new() };
        for artefact in &self.manifest.artefacts {
            match self.fault(artefact)? {
                None => {
                    found.good += 1;
                    found.bytes += artefact.size_bytes();
                }
                Some(what) => found.faults.push(Fault { path: artefact.path.clone(), what }),
            }
        }
        Ok(found)
    }

    /// In what way an artefact is not what the manifest says.
    pub(crate) fn fault(&self, artefact: &Artefact) -> Result<Option<String>, BackupError> {
        let path = artefact.located(&self.folder);
        let Ok(metadata) = fs::symlink_metadata(&path) else { return Ok(Some("it is gone".to_owned())) };
        let differs = match &artefact.form {
            Form::Folder => !metadata.is_dir(),
            Form::Link { target } => !fs::read_link(&path).is_ok_and(|found| found.to_string_lossy() == *target),
            Form::File { .. } if !metadata.is_file() => true,
            Form::File { size_bytes, sha256 } => {
                *size_bytes != metadata.len() || files::sha256(&path)? != (*size_bytes, sha256.clone())
            }
        };
        Ok(differs.then(|| "its content was changed".to_owned()))
    }

    fn is_whole(&self) -> bool {
        self.manifest.artefacts.iter().all(|artefact| artefact.is_present(&self.folder))
    }
}
