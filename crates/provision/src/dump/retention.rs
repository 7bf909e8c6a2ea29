//! Keeping a number of backups, counting only those that a restore could use.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use autobot_plan::Scope;
use autobot_plan::files::{self, FileError};
use serde::Serialize;

use super::{Manifest, PART, PREFIX, SUFFIX, manifest_path, scan};
use crate::{Error, Result};

/// The ends of a backup's name: ours, and that of the plan's script before it compresses.
const ENDS: &[&str] = &[SUFFIX, ".sql"];
/// A `.part` of this age is not being written any more.
const PART_AGE_MAX: Duration = Duration::from_hours(24);

/// A backup that a restore can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// Its manifest; none for one that another program made, which was read through instead.
    pub manifest: Option<Manifest>,
}

/// What is in a folder of backups.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Inventory {
    /// Those that can be used, newest first.
    pub good: Vec<Backup>,
    /// Those that cannot, and why. Never counted, never deleted: somebody may want to look at them.
    pub damaged: Vec<(PathBuf, String)>,
    /// Those that were never finished.
    pub unfinished: Vec<PathBuf>,
}

/// What pruning did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pruned {
    /// Backups that are left, newest first.
    pub kept: Vec<PathBuf>,
    /// Backups that were deleted, and unfinished ones of long ago.
    pub deleted: Vec<PathBuf>,
    /// Backups that cannot be used, and why.
    pub damaged: Vec<(PathBuf, String)>,
}

/// Looks at every backup in a folder. Reads only; a folder that is not there has none.
///
/// A backup with a manifest is compared with its SHA-256, one without is read through.
pub async fn inventory(dir: &Path, scope: &Scope<'_>) -> Result<Inventory> {
    let mut inventory = Inventory::default();
    for path in names(dir)?.into_iter().rev() {
        if has_end(&path, PART) {
            inventory.unfinished.push(path);
            continue;
        }
        match check(&path, scope).await {
            Ok(manifest) => inventory.good.push(Backup { path, manifest }),
            Err(Error::Damaged { reason, .. }) => inventory.damaged.push((path, reason)),
            Err(error) => return Err(error),
        }
    }
    Ok(inventory)
}

/// The newest backup that was read back when it was made: only then it got its manifest. Reads no backup.
pub fn newest(dir: &Path) -> Result<Option<Backup>> {
    let with_manifest = |path: PathBuf| Some(Backup { manifest: Some(Manifest::read(&path)?), path });
    Ok(names(dir)?.into_iter().rev().find_map(with_manifest))
}

/// Deletes the oldest backups beyond the newest `keep` good ones. The last good one is never deleted.
pub async fn prune(dir: &Path, keep: usize, scope: &Scope<'_>) -> Result<Pruned> {
    let found = inventory(dir, scope).await?;
    let mut pruned = Pruned { damaged: found.damaged, ..Pruned::default() };
    for (number, backup) in found.good.into_iter().enumerate() {
        if number < keep.max(1) {
            pruned.kept.push(backup.path);
            continue;
        }
        // The manifest first: a dump without one is still a backup, a manifest without a dump is nothing.
        remove(&manifest_path(&backup.path))?;
        remove(&backup.path)?;
        pruned.deleted.push(backup.path);
    }
    for path in found.unfinished.into_iter().filter(|path| is_old(path)) {
        remove(&path)?;
        pruned.deleted.push(path);
    }
    if !pruned.deleted.is_empty() {
        files::sync_folder(dir)?;
    }
    Ok(pruned)
}

/// Refuses a backup that a restore could not use. Gives its manifest, where it has one.
pub(super) async fn check(path: &Path, scope: &Scope<'_>) -> Result<Option<Manifest>> {
    let Some(manifest) = Manifest::read(path) else {
        scan(path, scope).await?;
        return Ok(None);
    };
    let (size, sha256) = files::sha256(path)?;
    if (size, &sha256) == (manifest.size, &manifest.sha256) {
        return Ok(Some(manifest));
    }
    let reason = format!("its SHA-256 is not that of its manifest ({size} bytes, the manifest says {})", manifest.size);
    Err(Error::Damaged { path: path.to_owned(), reason })
}

/// The backups in a folder by name, which is by time.
fn names(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(FileError::new("read", dir))?,
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| is_backup(path)).collect();
    paths.sort();
    Ok(paths)
}

fn is_backup(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let finished = name.strip_suffix(PART).unwrap_or(name);
    name.starts_with(PREFIX) && ENDS.iter().any(|end| finished.ends_with(end)) && path.is_file()
}

fn has_end(path: &Path, end: &str) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.ends_with(end))
}

fn is_old(path: &Path) -> bool {
    let changed = fs::metadata(path).and_then(|metadata| metadata.modified());
    changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok()).is_some_and(|age| age > PART_AGE_MAX)
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(FileError::new("remove", path)(error).into()),
        _ => Ok(()),
    }
}
