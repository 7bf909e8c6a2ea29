//! What a report holds. Times are UTC in ISO 8601 (`2025-11-24T20:15:00Z`), sizes bytes, digests lowercase hexadecimal.

mod proof;
mod run;
mod tables;
mod work;

pub use proof::{Access, Check, CheckState, Difference, Level, Proof, SchemaDifference, ServerTrial, User, Written};
pub use run::{PhaseReport, PhaseState, Run, Source};
pub use tables::{Finding, Place, Severity, Since, SkippedTable, Standing, TableReport};
pub use work::{BackupFile, RollbackStep, Sample, Section, Step};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the JSON format that this crate writes and reads.
pub const FORMAT: u32 = 1;

/// A run: what was moved, how long it took, what was proved, how to go back.
///
/// Every part may be empty: a phase that has not run leaves its part so, and the report then claims nothing of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Version of the format, [`FORMAT`].
    pub format: u32,
    /// What ran, on what, when.
    pub run: Run,
    /// The plan's six phases, as far as known. Empty when no plan of record is at work (`autobot copy`): the page then
    /// has no checklists and no success criteria.
    pub phases: Vec<PhaseReport>,
    /// Every table that was moved.
    pub tables: Vec<TableReport>,
    /// Tables that were left out, each with the reason.
    pub skipped: Vec<SkippedTable>,
    /// What is not plain about the database.
    pub findings: Vec<Finding>,
    /// Further lines that the operator must see.
    pub warnings: Vec<String>,
    /// Where the time went, in the order of the work.
    pub sections: Vec<Section>,
    /// How loading the rows went on, in order of time.
    pub throughput: Vec<Sample>,
    /// The comparison of both sides; none before it was made.
    pub proof: Option<Proof>,
    /// What the application's login can do; none where it was not tried.
    pub access: Option<Access>,
    /// The server's trial; none where no server was started.
    pub server: Option<ServerTrial>,
    /// The functional checklist (plan section 5.3).
    pub functional: Vec<Check>,
    /// The users that are in the target, without their hashes.
    pub users: Vec<User>,
    /// What the backup of phase 1 consists of.
    pub backups: Vec<BackupFile>,
    /// What was carried out beside moving rows, each with its evidence in a few words (a path, a name, a version).
    pub steps: BTreeMap<Step, String>,
    /// How to go back, in order.
    pub rollback: Vec<RollbackStep>,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            format: FORMAT,
            run: Run::default(),
            phases: Vec::new(),
            tables: Vec::new(),
            skipped: Vec::new(),
            findings: Vec::new(),
            warnings: Vec::new(),
            sections: Vec::new(),
            throughput: Vec::new(),
            proof: None,
            access: None,
            server: None,
            functional: Vec::new(),
            users: Vec::new(),
            backups: Vec::new(),
            steps: BTreeMap::new(),
            rollback: Vec::new(),
        }
    }
}

impl Report {
    /// Rows that are in the target, of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.since.map_or(table.rows_target, |since| since.rows_now)).sum()
    }

    /// Rows that were set aside, of all tables.
    pub fn rows_set_aside(&self) -> u64 {
        self.tables.iter().map(|table| table.rows_quarantined).sum()
    }

    /// Values that rules changed on the way, of all tables.
    pub fn values_changed(&self) -> u64 {
        self.tables.iter().flat_map(|table| table.changed.values()).sum()
    }

    /// Rows of the source that rules left behind, of all tables.
    pub fn rows_left_out(&self) -> u64 {
        self.tables.iter().map(|table| table.rows_left_out).sum()
    }

    /// The table that came from `source`.
    pub fn table(&self, source: &str) -> Option<&TableReport> {
        self.tables.iter().find(|table| table.source == source)
    }

    /// Tables that were left out with data of the owner's in them.
    pub fn tables_left_out(&self) -> u64 {
        let with_data = self.skipped.iter().filter(|table| !table.bookkeeping).count();
        u64::try_from(with_data).unwrap_or(u64::MAX)
    }

    /// True when it is about what became of an earlier report's tables.
    pub fn is_later_look(&self) -> bool {
        self.tables.iter().any(|table| table.since.is_some())
    }

    /// True when the source was refused: something of it does not go over, and nothing was copied.
    pub fn is_refused(&self) -> bool {
        self.proof.is_none() && self.findings.iter().any(|finding| finding.severity == Severity::Problem)
    }

    /// A phase by its number, 1 to 6.
    pub fn phase(&self, number: u8) -> Option<&PhaseReport> {
        self.phases.iter().find(|phase| phase.number == number)
    }

    /// True when the phase of this number is done.
    pub fn is_done(&self, number: u8) -> bool {
        self.phase(number).is_some_and(|phase| phase.state == PhaseState::Done)
    }
}
