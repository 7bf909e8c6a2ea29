//! PostgreSQL as the oracle: what is encoded must arrive as PostgreSQL itself reads it.

#![allow(clippy::unwrap_used, reason = "this is all test code, helpers included")]

mod copied;
mod edges;
mod generated;
