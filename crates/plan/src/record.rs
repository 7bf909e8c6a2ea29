use serde::{Deserialize, Serialize};

use crate::{Outcome, Phase, Timestamp};

/// Version of the journal's record format; raised when an older program could not read it.
pub const FORMAT: u32 = 1;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Format version, see [`FORMAT`].
    pub v: u32,
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub entry: Entry,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Entry {
    /// The journal was begun for this migration.
    Opened {
        /// What the migration is about.
        fingerprint: crate::Fingerprint,
    },
    /// A phase was entered with something to do.
    PhaseBegan {
        /// Which one.
        phase: Phase,
    },
    /// A change is about to be applied.
    Began {
        /// The plan's section.
        section: String,
        /// The change's id.
        id: String,
        /// The change itself, for undoing.
        change: serde_json::Value,
    },
    /// A change was applied.
    Ended {
        /// The plan's section.
        section: String,
        /// The change's id.
        id: String,
        /// What it came to.
        outcome: Outcome,
        /// How long it took, in milliseconds.
        took_ms: u64,
    },
    /// A change failed.
    Failed {
        /// The plan's section.
        section: String,
        /// The change's id.
        id: String,
        /// The error's own line, without its causes.
        error: String,
    },
    /// A change was taken back.
    Undone {
        /// The plan's section.
        section: String,
        /// The change's id.
        id: String,
    },
    /// A phase is done and proved.
    PhaseDone {
        /// Which one.
        phase: Phase,
        /// How long it took, in milliseconds.
        took_ms: u64,
        /// What it found, for the report and the phases after it.
        #[serde(default)]
        result: serde_json::Value,
    },
    /// The migration was rolled back: all phases are open again.
    RolledBack {
        /// Which option of the plan, `sqlite` or `postgres`.
        option: String,
    },
}
