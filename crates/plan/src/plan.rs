use serde::Serialize;

use crate::{Change, Standing};

/// An ordered list of changes: a value that can be printed, compared and run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(bound(serialize = "C: Serialize"))]
pub struct Plan<C> {
    /// Names the list in the journal, for instance `prepare.backup`: ids are unique within it.
    pub section: String,
    /// What is done, in order.
    pub steps: Vec<Step<C>>,
    /// What was looked at and found right, or what the operator should know; one line each.
    pub notes: Vec<String>,
}

/// A change and what was known about it when it was planned.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(bound(serialize = "C: Serialize"))]
pub struct Step<C> {
    /// The effect.
    pub change: C,
    /// How far it stood when planned.
    pub standing: Standing,
    /// Set when the plan rests on something that an earlier phase has not done yet ("assuming phase 2 created …").
    pub assuming: Option<String>,
}

impl<C: Change> Plan<C> {
    /// An empty plan.
    pub fn new(section: impl Into<String>) -> Self {
        Self { section: section.into(), steps: Vec::new(), notes: Vec::new() }
    }

    /// Adds a change that stands as given.
    pub fn push(&mut self, change: C, standing: Standing) {
        self.steps.push(Step { change, standing, assuming: None });
    }

    /// Adds a change that rests on an assumption.
    pub fn push_assuming(&mut self, change: C, assuming: impl Into<String>) {
        self.steps.push(Step { change, standing: Standing::ToDo, assuming: Some(assuming.into()) });
    }

    /// Adds a line for the operator.
    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// True when everything is already so.
    pub fn is_done(&self) -> bool {
        self.steps.iter().all(|step| step.standing == Standing::AlreadySo)
    }
}
