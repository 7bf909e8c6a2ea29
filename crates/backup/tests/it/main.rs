//! Backups of small AutoBOT projects, on real files and real databases.

#![expect(clippy::print_stdout, reason = "a skipped test and a measurement say so")]
#![expect(clippy::unwrap_used, reason = "clippy allows it only inside functions marked as tests")]

mod damage;
mod dump;
mod kill;
mod live;
mod project;
mod restore;
mod runs;
mod sessions;
mod speed;
