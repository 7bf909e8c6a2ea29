use std::fs;
use std::path::{Path, PathBuf};

use autobot_db::Source;
use autobot_plan::{Executor, Outcome, Scope, Standing};

use crate::blocking::blocking;
use crate::run_folder::{Done, RunFolder};
use crate::{Artefact, BackupError, Change, Kind, SourceState, counts, database, dump, export, sessions, trees};

/// Carries out the changes of phase 1. Holds nothing: all that it needs is in the changes and on disk.
#[derive(Debug, Clone, Copy)]
pub struct BackupExecutor;

/// What a change made.
struct Made {
    artefacts: Vec<Artefact>,
    notes: Vec<String>,
    /// Set by the change that knows which state of the source was copied.
    source: Option<SourceState>,
}

impl Executor<Change> for BackupExecutor {
    type Error = BackupError;

    async fn probe(&mut self, change: &Change) -> Result<Standing, BackupError> {
        let run = RunFolder::new(change.folder());
        match change {
            Change::ClearLeftover { .. } => Ok(if run.part().exists() { Standing::ToDo } else { Standing::AlreadySo }),
            Change::Begin { .. } => {
                let begun = run.is_sealed()? || run.begun()?.is_some() || is_nearly_sealed(&run)?;
                Ok(if begun { Standing::AlreadySo } else { Standing::ToDo })
            }
            Change::Seal { .. } if run.is_sealed()? => Ok(Standing::AlreadySo),
            Change::Seal { .. } => Ok(if is_nearly_sealed(&run)? { Standing::PartDone } else { Standing::ToDo }),
            other if run.is_done(&other.own_id())? => Ok(Standing::AlreadySo),
            _ => Ok(Standing::ToDo),
        }
    }

    async fn apply(&mut self, change: &Change, scope: &Scope<'_>) -> Result<Outcome, BackupError> {
        blocking(|| apply(change, scope))
    }

    async fn undo(&mut self, change: &Change, _: &Outcome) -> Result<(), BackupError> {
        let run = RunFolder::new(change.folder());
        blocking(|| match change {
            Change::ClearLeftover { .. } => Ok(()),
            Change::Begin { .. } => run.remove(),
            Change::Seal { .. } => run.unseal(),
            other => run.forget(&other.own_id()),
        })
    }
}

fn is_nearly_sealed(run: &RunFolder) -> Result<bool, BackupError> {
    Ok(crate::Manifest::read(&run.part())?.is_some())
}

fn apply(change: &Change, scope: &Scope<'_>) -> Result<Outcome, BackupError> {
    let run = RunFolder::new(change.folder());
    match change {
        Change::ClearLeftover { .. } => {
            RunFolder::new(change.folder()).remove()?;
            Ok(Outcome::line("removed what the cut-off run left"))
        }
        Change::Begin { started, source, .. } => {
            run.begin(*started, source)?;
            Ok(Outcome::line(format!("made {}", run.part().display())))
        }
        Change::Seal { .. } => seal(&run),
        other => {
            let made = make(other, &run, scope)?;
            made.notes.iter().for_each(|note| say(note, other, scope));
            let outcome = outcome(&made);
            let Made { artefacts, notes, source } = made;
            run.note_done(Done { id: other.own_id(), artefacts, notes }, source)?;
            Ok(outcome)
        }
    }
}

