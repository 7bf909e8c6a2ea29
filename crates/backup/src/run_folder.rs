use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::Timestamp;
use autobot_plan::files::{self, FileError};
use serde::{Deserialize, Serialize};

use crate::manifest::{MANIFEST, Manifest, read_if_there, write_json};
use crate::{Artefact, BackupError, FORMAT, SourceState};

/// Name of the notes of a run under way.
const BEGUN: &str = "begun.json";

/// Ending of a folder that is not a backup yet.
const PART: &str = ".part";

/// The folder of one run: `<time>.part` while it is under way, `<time>` once it is sealed.
#[derive(Debug, Clone)]
pub(crate) struct RunFolder {
    sealed: PathBuf,
}

/// The notes of a run under way: what it is about, and what in it is whole and read back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Begun {
    pub(crate) format: u32,
    pub(crate) started: Timestamp,
    pub(crate) source: SourceState,
    pub(crate) done: Vec<Done>,
}

/// A change of the run that is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Done {
    /// The change's own part of its id.
    pub(crate) id: String,
    pub(crate) artefacts: Vec<Artefact>,
    pub(crate) notes: Vec<String>,
}

impl RunFolder {
    /// The run whose finished folder is `sealed`.
    pub(crate) fn new(sealed: &Path) -> Self {
        Self { sealed: sealed.to_owned() }
    }

    /// The run that a folder in the backups' root belongs to; none for any other folder.
    pub(crate) fn of(folder: &Path) -> Option<Self> {
        let name = folder.file_name()?.to_str()?;
        let time = name.strip_suffix(PART).unwrap_or(name);
        is_time(time).then(|| Self { sealed: folder.with_file_name(time) })
    }

    /// The name, which is the time of the run.
    pub(crate) fn name(&self) -> String {
        self.sealed.file_name().map(OsStr::to_string_lossy).unwrap_or_default().into_owned()
    }

    /// The folder once it is a backup.
    pub(crate) fn sealed(&self) -> &Path {
        &self.sealed
    }

    /// The folder while it is under way.
    pub(crate) fn part(&self) -> PathBuf {
        let mut name = self.sealed.as_os_str().to_owned();
        name.push(PART);
        PathBuf::from(name)
    }

    /// True once the folder has its manifest and its name.
    pub(crate) fn is_sealed(&self) -> Result<bool, BackupError> {
        Ok(Manifest::read(&self.sealed)?.is_some())
    }

    /// Makes the folder with its notes.
    pub(crate) fn begin(&self, started: Timestamp, source: &SourceState) -> Result<(), BackupError> {
        files::create_private_folder(&self.part())?;
        files::sync_folder(files::parent(&self.sealed))?;
        self.write(&Begun { format: FORMAT, started, source: source.clone(), done: Vec::new() })
    }

    /// The notes of the run; none when it was not begun, or is sealed.
    pub(crate) fn begun(&self) -> Result<Option<Begun>, BackupError> {
        let path = self.part().join(BEGUN);
        let Some(text) = read_if_there(&path)? else { return Ok(None) };
        serde_json::from_slice(&text).map(Some).map_err(|source| BackupError::Json { path, source })
    }

    /// The artefacts of a change that is done, in the notes or (once sealed) in the manifest.
    pub(crate) fn is_done(&self, id: &str) -> Result<bool, BackupError> {
        if self.is_sealed()? {
            return Ok(true);
        }
        let folder = self.part();
        let whole = |done: &Done| done.artefacts.iter().all(|artefact| artefact.is_present(&folder));
        if Manifest::read(&folder)?.is_some() {
            return Ok(true);
        }
        Ok(self.begun()?.is_some_and(|begun| begun.done.iter().any(|done| done.id == id && whole(done))))
    }

    /// Notes that a change is done; `source` is set by the change that knows which state was copied.
    pub(crate) fn note_done(&self, done: Done, source: Option<SourceState>) -> Result<(), BackupError> {
        let mut begun = self.begun()?.ok_or_else(|| BackupError::NotOurs { path: self.part() })?;
        begun.done.retain(|known| known.id != done.id);
        begun.done.push(done);
        begun.source = source.unwrap_or(begun.source);
        self.write(&begun)
    }

    /// Takes a change's artefacts away, and its note.
    pub(crate) fn forget(&self, id: &str) -> Result<(), BackupError> {
        let Some(mut begun) = self.begun()? else { return Ok(()) };
        let folder = self.part();
        for done in begun.done.iter().filter(|done| done.id == id) {
            done.artefacts.iter().rev().try_for_each(|artefact| remove(&artefact.located(&folder)))?;
        }
        begun.done.retain(|done| done.id != id);
        self.write(&begun)
    }

