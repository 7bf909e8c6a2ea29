use serde::{Deserialize, Serialize};

use crate::{Phase, Standing};

/// What is happening, as data; the terminal, the JSON lines and the report only consume it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A phase starts.
    PhaseStarted {
        /// Which one.
        phase: Phase,
    },
    /// A change is about to be applied.
    ChangeStarted {
        /// The change's id.
        id: String,
        /// Its title.
        title: String,
    },
    /// How far a change, or one part of it, is.
    Progress {
        /// The change's id.
        id: String,
        /// The part (a table, a file), or the id again.
        part: String,
        /// How much is done.
        done: u64,
        /// Out of how much, where known.
        total: Option<u64>,
        /// What is counted.
        unit: Unit,
    },
    /// A change was applied, or needed nothing.
    ChangeEnded {
        /// The change's id.
        id: String,
        /// How it stood before.
        standing: Standing,
        /// What is so now.
        summary: String,
        /// How long it took, in milliseconds.
        took_ms: u64,
    },
    /// Something worth a line.
    Note {
        /// The line.
        text: String,
    },
    /// Something that the operator must see, also at the end.
    Warning {
        /// The line.
        text: String,
    },
    /// A phase is done.
    PhaseEnded {
        /// Which one.
        phase: Phase,
        /// How long it took, in milliseconds.
        took_ms: u64,
    },
}

/// What a progress event counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Rows of a table.
    Rows,
    /// Bytes of a file or stream.
    Bytes,
    /// Things: files, indexes, checks.
    Items,
}

/// Receives events. Called from any thread; must not block for long.
pub trait Observer: Send + Sync {
    /// Takes note of one event.
    fn on(&self, event: &Event);
}

/// Ignores every event.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {
    fn on(&self, _event: &Event) {}
}
