//! Schemas of SQLite, made on a real PostgreSQL.

mod corpus;
mod made;
