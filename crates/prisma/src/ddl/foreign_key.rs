//! Foreign keys.

use serde::Serialize;

use super::quote;
use super::statement::{Statement, StatementKind};
use crate::schema::Action;

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForeignKey {
    /// Its table's database schema, where it is written out.
    pub schema: Option<String>,
    /// Its table in the database.
    pub table: String,
    /// The constraint's name.
    pub name: String,
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The other table's database schema, where it is written out.
    pub referenced_schema: Option<String>,
    /// The other table.
    pub referenced_table: String,
    /// The columns referred to.
    pub referenced_columns: Vec<String>,
    /// `ON DELETE`.
    pub on_delete: Action,
    /// `ON UPDATE`.
    pub on_update: Action,
}

impl ForeignKey {
    /// `ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY`.
    pub fn add(&self) -> Statement {
        let sql = format!(
            "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {}({}) ON DELETE {} ON UPDATE {}",
            quote::qualified(self.schema.as_deref(), &self.table),
            quote::identifier(&self.name),
            quote::list(&self.columns, ", "),
            quote::qualified(self.referenced_schema.as_deref(), &self.referenced_table),
            quote::list(&self.referenced_columns, ", "),
            self.on_delete.sql(),
            self.on_update.sql(),
        );
        Statement { kind: StatementKind::AddForeignKey, sql }
    }
}
