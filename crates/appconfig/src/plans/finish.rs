use std::path::PathBuf;

use autobot_plan::{Plan, Standing};

use crate::facts::Facts;
use crate::{ArchiveBy, Change, Error, diff, disk, readme};

/// What phase 6 is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishOptions {
    /// Files to write: scripts, a fragment of `postgresql.conf`. Their paths belong into [`crate::Places::written`].
    pub files: Vec<GivenFile>,
    /// The README's section on PostgreSQL, without markers.
    pub readme_section: Option<String>,
    /// Whether and how the SQLite file is archived.
    pub archive: Option<ArchiveOptions>,
}

/// A file whose text is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// Where it comes to be.
    pub path: PathBuf,
    /// What it is, in words: `the backup script`.
    pub what: String,
    /// Its text.
    pub text: String,
    /// True for a script.
    pub executable: bool,
}

/// Archiving the SQLite file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveOptions {
    /// By moving or copying.
    pub how: ArchiveBy,
    /// The ending of its name in the archive, as `autobot_plan::Timestamp::compact` gives it. One already archived
    /// keeps the ending that it has.
    pub stamp: String,
}

/// Phase 6: the files given, the README's section, the SQLite file's archive.
pub fn finish(facts: &Facts, options: &FinishOptions) -> Result<Plan<Change>, Error> {
    let mut plan = Plan::new("finish.files");
    for given in &options.files {
        let file = facts.places.named(&given.path);
        let is_so = facts.written.get(&file.path) == Some(&disk::hash(given.text.as_bytes()));
        let (what, text, executable) = (given.what.clone(), given.text.clone(), given.executable);
        plan.push(Change::WriteFile { file, what, text, executable }, standing(is_so));
    }
    if let Some(section) = &options.readme_section {
        section_step(facts, section, &mut plan)?;
    }
    if let Some(archive) = &options.archive {
        archive_step(facts, archive, &mut plan);
    }
    Ok(plan)
}

fn section_step(facts: &Facts, section: &str, plan: &mut Plan<Change>) -> Result<(), Error> {
    let file = facts.places.named(&facts.places.readme);
    let before = facts.readme.as_deref().unwrap_or_default();
    let after = readme::with_section(before, section).ok_or_else(|| Error::Markers { path: file.path.clone() })?;
    let diff = diff::lines(&file.shown, before, &after);
    plan.push(Change::WriteSection { file, section: section.to_owned(), diff }, standing(before == after));
    Ok(())
}

fn archive_step(facts: &Facts, options: &ArchiveOptions, plan: &mut Plan<Change>) {
    let database = &facts.database;
    let name = database.file.path.file_name().unwrap_or_default().to_string_lossy();
    let known = match (options.how, database.size) {
        (ArchiveBy::Copy, Some(_)) => database.archived.iter().find(|one| one.is_present_content),
        (ArchiveBy::Move, Some(_)) => None,
        (_, None) => database.archived.last(),
    };
    if database.size.is_none() && known.is_none() {
        return plan.note(format!("there is no {}: nothing to archive", database.file));
    }
    let left_behind = options.how == ArchiveBy::Move && database.has_companions;
    let now = match known {
        Some(_) if left_behind => Standing::PartDone,
        Some(_) => Standing::AlreadySo,
        None => Standing::ToDo,
    };
    let fresh = database.archive.join(&format!("{name}.{}", options.stamp));
    let to = known.map_or(fresh, |one| one.file.clone());
    plan.push(Change::ArchiveDatabase { from: database.file.clone(), to, how: options.how }, now);
}

fn standing(is_so: bool) -> Standing {
    if is_so { Standing::AlreadySo } else { Standing::ToDo }
}
