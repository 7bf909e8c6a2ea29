//! The report of a run, made from what the journal says: the same journal gives the same bytes.

mod convert;
mod copied;
mod parts;

use std::path::PathBuf;

use autobot_plan::{Journal, files};
use autobot_report::{Lang as ReportLang, Report, to_html, to_json};

use crate::args::Lang;
use crate::{Context, Result};

pub use convert::verified;
pub use copied::of_copy;

/// Writes `report.json` and `report.html` as the journal stands, where they are not so already. Gives the page's path.
pub fn write(context: &Context) -> Result<PathBuf> {
    let state = Journal::read(&context.journal_path())?;
    write_pair(context, "report", &parts::of_migration(context, &state))
}

/// Writes a report as JSON and as a page under the reports folder, in the settings' language.
pub fn write_pair(context: &Context, name: &str, report: &Report) -> Result<PathBuf> {
    let folder = context.reports_dir();
    let page = folder.join(format!("{name}.html"));
    let lang = if context.settings.lang == Lang::Es { ReportLang::Es } else { ReportLang::En };
    for (path, text) in [(folder.join(format!("{name}.json")), to_json(report)), (page.clone(), to_html(report, lang))]
    {
        if std::fs::read(&path).is_ok_and(|known| known == text.as_bytes()) {
            continue;
        }
        files::create_private_folder(&folder)?;
        files::replace(&path, text.as_bytes(), 0o600)?;
    }
    Ok(page)
}
