use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use autobot_plan::{Plan, Standing, Timestamp};

use crate::run_folder::RunFolder;
use crate::{BackupError, Change, Facts, ForeignKeys, Holder, Kind, Options, Refusal, Refusals, TableExport};

/// Name of the plan in the journal.
pub const SECTION: &str = "prepare.backup";

/// Decides what a backup takes: nothing when this state of the source has a complete one, the rest of a run that was
/// cut off, or a new one. Pure. An error names every reason against it.
pub fn plan(facts: &Facts, options: &Options) -> Result<Plan<Change>, BackupError> {
    let mut plan = Plan::new(SECTION);
    let done = facts.previous.as_ref().filter(|previous| {
        let wanted: BTreeSet<String> = exports(facts, options).map(|export| export.file.clone()).collect();
        wanted.is_subset(&previous.files)
    });
    let reasons = refusals(facts, options, done.is_some());
    if !reasons.is_empty() {
        return Err(Refusals { reasons }.into());
    }
    for note in notes(facts, options) {
        plan.note(note);
    }
    for leftover in facts.cut_off.iter().filter(|run| !run.goes_on || done.is_some()) {
        plan.push(Change::ClearLeftover { folder: leftover.folder.clone() }, Standing::ToDo);
    }
    if let Some(previous) = done {
        plan.note(format!("the database is as it was when {} was made", previous.folder.display()));
        let started = RunFolder::new(&previous.folder).name();
        push_all(&mut plan, facts, options, &previous.folder, &started, Standing::AlreadySo);
        return Ok(plan);
    }
    if let Some(run) = facts.cut_off.iter().find(|run| run.goes_on) {
        let name = RunFolder::new(&run.folder).name();
        push_all(&mut plan, facts, options, &run.folder, &name, Standing::PartDone);
    } else {
        let name = free_name(facts.looked_at, &facts.taken);
        push_all(&mut plan, facts, options, &facts.root.join(&name), &name, Standing::ToDo);
    }
    Ok(plan)
}

/// Every change of a run, in order.
fn push_all(plan: &mut Plan<Change>, facts: &Facts, options: &Options, at: &Path, time: &str, standing: Standing) {
    let folder = || at.to_owned();
    let source = || facts.state.clone();
    let database = file_name(&facts.paths.database);
    plan.push(Change::Begin { folder: folder(), started: facts.looked_at, source: source() }, standing);
    let name = format!("{database}.backup_{time}");
    plan.push(Change::CopyDatabase { folder: folder(), source: source(), name }, standing);
    let present = |kind: Kind, path: &Option<PathBuf>| path.clone().filter(|_| facts.present.contains(&kind));
    if let Some(origin) = present(Kind::Environment, &facts.paths.env) {
        let name = format!("{}.backup", file_name(&origin));
        plan.push(Change::CopyFile { folder: folder(), kind: Kind::Environment, origin, name }, standing);
    }
    if let Some(origin) = present(Kind::Schema, &facts.paths.schema) {
        let (folder, kind, name) = (folder(), Kind::Schema, file_name(&origin));
        let change = if facts.schema_is_folder {
            Change::CopyTree { folder, kind, origin, name: "schema".to_owned() }
        } else {
            Change::CopyFile { folder, kind, origin, name }
        };
        plan.push(change, standing);
    }
    if let Some(origin) = present(Kind::Migrations, &facts.paths.migrations) {
        let name = "migrations".to_owned();
        plan.push(Change::CopyTree { folder: folder(), kind: Kind::Migrations, origin, name }, standing);
    }
    if let Some(origin) = present(Kind::Sessions, &facts.paths.sessions) {
        let (name, changes) = (format!("sessions_backup_{time}.tar.gz"), options.session_changes);
        plan.push(Change::ArchiveSessions { folder: folder(), origin, name, changes }, standing);
    }
    plan.push(Change::Dump { folder: folder(), name: format!("sqlite_dump_{time}.sql") }, standing);
    plan.push(Change::CountRows { folder: folder() }, standing);
    for export in exports(facts, options) {
        plan.push(Change::Export { folder: folder(), export: export.clone() }, standing);
    }
    plan.push(Change::Seal { folder: folder() }, standing);
}

