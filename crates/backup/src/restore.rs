use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use autobot_plan::Timestamp;
use autobot_plan::files::{self, FileError};
use flate2::bufread::GzDecoder;

use crate::artefact::set_mode;
use crate::facts::beside;
use crate::run_folder::remove;
use crate::trees::{self, create_private, make_link};
use crate::{Artefact, Backup, BackupError, Form, Kind};

/// What restoring came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What is as in the backup now.
    pub path: PathBuf,
    /// True when it was so already.
    pub was_already_so: bool,
    /// Where what was there before is now: nothing is overwritten.
    pub kept_aside: Vec<PathBuf>,
}

impl Backup {
    /// Puts one file of the backup back, byte for byte with its mode. A symbolic link at `to` stays a link.
    ///
    /// The bytes are checked against the manifest before they replace anything, and read back afterwards.
    pub fn restore_file(&self, artefact: &Artefact, to: &Path) -> Result<Restored, BackupError> {
        let real = real(to);
        let was_already_so = is_same(artefact, &real)?;
        if !was_already_so {
            self.put(artefact, &real)?;
        }
        set_mode(&real, artefact.mode).map_err(FileError::new("set the mode of", &real))?;
        Ok(Restored { path: to.to_owned(), was_already_so, kept_aside: Vec::new() })
    }

    /// Puts the database back. One that differs is kept aside with its `-wal` and `-journal`: SQLite would play a
    /// stranger's into the restored file.
    pub fn restore_database(&self, to: &Path) -> Result<Restored, BackupError> {
        let artefact = self.only(Kind::Database)?;
        let real = real(to);
        let side_files = ["-wal", "-journal"].map(|suffix| beside(&real, suffix));
        let holds_more = side_files.iter().any(|path| fs::metadata(path).is_ok_and(|metadata| metadata.len() > 0));
        let mut kept_aside = Vec::new();
        if holds_more || !is_same(artefact, &real)? {
            let aside = aside(&real);
            for suffix in ["", "-wal", "-journal"] {
                let (from, to) = (beside(&real, suffix), beside(&aside, suffix));
                if fs::symlink_metadata(&from).is_ok() {
                    fs::rename(&from, &to).map_err(FileError::new("move aside", &from))?;
                    kept_aside.push(to);
                }
            }
            // The index of a `-wal` belongs to no other.
            remove(&beside(&real, "-shm"))?;
        }
        let restored = self.restore_file(artefact, &real)?;
        Ok(Restored { path: to.to_owned(), kept_aside, ..restored })
    }

    /// Puts all artefacts of a kind that was copied as a folder back at `to`. A folder that differs is kept aside.
    pub fn restore_tree(&self, kind: Kind, to: &Path) -> Result<Restored, BackupError> {
        let root = self.only(kind)?.path.clone();
        let place = |artefact: &Artefact, at: &Path| match artefact.path.strip_prefix(&root) {
            Some("") | None => at.to_owned(),
            Some(inner) => inner.trim_start_matches('/').split('/').fold(at.to_owned(), |path, part| path.join(part)),
        };
        if self.is_same_tree(kind, to, &place)? {
            return Ok(Restored { path: to.to_owned(), was_already_so: true, kept_aside: Vec::new() });
        }
        let fresh = fresh(to);
        remove(&fresh)?;
        for artefact in self.of_kind(kind) {
            let at = place(artefact, &fresh);
            match &artefact.form {
                Form::Folder => files::create_private_folder(&at)?,
                Form::Link { target } => {
                    make_link(Path::new(target), &at).map_err(FileError::new("create the link", &at))?;
                }
                Form::File { .. } => {
                    self.put(artefact, &at)?;
                    set_mode(&at, artefact.mode).map_err(FileError::new("set the mode of", &at))?;
                }
            }
        }
        // Modes of folders come last, since one that cannot be written to could not be filled.
        let folders: Vec<&Artefact> = self.of_kind(kind).filter(|artefact| artefact.form == Form::Folder).collect();
        for folder in folders.into_iter().rev() {
            let at = place(folder, &fresh);
            set_mode(&at, folder.mode).map_err(FileError::new("set the mode of", &at))?;
        }
        swap(&fresh, to)
    }

