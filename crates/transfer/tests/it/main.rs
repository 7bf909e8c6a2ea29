//! Transfers from real SQLite files into a real PostgreSQL.

mod aside;
mod bench;
mod existing;
mod load;
mod resume;
mod values;
