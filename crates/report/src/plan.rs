//! The run held against the plan of record: verdict, checklists, criteria. Nothing here claims what is not in the data.

mod checklists;
mod criteria;
mod ground;
mod verdict;

use serde::{Deserialize, Serialize};

pub use checklists::checklists;
pub use criteria::criteria;
pub use verdict::{Verdict, verdict};

use crate::Bilingual;

/// One of the plan's checklists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The plan's heading.
    pub title: Bilingual,
    /// Its lines, in the plan's order.
    pub lines: Vec<ChecklistLine>,
}

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistLine {
    /// The plan's line.
    pub text: Bilingual,
    /// Whether it is done.
    pub state: LineState,
    /// What shows it.
    pub evidence: Vec<Bilingual>,
}

/// Whether a line of a checklist is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Done, and the evidence shows it.
    Done,
    /// Its phase has not run.
    NotYet,
    /// Left to a person.
    ForAPerson,
    /// Tested, and wrong.
    Failed,
}

/// One of the plan's ten criteria of success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// 1 to 10.
    pub number: u8,
    /// The plan's line.
    pub text: Bilingual,
    /// Whether it is met.
    pub state: CriterionState,
    /// What was tested, and what was not.
    pub evidence: Vec<Bilingual>,
}

/// Whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionState {
    /// All of it was tested, and is so.
    Proved,
    /// What the database has to do with it is proved; what the application makes of it is left to a person.
    DataProved,
    /// Not all of it can be, or was, tested.
    ForAPerson,
    /// Tested, and not so.
    Failed,
}

#[cfg(test)]
mod tests;
