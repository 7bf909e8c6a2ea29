//! Everything that a SQLite database says of itself, read through its pragmas and the text of its schema.
//!
//! No statement of the source is executed; names reach SQL as parameters only.

mod affinity;
mod bookkeeping;
mod catalog;
mod columns;
mod foreign_keys;
mod indexes;
mod kind;
mod schema_rows;
mod virtual_content;

pub(crate) use affinity::affinity;
pub(crate) use bookkeeping::tool_of_data;
pub use catalog::introspect;
pub(crate) use virtual_content::{Content, content_of};

#[cfg(test)]
mod tests;
