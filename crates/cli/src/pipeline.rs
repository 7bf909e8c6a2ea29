//! From a SQLite file to a proved PostgreSQL database: look, refuse or load, prove, publish. Used by `copy`, by phase 4
//! and by the commands of single crates.

mod assess;
mod document;
mod failures;
mod load;
mod look;
mod looked;
mod prisma_rules;
mod prove;
mod refuse;
mod witness;

pub use assess::forecast;
pub use document::{copy_document, tables};
pub use failures::verify_failure;
pub use load::{Carried, Target as LoadTarget, carry_over};
pub use look::{Looking, look, schema_failure};
pub use looked::Looked;
pub use prisma_rules::{by_rules, ruled_findings};
pub use prove::compare_with;
pub use refuse::{Listing, refuse_problems};
