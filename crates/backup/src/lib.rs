//! Phase 1: a checked copy of everything that the migration could lose, in one folder with a manifest.
//!
//! [`Facts::gather`] looks, [`plan`] decides, [`BackupExecutor`] does, and [`Backup`] finds, re-checks and restores
//! what was made. A folder is called `<time>.part` until everything in it was written, synced and read back; only then
//! does it get its manifest and its name. Everything but the copy of the database is made from that copy, so that the
//! dump, the counts and the exports agree with one another while the application keeps writing.

mod artefact;
mod backup;
mod blocking;
mod change;
mod counts;
mod database;
mod decide;
mod dump;
mod error;
mod executor;
mod export;
mod facts;
mod follow;
mod hashing;
mod manifest;
mod options;
mod paths;
mod refusal;
mod restore;
mod run_folder;
mod sessions;
mod trees;

pub use artefact::{Artefact, Form, Kind};
pub use backup::{Backup, Fault, Verification};
pub use change::Change;
pub use counts::TableRows;
pub use decide::{SECTION, plan};
pub use error::BackupError;
pub use executor::BackupExecutor;
pub use facts::{CutOff, Facts, ForeignKeys, Holder, Orphan, Previous, Soundness, SourceState, Space};
pub use manifest::{FORMAT, Manifest};
pub use options::{Options, SessionChanges, TableExport};
pub use paths::Paths;
pub use refusal::{Refusal, Refusals};
pub use restore::Restored;
