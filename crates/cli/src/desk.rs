use std::error::Error;
use std::time::Instant;

use autobot_plan::{Change, Entry, Event, Executor, Journal, Observer, Phase, Plan, RunSummary, run};
use serde_json::Value;

use crate::failure::of_run;
use crate::render::{Described, described};
use crate::{Context, Exit, Result};

/// Where plans are laid: either they are only described, or they are carried out. Phases do not know which.
pub struct Desk<'a> {
    context: &'a Context,
    work: Work<'a>,
    described: Vec<Described>,
}

enum Work<'a> {
    Describe,
    CarryOut { journal: &'a mut Journal, applied: usize },
}

impl<'a> Desk<'a> {
    /// A desk on which plans are only described.
    pub fn describing(context: &'a Context) -> Self {
        Self { context, work: Work::Describe, described: Vec::new() }
    }

    /// A desk on which plans are carried out.
    pub fn carrying_out(context: &'a Context, journal: &'a mut Journal) -> Self {
        Self { context, work: Work::CarryOut { journal, applied: 0 }, described: Vec::new() }
    }

    /// What all phases share.
    pub fn context(&self) -> &'a Context {
        self.context
    }

    /// True on a desk that describes: later sections rest on assumptions, since earlier ones were not carried out.
    pub fn assumes(&self) -> bool {
        matches!(self.work, Work::Describe)
    }

    /// Describes or carries out one plan. `name` gives an error of the crate its exit code and hint.
    pub async fn lay<C, X>(
        &mut self,
        plan: Plan<C>,
        executor: &mut X,
        name: impl Fn(&X::Error) -> (Exit, Option<String>),
    ) -> Result<RunSummary>
    where
        C: Change,
        X: Executor<C>,
        X::Error: Error + Send + Sync + 'static,
    {
        let Work::CarryOut { journal, applied } = &mut self.work else {
            self.described.push(described(&plan));
            return Ok(RunSummary::default());
        };
        for note in &plan.notes {
            self.context.terminal.on(&Event::Note { text: note.clone() });
        }
        let summary = run(&plan, executor, journal, &self.context.terminal, &self.context.stop).await;
        let summary = summary.map_err(|error| of_run(error, name))?;
        *applied += summary.applied.len();
        Ok(summary)
    }

    /// Adds a line to the description of the phase, or says it.
    pub fn note(&mut self, section: &str, text: impl Into<String>) {
        let text = text.into();
        if self.assumes() {
            self.described.push(Described { section: section.to_owned(), notes: vec![text], changes: Vec::new() });
        } else {
            self.context.terminal.on(&Event::Note { text });
        }
    }

    /// The plans described so far.
    pub fn take_described(&mut self) -> Vec<Described> {
        std::mem::take(&mut self.described)
    }

    /// What the journal says of a phase.
    pub fn result_of(&self, phase: Phase) -> Option<Value> {
        let state = match &self.work {
            Work::CarryOut { journal, .. } => journal.state().phases.get(&phase).map(|done| done.result.clone()),
            Work::Describe => Journal::read(&self.context.journal_path())
                .ok()
                .and_then(|state| state.phases.get(&phase).map(|done| done.result.clone())),
        };
        state.filter(|result| !result.is_null())
    }

    /// True when the journal says that the phase is done.
    pub fn is_done(&self, phase: Phase) -> bool {
        match &self.work {
            Work::CarryOut { journal, .. } => journal.state().is_done(phase),
            Work::Describe => Journal::read(&self.context.journal_path()).is_ok_and(|state| state.is_done(phase)),
        }
    }

    /// True when something was applied on this desk.
    pub fn has_applied(&self) -> bool {
        matches!(&self.work, Work::CarryOut { applied, .. } if *applied > 0)
    }

    /// Notes that the phase is entered, once, when it has something to do.
    pub fn enter(&mut self, phase: Phase) -> Result<Instant> {
        if let Work::CarryOut { journal, .. } = &mut self.work {
            self.context.terminal.on(&Event::PhaseStarted { phase });
            if journal.state().entered != Some(phase) && !journal.state().is_done(phase) {
                journal.write(Entry::PhaseBegan { phase })?;
            }
        }
        Ok(Instant::now())
    }

    /// Notes that the phase is done, unless that is written already and nothing was applied, or found, since.
    pub fn done(&mut self, phase: Phase, began: Instant, result: Value) -> Result<()> {
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let changed = self.has_applied();
        if let Work::CarryOut { journal, .. } = &mut self.work {
            // Phase 5 only looks: what it finds is what it does.
            let known = journal.state().phases.get(&phase).map(|done| timeless(&done.result));
            let found = phase == Phase::Verify && known != Some(timeless(&result));
            if changed || found || !journal.state().is_done(phase) {
                journal.write(Entry::PhaseDone { phase, took_ms, result })?;
            }
            self.context.terminal.on(&Event::PhaseEnded { phase, took_ms });
        }
        Ok(())
    }
}

/// A result without how long things took, which is another time each time.
fn timeless(result: &Value) -> Value {
    match result {
        Value::Object(parts) => {
            let lasting = parts.iter().filter(|(name, _)| !name.ends_with("_ms"));
            Value::Object(lasting.map(|(name, part)| (name.clone(), timeless(part))).collect())
        }
        Value::Array(items) => items.iter().map(timeless).collect(),
        other => other.clone(),
    }
}
