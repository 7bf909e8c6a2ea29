//! One statement with the comment that Prisma puts above it.

use std::fmt;

use serde::Serialize;

/// A statement of a migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// The SQL, without a semicolon.
    pub sql: String,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum StatementKind {
    /// Creates a database schema.
    CreateSchema,
    /// Installs an extension.
    CreateExtension,
    /// Creates an enum type.
    CreateEnum,
    /// Creates a table.
    CreateTable,
    /// Changes a table: here, adds the primary key that was left out.
    AlterTable,
    /// Creates an index, unique or not.
    CreateIndex,
    /// Adds a foreign key.
    AddForeignKey,
}

impl StatementKind {
    /// The words of the comment.
    pub fn name(self) -> &'static str {
        match self {
            StatementKind::CreateSchema => "CreateSchema",
            StatementKind::CreateExtension => "CreateExtension",
            StatementKind::CreateEnum => "CreateEnum",
            StatementKind::CreateTable => "CreateTable",
            StatementKind::AlterTable => "AlterTable",
            StatementKind::CreateIndex => "CreateIndex",
            StatementKind::AddForeignKey => "AddForeignKey",
        }
    }
}

impl fmt::Display for Statement {
    /// As it stands in `migration.sql`: comment, SQL, semicolon, line end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "-- {}\n{};\n", self.kind.name(), self.sql)
    }
}
