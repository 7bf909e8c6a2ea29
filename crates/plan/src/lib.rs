//! Words and engine of a migration: phases, changes, plans, journal, events.
//!
//! The four moves of every acting crate are *look* (`Facts::gather`), *decide* (a pure function that returns a
//! [`Plan`]), *describe* ([`Change::describe`]) and *do* ([`run`]). A dry run is a plan that was not run.
//! This crate knows no database.

mod change;
mod clock;
mod engine;
mod event;
pub mod files;
mod journal;
mod phase;
mod plan;
mod record;
mod stop;

pub use change::{Change, Description, Executor, Outcome, Scope, Standing};
pub use clock::Timestamp;
pub use engine::{RunError, RunSummary, run};
pub use event::{Event, Observer, Silent, Unit};
pub use journal::{ChangeRecord, Fingerprint, Journal, JournalError, PhaseRecord, State};
pub use phase::{Phase, UnknownPhase};
pub use plan::{Plan, Step};
pub use record::{Entry, FORMAT, Record};
pub use stop::Stop;
