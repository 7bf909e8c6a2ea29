//! What stands before the tables: database schemas, extensions and enum types.

use serde::Serialize;

use super::quote;
use super::statement::{Statement, StatementKind};

/// The database schema that things are in unless the schema says otherwise.
pub(super) const DEFAULT: &str = "public";

/// A database schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Namespace {
    /// Its name.
    pub name: String,
}

impl Namespace {
    /// `CREATE SCHEMA IF NOT EXISTS`.
    pub fn create(&self) -> Statement {
        let sql = format!("CREATE SCHEMA IF NOT EXISTS {}", quote::identifier(&self.name));
        Statement { kind: StatementKind::CreateSchema, sql }
    }
}

/// An extension of PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Extension {
    /// Its name in the database.
    pub name: String,
    /// The database schema to install it in.
    pub schema: Option<String>,
    /// The version wanted.
    pub version: Option<String>,
}

impl Extension {
    /// `CREATE EXTENSION IF NOT EXISTS`.
    pub fn create(&self) -> Statement {
        let mut sql = format!("CREATE EXTENSION IF NOT EXISTS {}", quote::identifier(&self.name));
        if self.schema.is_some() || self.version.is_some() {
            sql.push_str(" WITH");
        }
        if let Some(schema) = &self.schema {
            sql.push_str(" SCHEMA ");
            sql.push_str(&quote::identifier(schema));
        }
        if let Some(version) = &self.version {
            sql.push_str(" VERSION ");
            sql.push_str(&quote::identifier(version));
        }
        Statement { kind: StatementKind::CreateExtension, sql }
    }
}

/// An enum type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnumType {
    /// The database schema, where it is written out.
    pub schema: Option<String>,
    /// Its name in the database.
    pub name: String,
    /// Its values as the database has them.
    pub values: Vec<String>,
    /// Its name in schema.prisma.
    pub enum_name: String,
}

impl EnumType {
    /// `CREATE TYPE … AS ENUM`.
    pub fn create(&self) -> Statement {
        let values = self.values.iter().map(|v| quote::literal(v)).collect::<Vec<_>>().join(", ");
        let sql = format!("CREATE TYPE {} AS ENUM ({values})", quote::qualified(self.schema.as_deref(), &self.name));
        Statement { kind: StatementKind::CreateEnum, sql }
    }
}
