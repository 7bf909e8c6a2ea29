use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{self, FileError};
use crate::{Change, Entry, FORMAT, Outcome, Phase, Record, Timestamp};

/// What a migration is about, field by field (source, target without password, options that matter).
///
/// A journal is believed only by a run with the same fingerprint.
pub type Fingerprint = BTreeMap<String, String>;

/// The append-only account of what happened: one JSON record a line, synced before and after each change.
///
/// The file is made with the first record, so that a run that changes nothing writes nothing.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Option<File>,
    fingerprint: Fingerprint,
    state: State,
}

/// A journal that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Reading or writing failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// A line before the last is not a record.
    #[error("line {line} of the journal `{}` cannot be read", path.display())]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// Written by a newer program.
    #[error("the journal `{}` has format {found}, this program reads up to {FORMAT}", path.display())]
    Format {
        /// The journal.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// The journal belongs to another migration.
    #[error("the journal `{}` is about another migration: {field} was `{recorded}`, now `{present}`", path.display())]
    Fingerprint {
        /// The journal.
        path: PathBuf,
        /// The first field that differs.
        field: String,
        /// Its recorded value.
        recorded: String,
        /// Its present value.
        present: String,
    },
}

impl JournalError {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::File(_) => None,
            Self::Damaged { path, .. } => Some(format!(
                "keep a copy of `{}`, then remove the damaged line or start with another --work-dir",
                path.display()
            )),
            Self::Format { .. } => Some("use the newer autobot that wrote it".to_owned()),
            Self::Fingerprint { field, .. } => Some(format!(
                "give the same {field} as before to go on, `autobot rollback sqlite` to go back, or another --work-dir to start anew"
            )),
        }
    }
}

/// The journal folded: what is done, begun, or taken back.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What the journal is about; empty when there is none yet.
    pub fingerprint: Fingerprint,
    /// Phases done, with their results.
    pub phases: BTreeMap<Phase, PhaseRecord>,
    /// Changes that are in effect (or were begun), in the order in which they began.
    pub changes: Vec<ChangeRecord>,
    /// Set when the last thing that happened was a rollback.
    pub rolled_back: Option<String>,
    /// When the first record was written.
    pub opened: Option<Timestamp>,
    /// The phase entered last.
    pub entered: Option<Phase>,
}

/// A phase that is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhaseRecord {
    /// When it was done.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What it found.
    pub result: serde_json::Value,
}

/// A change that was begun.
#[derive(Debug, Clone)]
pub struct ChangeRecord {
    /// The plan's section.
    pub section: String,
    /// The change's id.
    pub id: String,
    /// The change as it was written.
    pub change: serde_json::Value,
    /// What it came to; none when it was cut off or failed.
    pub outcome: Option<Outcome>,
    /// When it began.
    pub began: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The error of the last try, when it failed.
    pub failed: Option<String>,
}

impl Journal {
    /// Reads the journal at `path`, or prepares to make one; compares the fingerprint field by field.
    ///
    /// A torn last line (the cable was pulled while it was written) is dropped: its change is probed again.
    pub fn open(path: &Path, fingerprint: &Fingerprint) -> Result<Self, JournalError> {
        Self::open_with(path, fingerprint, &[])
    }

    /// The same, where the fields of `may_change` may differ: the next record is preceded by the new fingerprint.
    pub fn open_with(path: &Path, fingerprint: &Fingerprint, may_change: &[&str]) -> Result<Self, JournalError> {
        let state = Self::read(path)?;
        let same = |field: &String| {
            may_change.contains(&field.as_str()) || state.fingerprint.get(field) == fingerprint.get(field)
        };
        let fields = state.fingerprint.keys().chain(fingerprint.keys());
        if let (true, Some(field)) = (state.opened.is_some(), { fields }.find(|field| !same(field))) {
            let value = |of: &Fingerprint| of.get(field).cloned().unwrap_or_default();
            return Err(JournalError::Fingerprint {
                path: path.to_owned(),
                field: field.clone(),
                recorded: value(&state.fingerprint),
                present: value(fingerprint),
            });
        }
        Ok(Self { path: path.to_owned(), file: None, fingerprint: fingerprint.clone(), state })
    }

