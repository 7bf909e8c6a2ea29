use std::error::Error;
use std::time::Instant;

use crate::{Change, Entry, Event, Executor, Journal, JournalError, Observer, Outcome, Plan, Scope, Standing, Stop};

/// What running a plan came to.
#[derive(Debug, Clone, Default)]
pub struct RunSummary {
    /// Ids that were applied, with their outcomes, in order.
    pub applied: Vec<(String, Outcome)>,
    /// Ids that needed nothing.
    pub already_so: Vec<String>,
}

/// Why a run ended early. What was done before is in the journal.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E: Error + 'static> {
    /// Looking at a change failed.
    #[error("failed to look at: {title}")]
    Probe {
        /// The change's title.
        title: String,
        /// Why.
        #[source]
        source: E,
    },
    /// Applying a change failed.
    #[error("failed to {title}")]
    Apply {
        /// The change's title, in lower case.
        title: String,
        /// Why.
        #[source]
        source: E,
    },
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The operator asked to stop.
    #[error("stopped before: {title}")]
    Stopped {
        /// The change that was not begun.
        title: String,
    },
}

/// Runs a plan: for each change probe, journal, apply, journal, event.
///
/// Changes that are already so are skipped without a record, so a second run writes nothing.
pub async fn run<C: Change, X: Executor<C>>(
    plan: &Plan<C>,
    executor: &mut X,
    journal: &mut Journal,
    observer: &dyn Observer,
    stop: &Stop,
) -> Result<RunSummary, RunError<X::Error>> {
    let mut summary = RunSummary::default();
    for step in &plan.steps {
        let change = &step.change;
        let (id, title) = (change.id(), change.describe().title);
        if stop.is_requested() {
            return Err(RunError::Stopped { title });
        }
        let standing =
            executor.probe(change).await.map_err(|source| RunError::Probe { title: title.clone(), source })?;
        if standing == Standing::AlreadySo {
            close_cut_off(&plan.section, &id, journal)?;
            observer.on(&Event::ChangeEnded { id: id.clone(), standing, summary: title, took_ms: 0 });
            summary.already_so.push(id);
            continue;
        }
        journal.began(&plan.section, change)?;
        observer.on(&Event::ChangeStarted { id: id.clone(), title: title.clone() });
        let started = Instant::now();
        let outcome = match executor.apply(change, &Scope { id: &id, observer, stop }).await {
            Ok(outcome) => outcome,
            Err(source) => {
                let (section, error) = (plan.section.clone(), source.to_string());
                journal.write(Entry::Failed { section, id, error })?;
                return Err(RunError::Apply { title: lower_first(&title), source });
            }
        };
        let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (section, kept) = (plan.section.clone(), outcome.clone());
        journal.write(Entry::Ended { section, id: id.clone(), outcome: kept, took_ms })?;
        observer.on(&Event::ChangeEnded { id: id.clone(), standing, summary: outcome.summary.clone(), took_ms });
        summary.applied.push((id, outcome));
    }
    Ok(summary)
}

/// A change that was begun, cut off, and yet is so: its end is written late, so that undoing knows of it.
fn close_cut_off(section: &str, id: &str, journal: &mut Journal) -> Result<(), JournalError> {
    let cut_off = journal.state().change(section, id).is_some_and(|change| change.outcome.is_none());
    if cut_off {
        let outcome = Outcome::line("found done after an interruption");
        journal.write(Entry::Ended { section: section.to_owned(), id: id.to_owned(), outcome, took_ms: 0 })?;
    }
    Ok(())
}

fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
