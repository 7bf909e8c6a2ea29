//! Transfers from real SQLite files into a real PostgreSQL.

#![allow(clippy::unwrap_used, clippy::format_collect, reason = "what fails here fails a test")]

mod aside;
mod batches;
mod bench;
mod existing;
mod load;
mod orphaned;
mod resume;
mod values;
