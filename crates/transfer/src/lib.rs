//! Row copying: SQLite to binary COPY, staged, keyed and published.
//!
//! Rows are loaded into a schema of our own ([`STAGE_SCHEMA`]) by sessions that work side by side, each table in one
//! transaction with its mark, or in batches ([`Batches`]); keys, indexes and foreign keys are built there. Then the caller proves what is in the
//! stage, and only then the second plan ([`plan_publish`]) moves it into the schema of the application, in one short
//! transaction. Until then whoever looks at that schema sees it as it was.
//!
//! The four moves: [`Facts::gather`], [`plan`] and [`plan_publish`], [`Change`], and [`Transfer`], their executor. One
//! run at a time works on a database: the caller holds `autobot_db::advisory_lock` on a session of its own.

mod change;
mod error;
mod facts;
mod fingerprint;
mod load;
mod options;
mod plan;
mod publish;
mod read;
mod report;
mod stage;
mod transfer;

pub use change::Change;
pub use error::Error;
pub use facts::{ExistingTable, Facts, StageFacts};
pub use fingerprint::StageFingerprint;
pub use options::{Batches, ExtraSql, OnLoaded, Options};
pub use plan::{plan, plan_publish};
pub use read::{Witness, Witnesses};
pub use report::{Sample, TableReport, TransferReport, WorkReport};
pub use stage::{MARKS_SCHEMA, QUARANTINE_SCHEMA, STAGE_SCHEMA};
pub use transfer::Transfer;
