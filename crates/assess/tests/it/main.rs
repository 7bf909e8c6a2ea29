//! Databases of every kind through the scan; SQLite itself is the oracle where it has an opinion.

#![allow(clippy::unwrap_used, reason = "this is all test code, helpers included")]

mod catalog;
mod checks;
mod damage;
mod duplicates;
mod evidence;
mod locate;
mod orphans;
