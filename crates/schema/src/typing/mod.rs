//! Which type of PostgreSQL a column gets: a table of rules, the evidence of the full pass, and the owner's word.

mod choose;
mod declared;
mod epoch;
mod parse;
mod rules;
mod writer;

pub(crate) use choose::{Class, ColumnView, choose, class_of, is_temporal, takes_all};
pub(crate) use declared::Declared;
pub(crate) use epoch::plausible;
pub use parse::parse_pg_type;
pub(crate) use writer::Writer;

#[cfg(test)]
mod tests;
