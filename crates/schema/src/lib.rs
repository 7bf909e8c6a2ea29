//! SQLite introspection, type rules, DDL plus indexes, Prisma baseline.
//!
//! [`introspect`] reads what a SQLite database says of itself.

mod error;
mod introspect;
mod syntax;

pub use error::Error;
pub use introspect::introspect;
