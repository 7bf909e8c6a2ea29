//! Comparison of source and target: counts, content, constraints.
//!
//! Each side is read as it is (SQLite by storage class, PostgreSQL by its binary COPY), brought to a canonical typed
//! form independently, and digested per row; the digests are summed so that order does not matter and differences
//! cannot cancel. Where a [`Witness`] saw the source's rows while they were copied, one digest of them all, in their order, is
//! held against the target's. Shares no code with the transfer (design invariant 2).

mod against;
mod alone;
mod behaviour;
mod canonical;
mod compare;
mod content;
mod counts;
mod digest;
mod error;
mod marks;
mod report;
mod schema;
mod side;
mod stream;
mod witness;

pub use against::{AgainstTable, Standing, compare_against};
pub use alone::digest_source;
pub use behaviour::{BehaviourNote, behaviour};
pub use compare::compare;
pub use content::{Options, Sides, compare_table};
pub use error::Error;
pub use marks::Marks;
pub use report::{ColumnDifference, Difference, DifferenceKind, Level, Report, SchemaDifference, TableReport};
pub use schema::ExpectedSchema;
pub use side::TargetSession;
pub use witness::{Testimony, Witness};
