//! Comparisons of real SQLite files with a real PostgreSQL.

mod equal;
mod faults;
mod many;
mod orphans;
mod world;