    /// Folds the journal at `path` without opening it for writing; an absent one is an empty state.
    pub fn read(path: &Path) -> Result<State, JournalError> {
        let mut text = Vec::new();
        match File::open(path) {
            Ok(mut file) => file.read_to_end(&mut text).map_err(FileError::new("read", path))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => return Err(FileError::new("open", path)(error).into()),
        };
        let mut state = State::default();
        for (index, line) in text[..whole(&text)].split(|byte| *byte == b'\n').enumerate() {
            if line.is_empty() {
                continue;
            }
            let damaged = |source| JournalError::Damaged { path: path.to_owned(), line: index + 1, source };
            let version: Version = serde_json::from_slice(line).map_err(damaged)?;
            if version.v > FORMAT {
                return Err(JournalError::Format { path: path.to_owned(), found: version.v });
            }
            state.fold(serde_json::from_slice(line).map_err(damaged)?);
        }
        Ok(state)
    }

    /// What the records say.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Where the journal is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes one record, synced, and folds it.
    pub fn write(&mut self, entry: Entry) -> Result<(), JournalError> {
        if self.state.opened.is_none() || self.state.fingerprint != self.fingerprint {
            self.append(Entry::Opened { fingerprint: self.fingerprint.clone() })?;
        }
        self.append(entry)
    }

    /// Writes that a change is about to be applied.
    pub fn began<C: Change>(&mut self, section: &str, change: &C) -> Result<(), JournalError> {
        let value = serde_json::to_value(change).unwrap_or_default();
        self.write(Entry::Began { section: section.to_owned(), id: change.id(), change: value })
    }

    fn append(&mut self, entry: Entry) -> Result<(), JournalError> {
        let record = Record { v: FORMAT, at: Timestamp::now(), entry };
        let mut line = serde_json::to_vec(&record).unwrap_or_default();
        line.push(b'\n');
        if self.file.is_none() {
            self.file = Some(open_at_end(&self.path)?);
        }
        let Some(file) = self.file.as_mut() else { return Ok(()) };
        file.write_all(&line).map_err(FileError::new("write", &self.path))?;
        file.sync_data().map_err(FileError::new("sync", &self.path))?;
        self.state.fold(record);
        Ok(())
    }
}

impl State {
    /// True when the phase is done and was not rolled back since.
    pub fn is_done(&self, phase: Phase) -> bool {
        self.phases.contains_key(&phase)
    }

    /// The first phase that is not done, none when all are.
    pub fn next_phase(&self) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| !self.is_done(*phase))
    }

    /// The record of a change.
    pub fn change(&self, section: &str, id: &str) -> Option<&ChangeRecord> {
        self.changes.iter().find(|change| change.section == section && change.id == id)
    }

    fn change_mut(&mut self, section: &str, id: &str) -> Option<&mut ChangeRecord> {
        self.changes.iter_mut().find(|change| change.section == section && change.id == id)
    }

    fn fold(&mut self, record: Record) {
        match record.entry {
            Entry::Opened { fingerprint } => {
                self.opened.get_or_insert(record.at);
                self.fingerprint = fingerprint;
            }
            Entry::PhaseBegan { phase } => {
                self.entered = Some(phase);
                self.rolled_back = None;
            }
            Entry::Began { section, id, change } => {
                self.changes.retain(|known| !(known.section == section && known.id == id));
                let (began, took_ms) = (record.at, 0);
                self.changes.push(ChangeRecord { section, id, change, outcome: None, began, took_ms, failed: None });
            }
            Entry::Ended { section, id, outcome, took_ms } => {
                if let Some(change) = self.change_mut(&section, &id) {
                    change.outcome = Some(outcome);
                    change.took_ms = took_ms;
                }
            }
            Entry::Failed { section, id, error } => {
                if let Some(change) = self.change_mut(&section, &id) {
                    change.failed = Some(error);
                }
            }
            Entry::Undone { section, id } => {
                self.changes.retain(|known| !(known.section == section && known.id == id));
            }
            Entry::PhaseDone { phase, took_ms, result } => {
                self.phases.insert(phase, PhaseRecord { at: record.at, took_ms, result });
            }
            Entry::RolledBack { option } => {
                self.phases.clear();
                self.changes.clear();
                self.entered = None;
                self.rolled_back = Some(option);
            }
        }
    }
}

#[derive(Deserialize)]
struct Version {
    v: u32,
}

/// Length of the whole lines at the start of `text`.
fn whole(text: &[u8]) -> usize {
    text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
}

/// Opens for appending; cuts a torn last line off, so that the next record starts on a line of its own.
fn open_at_end(path: &Path) -> Result<File, JournalError> {
    files::create_private_folder(files::parent(path))?;
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(FileError::new("open", path))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text).map_err(FileError::new("read", path))?;
    let end = whole(&text) as u64;
    file.set_len(end).map_err(FileError::new("cut the torn last line of", path))?;
    file.seek(SeekFrom::Start(end)).map_err(FileError::new("seek in", path))?;
    files::sync_folder(files::parent(path))?;
    Ok(file)
}

#[cfg(test)]
mod tests;
