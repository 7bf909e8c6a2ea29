//! A private server's life, with PostgreSQL's real programs.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "this is all test code, helpers included")]

mod download;
mod life;