    /// Unpacks the archive of the sessions at `to`. A folder that is there already is kept aside.
    pub fn restore_sessions(&self, to: &Path) -> Result<Restored, BackupError> {
        let archive = self.only(Kind::Sessions)?.located(self.folder());
        if let Some(what) = self.fault(self.only(Kind::Sessions)?)? {
            return Err(BackupError::Spoilt { path: archive, what });
        }
        let stream = BackupError::stream("unpack", &archive);
        let fresh = fresh(to);
        remove(&fresh)?;
        files::create_private_folder(&fresh)?;
        let file = File::open(&archive).map_err(FileError::new("open", &archive))?;
        let mut unpacking = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
        unpacking.set_preserve_permissions(true);
        unpacking.unpack(&fresh).map_err(stream)?;
        let origin = Path::new(&self.only(Kind::Sessions)?.origin);
        let packed = fresh.join(origin.file_name().unwrap_or_default());
        let restored = swap(&packed, to)?;
        remove(&fresh)?;
        Ok(restored)
    }

    /// Copies an artefact to a path: beside it first, checked, synced, renamed, read back.
    fn put(&self, artefact: &Artefact, to: &Path) -> Result<(), BackupError> {
        let from = artefact.located(self.folder());
        let expected = match &artefact.form {
            Form::File { size_bytes, sha256 } => (*size_bytes, sha256.clone()),
            _ => return Err(BackupError::Spoilt { path: from, what: "it is not a file".to_owned() }),
        };
        let partial = fresh(to);
        remove(&partial)?;
        files::create_private_folder(files::parent(to))?;
        let mut source = File::open(&from).map_err(FileError::new("open", &from))?;
        let mut copy = create_private(&partial).map_err(FileError::new("create", &partial))?;
        io::copy(&mut source, &mut copy).map_err(FileError::new("write", &partial))?;
        copy.sync_all().map_err(FileError::new("sync", &partial))?;
        drop(copy);
        if files::sha256(&partial)? != expected {
            remove(&partial)?;
            return Err(BackupError::Spoilt { path: from, what: "its content was changed".to_owned() });
        }
        fs::rename(&partial, to).map_err(FileError::new("rename", &partial))?;
        files::sync_folder(files::parent(to))?;
        Ok(())
    }

    fn is_same_tree(
        &self,
        kind: Kind,
        at: &Path,
        place: &dyn Fn(&Artefact, &Path) -> PathBuf,
    ) -> Result<bool, BackupError> {
        if !at.is_dir() {
            return Ok(false);
        }
        let mut found = 1;
        trees::walk(at, &mut |_, _| {
            found += 1;
            Ok(())
        })?;
        for artefact in self.of_kind(kind) {
            found -= 1;
            if !is_same(artefact, &place(artefact, at))? {
                return Ok(false);
            }
        }
        Ok(found == 0)
    }
}

/// True when what is at `path` is what the artefact was copied from.
fn is_same(artefact: &Artefact, path: &Path) -> Result<bool, BackupError> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(false) };
    Ok(match &artefact.form {
        Form::Folder => metadata.is_dir(),
        Form::Link { target } => fs::read_link(path).is_ok_and(|found| found == Path::new(target)),
        Form::File { size_bytes, sha256 } => {
            metadata.is_file() && metadata.len() == *size_bytes && files::sha256(path)? == (*size_bytes, sha256.clone())
        }
    })
}

/// Where a path leads, also when nothing is there (any more).
fn real(path: &Path) -> PathBuf {
    let link = |path: &Path| fs::read_link(path).ok().map(|target| files::parent(path).join(target));
    fs::canonicalize(path).ok().or_else(|| link(path)).unwrap_or_else(|| path.to_owned())
}

/// Gives `fresh` the name `to`; what has it now is kept aside.
fn swap(fresh: &Path, to: &Path) -> Result<Restored, BackupError> {
    let mut kept_aside = Vec::new();
    if fs::symlink_metadata(to).is_ok() {
        let aside = aside(to);
        fs::rename(to, &aside).map_err(FileError::new("move aside", to))?;
        kept_aside.push(aside);
    }
    fs::rename(fresh, to).map_err(FileError::new("rename", fresh))?;
    files::sync_folder(files::parent(to))?;
    Ok(Restored { path: to.to_owned(), was_already_so: false, kept_aside })
}

/// A free name for what is replaced.
fn aside(path: &Path) -> PathBuf {
    let time = Timestamp::now();
    let later = |seconds: i64| Timestamp { unix_ms: time.unix_ms + seconds * 1000 }.compact();
    let mut seconds = 0;
    loop {
        let name = beside(path, &format!(".before_restore_{}", later(seconds)));
        if fs::symlink_metadata(&name).is_err() {
            return name;
        }
        seconds += 1;
    }
}

/// Where what comes to `path` is made.
fn fresh(path: &Path) -> PathBuf {
    beside(path, ".autobot-part")
}
