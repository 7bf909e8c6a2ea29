use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::files::FileError;
use serde::Serialize;

use crate::run_folder::RunFolder;
use crate::{Backup, BackupError, Kind, Manifest, SourceState};

/// A complete backup of the present state of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Previous {
    /// Its folder.
    pub folder: PathBuf,
    /// When it was made, for people.
    pub created: String,
    /// Files that it names for the exports.
    pub files: BTreeSet<String>,
}

/// A run that was cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CutOff {
    /// The folder that it would have made.
    pub folder: PathBuf,
    /// True when it is about the present state of the source, so that it can go on.
    pub goes_on: bool,
    /// Bytes of what it finished.
    pub done_bytes: u64,
}

/// What is in the root of the backups.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) previous: Option<Previous>,
    pub(super) cut_off: Vec<CutOff>,
    pub(super) taken: BTreeSet<String>,
}

/// Looks through the root, which may not exist yet.
pub(super) fn look(root: &Path, state: &SourceState, present: &BTreeSet<Kind>) -> Result<Runs, BackupError> {
    let mut runs = Runs::default();
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(runs),
        Err(error) => return Err(FileError::new("list", root)(error).into()),
    };
    for entry in entries {
        let folder = entry.map_err(FileError::new("list", root))?.path();
        let Some(run) = RunFolder::of(&folder) else { continue };
        runs.taken.insert(run.name());
        if folder != run.sealed() {
            runs.cut_off.push(cut_off(&run, state)?);
        }
    }
    runs.cut_off.sort_by(|a, b| a.folder.cmp(&b.folder));
    let backups = Backup::find_complete(root)?;
    let fits = |backup: &&Backup| backup.manifest().source == *state && holds_all(backup.manifest(), present);
    runs.previous = backups.iter().rev().find(fits).map(|backup| Previous {
        folder: backup.folder().to_owned(),
        created: backup.manifest().created.clone(),
        files: backup.manifest().artefacts.iter().map(|artefact| artefact.path.clone()).collect(),
    });
    Ok(runs)
}

fn cut_off(run: &RunFolder, state: &SourceState) -> Result<CutOff, BackupError> {
    let folder = run.sealed().to_owned();
    if let Some(manifest) = Manifest::read(&run.part())? {
        return Ok(CutOff { folder, goes_on: manifest.source == *state, done_bytes: 0 });
    }
    // Notes that cannot be read are those of a run that cannot go on.
    let Ok(Some(begun)) = run.begun() else { return Ok(CutOff { folder, goes_on: false, done_bytes: 0 }) };
    let artefacts = begun.done.iter().flat_map(|done| &done.artefacts);
    let done_bytes = artefacts.map(crate::Artefact::size_bytes).sum();
    Ok(CutOff { folder, goes_on: begun.source == *state, done_bytes })
}

/// True when the backup holds everything that there is to hold.
fn holds_all(manifest: &Manifest, present: &BTreeSet<Kind>) -> bool {
    let held: BTreeSet<Kind> = manifest.artefacts.iter().map(|artefact| artefact.kind).collect();
    present.is_subset(&held)
}
