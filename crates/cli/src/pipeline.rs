//! From a SQLite file to a proved PostgreSQL database: look, refuse or load, prove, publish. Used by `copy`, by phase 4
//! and by the commands of single crates.

mod assess;
mod document;
mod load;
mod look;
mod refuse;

pub use assess::forecast;
pub use document::{copy_document, tables};
pub use load::{Carried, Target as LoadTarget, carry_over, compare_with};
pub use look::{Looked, Looking, look, schema_failure};
pub use refuse::{Listing, refuse_problems};
