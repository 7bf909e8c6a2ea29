//! The report of a run as JSON and as one self-contained HTML page.
//!
//! Pure: data in, text out. The command line fills a [`Report`].

mod lang;
mod model;

pub use lang::{Bilingual, Lang, UnknownLang};
pub use model::{
    BackupFile, Check, CheckState, Difference, FORMAT, Finding, Level, PhaseReport, PhaseState, Place, Proof, Report,
    RollbackStep, Run, Sample, SchemaDifference, Section, ServerTrial, Severity, SkippedTable, Source, Step,
    TableReport, User,
};
