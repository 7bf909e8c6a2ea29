//! The report of a run as JSON and as one self-contained HTML page.
//!
//! Pure: data in, text out. The command line fills a [`Report`]; [`to_json`] and [`to_html`] write it; [`from_json`]
//! reads it back. [`checklists`] and [`criteria`] hold the data against the plan of record and never claim more than
//! the data shows. The JSON format is described in `FORMAT.md`.

mod json;
mod lang;
mod markup;
mod model;
mod numbers;
mod page;
mod plan;
mod plot;
mod texts;

pub use json::{ReadError, from_json, to_json};
pub use lang::{Bilingual, Lang, UnknownLang, Words};
pub use model::{
    Access, BackupFile, Check, CheckState, Difference, FORMAT, Finding, Level, PhaseReport, PhaseState, Place, Proof,
    Report, RollbackStep, Run, Sample, SchemaDifference, Section, ServerTrial, Severity, Since, SkippedTable, Source,
    Standing, Step, TableReport, User, Written,
};
pub use page::to_html;
pub use plan::{
    Checklist, ChecklistLine, Criterion, CriterionState, LineState, Verdict, checklists, criteria, verdict,
};
pub use texts::functional_in;
