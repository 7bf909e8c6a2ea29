//! Tables.

use serde::Serialize;

use super::column::Column;
use super::quote;
use super::statement::{Statement, StatementKind};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The database schema, where it is written out.
    pub schema: Option<String>,
    /// Its name in the database.
    pub name: String,
    /// The model in schema.prisma; `None` for a join table.
    pub model: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its primary key.
    pub primary_key: Option<PrimaryKey>,
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrimaryKey {
    /// The constraint's name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<String>,
}

impl PrimaryKey {
    fn constraint(&self) -> String {
        // Prisma puts no blank after these commas, and one after all others.
        format!("CONSTRAINT {} PRIMARY KEY ({})", quote::identifier(&self.name), quote::list(&self.columns, ","))
    }
}

impl Table {
    /// `CREATE TABLE` with its primary key, as in `migration.sql`.
    pub fn create(&self) -> Statement {
        let key = match &self.primary_key {
            Some(key) => format!(",\n\n    {}", key.constraint()),
            None => String::new(),
        };
        self.create_with(&key)
    }

    /// `CREATE TABLE` without its primary key, for loading rows first.
    pub fn create_without_primary_key(&self) -> Statement {
        self.create_with("")
    }

    /// `ALTER TABLE … ADD CONSTRAINT … PRIMARY KEY`, if there is one: the other half of
    /// [`create_without_primary_key`](Self::create_without_primary_key).
    pub fn add_primary_key(&self) -> Option<Statement> {
        let key = self.primary_key.as_ref()?;
        let sql = format!("ALTER TABLE {} ADD {}", self.qualified_name(), key.constraint());
        Some(Statement { kind: StatementKind::AlterTable, sql })
    }

    fn create_with(&self, key: &str) -> Statement {
        let columns = self.columns.iter().map(|c| format!("    {}", c.definition())).collect::<Vec<_>>().join(",\n");
        let sql = format!("CREATE TABLE {} (\n{columns}{key}\n)", self.qualified_name());
        Statement { kind: StatementKind::CreateTable, sql }
    }

    fn qualified_name(&self) -> String {
        quote::qualified(self.schema.as_deref(), &self.name)
    }
}
