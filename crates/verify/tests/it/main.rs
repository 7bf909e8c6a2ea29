//! Comparisons of real SQLite files with a real PostgreSQL.
#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

mod equal;
mod faults;
mod large;
mod later;
mod many;
mod orphans;
mod schema;
mod schema_faults;
mod stop;
mod witness;
mod world;
