use std::error::Error;
use std::future::Future;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Event, Observer, Stop, Unit};

/// One effect: the unit of undoing and resuming. Implemented by each acting crate's `enum Change`.
pub trait Change: Serialize + DeserializeOwned + Clone + Send + Sync {
    /// A stable name, unique in its plan: the same effect planned again has the same id.
    fn id(&self) -> String;

    /// What the change does, for a person.
    fn describe(&self) -> Description;
}

/// What a change does, in words. Holds no secret and no cell value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// One line, imperative, without a final stop.
    pub title: String,
    /// More lines where they help: a diff with secrets masked, a statement, a command line.
    pub detail: Vec<String>,
}

impl Description {
    /// A description of one line.
    pub fn line(title: impl Into<String>) -> Self {
        Self { title: title.into(), detail: Vec::new() }
    }
}

/// How far the world already is with respect to one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing of it is there.
    ToDo,
    /// Part of it is there, left by a run that ended early; `apply` begins by clearing or continuing it.
    PartDone,
    /// It is so already: nothing to do.
    AlreadySo,
}

/// What applying a change came to. Kept in the journal, so it holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// One line for a person: what is so now.
    pub summary: String,
    /// What later steps, undo and the report need to know.
    #[serde(default)]
    pub facts: serde_json::Value,
}

impl Outcome {
    /// An outcome of one line.
    pub fn line(summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), facts: serde_json::Value::Null }
    }

    /// An outcome with facts for the journal.
    pub fn with_facts(summary: impl Into<String>, facts: serde_json::Value) -> Self {
        Self { summary: summary.into(), facts }
    }
}

/// What a change may use while it is applied: the way to say how far it is, and to hear that it should stop.
pub struct Scope<'a> {
    /// Id of the change that runs.
    pub id: &'a str,
    /// Receives what is happening.
    pub observer: &'a dyn Observer,
    /// Set when the operator asked to stop.
    pub stop: &'a Stop,
}

impl Scope<'_> {
    /// Says how far the change is, in `unit`s.
    pub fn progress(&self, done: u64, total: Option<u64>, unit: Unit) {
        self.part(self.id, done, total, unit);
    }

    /// Says how far one part of the change is (one table, one file).
    pub fn part(&self, part: &str, done: u64, total: Option<u64>, unit: Unit) {
        self.observer.on(&Event::Progress { id: self.id.to_owned(), part: part.to_owned(), done, total, unit });
    }

    /// Says something worth a line.
    pub fn note(&self, text: impl Into<String>) {
        self.observer.on(&Event::Note { text: text.into() });
    }

    /// Says something that the operator must see, also at the end.
    pub fn warn(&self, text: impl Into<String>) {
        self.observer.on(&Event::Warning { text: text.into() });
    }
}

/// The only writer: knows whether a change is done, does it, and takes it back.
pub trait Executor<C: Change> {
    /// The crate's own error.
    type Error: Error + Send + Sync + 'static;

    /// Looks (without writing) how far the world already is.
    fn probe(&mut self, change: &C) -> impl Future<Output = Result<Standing, Self::Error>>;

    /// Makes it so. Called on `ToDo` and `PartDone`; must be safe to call again after being killed anywhere inside.
    fn apply(&mut self, change: &C, scope: &Scope<'_>) -> impl Future<Output = Result<Outcome, Self::Error>>;

    /// Takes it back, given the outcome that `apply` returned (or `Null` facts when it was cut off). Idempotent.
    fn undo(&mut self, change: &C, outcome: &Outcome) -> impl Future<Output = Result<(), Self::Error>>;
}
