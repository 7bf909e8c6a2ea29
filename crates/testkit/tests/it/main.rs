//! The testkit itself: databases of one's own, hashes that see every change, and a server that goes with its process.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "this is all test code, helpers included")]

mod databases;
mod hashes;
mod watchdog;
