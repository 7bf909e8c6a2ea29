//! Schemas of SQLite, made on a real PostgreSQL.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

mod corpus;
mod expressions;
mod foreign_keys;
mod hostile;
mod made;
mod prisma;
mod random;
mod random_expressions;
mod remedies;
mod views;
mod wild;
