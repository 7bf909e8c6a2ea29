//! Phase 2 and dumps, against a real PostgreSQL.

#![allow(clippy::unwrap_used, reason = "this is all test code, helpers included")]

mod docker;
mod dump;
mod embedded;
mod existing;
mod ground;
mod local;
mod monitor;
mod tuning;