/// Makes the artefacts of a change in the folder of a run under way.
fn make(change: &Change, run: &RunFolder, scope: &Scope<'_>) -> Result<Made, BackupError> {
    let folder = run.part();
    let one = |(artefact, notes): (Artefact, Vec<String>)| Made { artefacts: vec![artefact], notes, source: None };
    match change {
        Change::CopyDatabase { source, name, .. } => {
            let copied = database::copy(&source.path, &folder, name, source, scope)?;
            Ok(Made { artefacts: vec![copied.artefact], notes: copied.notes, source: Some(copied.state) })
        }
        Change::CopyFile { kind, origin, name, .. } => {
            Ok(one((trees::copy_file(origin, &folder, name, *kind)?, Vec::new())))
        }
        Change::CopyTree { kind, origin, name, .. } => {
            let artefacts = trees::copy_tree(origin, &folder, name, *kind, &|path| is_wanted(*kind, path))?;
            Ok(Made { artefacts, notes: Vec::new(), source: None })
        }
        Change::ArchiveSessions { origin, name, changes, .. } => {
            sessions::archive(origin, &folder, name, *changes, scope).map(one)
        }
        Change::Dump { name, .. } => dump::dump(&copy_of(run)?, &folder, name, scope).map(one),
        Change::CountRows { .. } => count_rows(run, &folder).map(one),
        Change::Export { export, .. } => Ok(one((export::export(&copy_of(run)?, &folder, export)?, Vec::new()))),
        Change::ClearLeftover { .. } | Change::Begin { .. } | Change::Seal { .. } => {
            Ok(Made { artefacts: Vec::new(), notes: Vec::new(), source: None })
        }
    }
}

fn count_rows(run: &RunFolder, folder: &Path) -> Result<(Artefact, Vec<String>), BackupError> {
    const NAME: &str = "row_counts.json";
    let copy = copy_of(run)?;
    let connection = Source::open(&copy)?.connect()?;
    let tables = counts::read(&connection).map_err(BackupError::sqlite("count the rows of", &copy))?;
    let path = folder.join(NAME);
    counts::write(&path, &tables)?;
    let hash = autobot_plan::files::sha256(&path)?;
    let total: u64 = tables.iter().filter_map(|table| table.rows).sum();
    let note = format!("{total} rows in {} tables", tables.len());
    Ok((Artefact::derived(NAME, Kind::RowCounts, hash, &copy), vec![note]))
}

fn seal(run: &RunFolder) -> Result<Outcome, BackupError> {
    let manifest = run.seal()?;
    let bytes: u64 = manifest.artefacts.iter().map(Artefact::size_bytes).sum();
    let summary = format!("{} artefacts, {bytes} bytes in {}", manifest.artefacts.len(), run.sealed().display());
    let facts = serde_json::json!({ "folder": run.sealed(), "notes": manifest.notes });
    Ok(Outcome::with_facts(summary, facts))
}

/// The copy of the database in a run under way.
fn copy_of(run: &RunFolder) -> Result<PathBuf, BackupError> {
    let begun = run.begun()?;
    let artefacts = begun.iter().flat_map(|begun| begun.done.iter()).flat_map(|done| &done.artefacts);
    let copy = { artefacts }.find(|artefact| artefact.kind == Kind::Database);
    let located = copy.map(|copy| copy.located(&run.part())).filter(|path| fs::metadata(path).is_ok());
    located.ok_or_else(|| BackupError::NoCopy { folder: run.part() })
}

/// Of a schema folder, which may also hold the database and the migrations, only the schema.
fn is_wanted(kind: Kind, path: &Path) -> bool {
    kind != Kind::Schema || path.extension().is_some_and(|extension| extension == "prisma")
}

fn outcome(made: &Made) -> Outcome {
    let bytes: u64 = made.artefacts.iter().map(Artefact::size_bytes).sum();
    let names: Vec<&str> = made.artefacts.iter().map(|artefact| artefact.path.as_str()).collect();
    let summary = match names.as_slice() {
        [name] => format!("{name}, {bytes} bytes, read back"),
        names => format!("{} files and folders, {bytes} bytes, read back", names.len()),
    };
    Outcome::with_facts(summary, serde_json::json!({ "artefacts": made.artefacts, "notes": made.notes }))
}

/// What files did while they were archived is a warning, all else a note.
fn say(note: &str, change: &Change, scope: &Scope<'_>) {
    match change {
        Change::ArchiveSessions { .. } | Change::Dump { .. } => scope.warn(note),
        _ => scope.note(note),
    }
}
