//! Backups of small AutoBOT projects, on real files and real databases.

mod damage;
mod dump;
mod kill;
mod live;
mod project;
mod restore;
mod runs;
mod sessions;
mod speed;
