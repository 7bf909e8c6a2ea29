//! SQLite introspection, type rules, DDL plus indexes, Prisma baseline.
//!
//! [`introspect`] reads what a SQLite database says of itself, [`decide`] turns that, the evidence of the assessment,
//! schema.prisma and the owner's rules into a [`Migration`](autobot_catalog::Migration). [`ddl_text`] shows the target's
//! schema, [`create`] makes it.

mod ddl;
mod decide;
mod error;
mod findings;
mod introspect;
mod prisma;
mod proposals;
mod syntax;
mod translate;
mod typing;

pub use ddl::{create, ddl_text};
pub use decide::{AdditionalIndex, DecideOptions, decide, interests};
pub use error::Error;
pub use findings::{CODES, Code};
pub use introspect::introspect;
pub use prisma::{RuledField, prisma_baseline, prisma_by_rules, prisma_migration_sql, ruled_fields};
pub use proposals::write_rules;
pub use typing::parse_pg_type;
