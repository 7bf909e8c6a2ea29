//! Dumps of the target: written by `pg_dump`, read back, kept in number, restored by `psql`.
//!
//! A backup is `autobot_<time>.sql.gz` and, written last, `autobot_<time>.sql.gz.manifest.json` with its SHA-256 and
//! row counts. Under another name (`….part`) it is none.

mod client;
mod create;
mod identifier;
mod manifest;
mod output;
mod rehearse;
mod restore;
mod retention;
mod scan;

pub use client::Via;
pub use create::{DumpOptions, create};
pub use manifest::{Manifest, manifest_path};
pub use rehearse::rehearse;
pub use restore::{Onto, RestoreOptions, Restored, restore};
pub use retention::{Backup, Inventory, Pruned, inventory, newest, prune};
pub use scan::{Scan, scan};

/// The beginning of a backup's name, as in the plan's script.
const PREFIX: &str = "autobot_";
/// The end of a backup's name.
const SUFFIX: &str = ".sql.gz";
/// The end of the name of a backup that is not finished.
const PART: &str = ".part";
/// How much is read, compressed and written at a time.
const BLOCK_BYTES: usize = 128 * 1024;
