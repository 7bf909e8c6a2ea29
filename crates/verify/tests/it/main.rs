//! Comparisons of real SQLite files with a real PostgreSQL.

mod equal;
mod faults;
mod later;
mod many;
mod orphans;
mod schema;
mod world;
