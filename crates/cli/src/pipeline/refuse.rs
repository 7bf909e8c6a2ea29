use std::io::Write;
use std::path::PathBuf;

use autobot_catalog::{Finding, Severity};
use autobot_plan::files::{self, FileError};
use serde_json::json;

use super::Looked;
use crate::render::{findings_json, findings_text};
use crate::{Context, Exit, Failure, Result};

/// How many problems the screen shows; the file has all of them.
const SHOWN_MAX: usize = 20;

/// Where the whole list of problems goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Into a file of the reports folder.
    File,
    /// Nowhere: a dry run writes nothing.
    None,
}

/// Refuses what stands against the migration: the first on the screen, all of them, with every bad row, in a file.
pub fn refuse_problems(context: &Context, looked: &Looked, listing: Listing) -> Result<()> {
    if looked.is_clear() {
        return Ok(());
    }
    let findings = &looked.migration.findings;
    let problems: Vec<&Finding> = findings.iter().filter(|finding| finding.severity == Severity::Problem).collect();
    let file = if listing == Listing::File { Some(write_all(context, looked, &problems)?) } else { None };
    let shown: Vec<Finding> = problems.iter().take(SHOWN_MAX).map(|finding| (*finding).clone()).collect();
    context.output.insist(findings_text(&shown, Severity::Problem));
    let (warnings, listed) = findings_json(findings);
    let failure = Failure::line(
        Exit::Source,
        format!(
            "`{}` cannot be migrated as it is: {} in {}",
            looked.path().display(),
            counted(problems.len() as u64, "kind of problem", "kinds of problem"),
            counted(problems.iter().map(|finding| finding.count).sum(), "place", "places")
        ),
        format!(
            "mend the data, or allow it by a rule: `autobot assess --source {} --write-rules rules.toml` proposes rules",
            looked.path().display()
        ),
    );
    Err(failure
        .with_state(match &file {
            Some(file) => format!("nothing was touched; every bad row is listed in {}", file.display()),
            None => "nothing was touched; without --dry-run every bad row is listed in a file".to_owned(),
        })
        .with_details(json!({ "warnings": warnings, "problems": listed, "tables": [], "bad_rows": file })))
}

/// A number with its noun.
fn counted(number: u64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

/// Writes the problems and every bad row, one JSON object a line.
fn write_all(context: &Context, looked: &Looked, problems: &[&Finding]) -> Result<PathBuf> {
    let folder = context.reports_dir();
    files::create_private_folder(&folder)?;
    let stem = looked.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let path = folder.join(format!("problems-{stem}.jsonl"));
    let mut text = Vec::new();
    for problem in problems {
        // A finding is plain data: it always has a JSON form.
        let _ = serde_json::to_writer(&mut text, problem);
        text.push(b'\n');
    }
    let mut file = std::fs::File::create(&path).map_err(FileError::new("create", &path))?;
    file.write_all(&text).map_err(FileError::new("write", &path))?;
    super::assess::locate_all(looked, &mut file)?;
    Ok(path)
}