    /// Writes the manifest, drops the notes, and gives the folder its name. Safe to call again after being cut off.
    pub(crate) fn seal(&self) -> Result<Manifest, BackupError> {
        let part = self.part();
        let manifest = match (Manifest::read(&part)?, self.begun()?) {
            (Some(manifest), _) => manifest,
            (None, Some(begun)) => begun.manifest(),
            (None, None) => return Err(BackupError::NotOurs { path: part }),
        };
        for artefact in &manifest.artefacts {
            if !artefact.is_present(&part) {
                let what = "it is gone or has another size".to_owned();
                return Err(BackupError::Spoilt { path: artefact.located(&part), what });
            }
        }
        manifest.write(&part)?;
        remove(&part.join(BEGUN))?;
        sweep(&part)?;
        files::sync_folder(&part)?;
        fs::rename(&part, &self.sealed).map_err(FileError::new("rename", &part))?;
        files::sync_folder(files::parent(&self.sealed))?;
        Ok(manifest)
    }

    /// Makes a backup a run under way again: the reverse of sealing.
    pub(crate) fn unseal(&self) -> Result<(), BackupError> {
        if self.sealed.exists() {
            fs::rename(&self.sealed, self.part()).map_err(FileError::new("rename", &self.sealed))?;
        }
        let Some(manifest) = Manifest::read(&self.part())? else { return Ok(()) };
        self.write(&Begun::reopened(&manifest))?;
        remove(&self.part().join(MANIFEST))
    }

    /// Removes the folder with all that is in it, if it is a run's folder.
    pub(crate) fn remove(&self) -> Result<(), BackupError> {
        for folder in [self.part(), self.sealed.clone()] {
            if fs::symlink_metadata(&folder).is_ok() {
                let ours = folder.join(BEGUN).is_file() || folder.join(MANIFEST).is_file() || is_empty(&folder);
                if !ours || Self::of(&folder).is_none() {
                    return Err(BackupError::NotOurs { path: folder });
                }
                remove_run(&folder)?;
            }
        }
        Ok(())
    }

    fn write(&self, begun: &Begun) -> Result<(), BackupError> {
        write_json(&self.part().join(BEGUN), begun)
    }
}

impl Begun {
    fn manifest(self) -> Manifest {
        let (created, created_at) = (self.started.rfc3339(), self.started);
        let notes = self.done.iter().flat_map(|done| done.notes.clone()).collect();
        let artefacts = self.done.into_iter().flat_map(|done| done.artefacts).collect();
        Manifest { format: FORMAT, created, created_at, source: self.source, artefacts, notes }
    }

    /// The artefacts of a manifest as notes: each kind is one change.
    fn reopened(manifest: &Manifest) -> Self {
        let mut done: Vec<Done> = Vec::new();
        for artefact in &manifest.artefacts {
            let id = crate::change::id_of(artefact);
            match done.iter_mut().find(|known| known.id == id) {
                Some(known) => known.artefacts.push(artefact.clone()),
                None => done.push(Done { id, artefacts: vec![artefact.clone()], notes: Vec::new() }),
            }
        }
        Self { format: FORMAT, started: manifest.created_at, source: manifest.source.clone(), done }
    }
}

/// Removes a file, link or folder; what is not there needs no removing.
pub(crate) fn remove(path: &Path) -> Result<(), BackupError> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    let removed = if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(FileError::new("remove", path)).map_err(BackupError::from)
}

/// Removes what writes that were cut off have left.
fn sweep(folder: &Path) -> Result<(), BackupError> {
    for entry in fs::read_dir(folder).map_err(FileError::new("list", folder))? {
        let path = entry.map_err(FileError::new("list", folder))?.path();
        let name = path.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        if name.ends_with(".partial") || (name.starts_with(".autobot-") && name.ends_with(PART)) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Removes a run's folder so that being cut off leaves a folder that is still known as ours.
fn remove_run(folder: &Path) -> Result<(), BackupError> {
    let entries = fs::read_dir(folder).map_err(FileError::new("list", folder))?;
    for entry in entries {
        let entry = entry.map_err(FileError::new("list", folder))?;
        let kept_for_last = entry.file_name() == BEGUN || entry.file_name() == MANIFEST;
        if !kept_for_last {
            remove(&entry.path())?;
        }
    }
    remove(folder)
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        // A temporary file of `files::replace` may be all that a cut-off beginning left.
        entries.all(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(".autobot-")))
    })
}

/// `20261124_195308`.
fn is_time(name: &str) -> bool {
    let form = |(at, byte): (usize, u8)| if at == 8 { byte == b'_' } else { byte.is_ascii_digit() };
    name.len() == 15 && name.bytes().enumerate().all(form)
}
