//! The statements that make the target.

mod create;
mod names;
mod table;
mod text;

pub use create::create;
pub(crate) use names::{NameRegistry, free_in_both, shortened};
pub(crate) use table::{ColumnSql, Identity, check_sql, column_sql, table_sql};
pub use text::ddl_text;

#[cfg(test)]
mod tests;
