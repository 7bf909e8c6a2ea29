//! The report of a run, made from what the journal says: the same journal gives the same bytes.

mod compared;
mod convert;
mod copied;
mod failed;
mod parts;
mod sections;

use std::path::PathBuf;

use autobot_plan::{Journal, Phase, files};
use autobot_report::{Report, to_html, to_json};

use crate::{Context, Failure, Result};

pub use compared::{of_comparison, of_later_look};
pub use convert::{filtered, skipped, verified};
pub use copied::{Copied, of_copy};
pub use failed::lay_over;

/// Writes `report.json` and `report.html` as the journal stands, where they are not so already. Gives the page's path.
pub fn write(context: &Context) -> Result<PathBuf> {
    let state = Journal::read(&context.journal_path())?;
    write_pair(context, "report", &parts::of_migration(context, &state))
}

/// Writes the report of a phase that failed, and names it in the failure. That the report cannot be written is not told:
/// the failure itself is what has to be.
#[must_use]
pub fn of_failed_phase(context: &Context, phase: Phase, failure: Failure) -> Failure {
    let Ok(state) = Journal::read(&context.journal_path()) else { return failure };
    let mut report = parts::of_migration(context, &state);
    failed::phase_failed(&mut report, phase, &failure);
    match write_pair(context, "report", &report) {
        Ok(page) => failure.with_detail("report", page.with_extension("json")),
        Err(_) => failure,
    }
}

/// Writes a report as JSON and as a page under the reports folder, in the settings' language.
pub fn write_pair(context: &Context, name: &str, report: &Report) -> Result<PathBuf> {
    let folder = context.reports_dir();
    let page = folder.join(format!("{name}.html"));
    for (path, text) in
        [(folder.join(format!("{name}.json")), to_json(report)), (page.clone(), to_html(report, context.lang()))]
    {
        if std::fs::read(&path).is_ok_and(|known| known == text.as_bytes()) {
            continue;
        }
        files::create_private_folder(&folder)?;
        files::replace(&path, text.as_bytes(), 0o600)?;
    }
    Ok(page)
}