/// The exports whose table and columns the source has.
fn exports<'a>(facts: &'a Facts, options: &'a Options) -> impl Iterator<Item = &'a TableExport> {
    options.exports.iter().filter(|export| has_columns(facts, export))
}

fn has_columns(facts: &Facts, export: &TableExport) -> bool {
    let known = facts.columns.iter().find(|(table, _)| *table == export.table);
    known.is_some_and(|(_, columns)| export.columns.iter().all(|column| columns.contains(column)))
}

fn refusals(facts: &Facts, options: &Options, already_there: bool) -> Vec<Refusal> {
    let mut reasons = Vec::new();
    if !facts.soundness.damage.is_empty() {
        reasons.push(Refusal::Damaged { lines: facts.soundness.damage.clone() });
    }
    if options.refuse_orphans && has_orphans(facts) {
        reasons.push(Refusal::Orphans(facts.soundness.foreign_keys.clone()));
    }
    if options.refuse_running_writer
        && let Some(who) = writers(&facts.holders)
    {
        reasons.push(Refusal::Writer { who });
    }
    if !already_there && facts.space.free_bytes < facts.space.needed_bytes {
        reasons.push(Refusal::Space(facts.space));
    }
    reasons
}

fn notes(facts: &Facts, options: &Options) -> Vec<String> {
    let mut notes = Vec::new();
    if has_orphans(facts) {
        notes.push(facts.soundness.foreign_keys.to_string());
    }
    notes.extend(facts.soundness.content.iter().map(|line| format!("integrity_check says: {line}")));
    if let Some(who) = writers(&facts.holders) {
        notes.push(format!(
            "the database is open for writing in {who}: the copy will be consistent, but what is written after it is not in it"
        ));
    }
    if facts.state.wal_bytes > 0 {
        notes.push(format!("{} bytes of the `-wal` are part of the copy", facts.state.wal_bytes));
    }
    let named = [
        (Kind::Environment, &facts.paths.env),
        (Kind::Schema, &facts.paths.schema),
        (Kind::Migrations, &facts.paths.migrations),
        (Kind::Sessions, &facts.paths.sessions),
    ];
    for (kind, path) in named {
        if let (Some(path), false) = (path, facts.present.contains(&kind)) {
            notes.push(format!("there is no {kind} at {}", path.display()));
        }
    }
    let left_out = options.exports.iter().filter(|export| !has_columns(facts, export));
    notes.extend(left_out.map(|export| {
        format!(
            "{} is left out: the source has no table {} with {}",
            export.file,
            export.table,
            export.columns.join(", ")
        )
    }));
    notes
}

fn has_orphans(facts: &Facts) -> bool {
    !matches!(facts.soundness.foreign_keys, ForeignKeys::Checked { orphans: 0, .. })
}

/// Those who can write, in words; none when nobody can.
fn writers(holders: &[Holder]) -> Option<String> {
    let name = |holder: &Holder| match holder.pid {
        Some(pid) => format!("{} (pid {pid})", holder.program),
        None => holder.program.clone(),
    };
    let writers: Vec<String> = holders.iter().filter(|holder| holder.writes).map(name).collect();
    (!writers.is_empty()).then(|| writers.join(", "))
}

/// The time as a name, moved on by seconds until no backup has it.
fn free_name(time: Timestamp, taken: &BTreeSet<String>) -> String {
    let later = |seconds: i64| Timestamp { unix_ms: time.unix_ms + seconds * 1000 }.compact();
    // One more candidate than there are names: one of them must be free.
    let candidates = (0..).take(taken.len() + 1).map(later);
    candidates.into_iter().find(|name| !taken.contains(name)).unwrap_or_else(|| later(0))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(OsStr::to_string_lossy).unwrap_or_default().into_owned()
}

#[cfg(test)]
mod tests;
