use autobot_db::{ColumnName, SchemaName, TableName};
use serde::{Deserialize, Serialize};

/// What the target gets, as statements in the order in which they may run.
///
/// No statement names a schema: they run with `search_path` set to the staging schema, and what they make is moved to
/// [`TargetSchema::schema`] when it is proved. Everything of `pg_catalog` is in reach anyway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetSchema {
    /// Where it is published, usually `public`.
    pub schema: SchemaName,
    /// Extensions needed (`citext`); made in `public` before everything else.
    pub extensions: Vec<String>,
    /// Types (enums).
    pub types: Vec<Object>,
    /// Tables without keys, so that rows load first. CHECK, NOT NULL, defaults and generated columns are in.
    pub tables: Vec<TableObject>,
    /// Primary keys, unique keys and indexes.
    pub indexes: Vec<IndexObject>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKeyObject>,
    /// Sequences and where they stand; made by the tables (`SERIAL`, `IDENTITY`).
    pub sequences: Vec<SequenceObject>,
    /// Comments and the like on tables, run after the foreign keys.
    pub comments: Vec<Object>,
    /// Views, functions and triggers, run when everything is published, with `search_path` set to [`Self::schema`].
    pub after: Vec<Object>,
}

/// A statement and what it makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// What it makes: `type`, `view`, `trigger`, `comment`.
    pub kind: String,
    /// The name of what it makes.
    pub name: String,
    /// The statement, without a final semicolon.
    pub sql: String,
}

/// A table without its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableObject {
    /// Its name.
    pub table: TableName,
    /// The statement.
    pub sql: String,
}

/// A key or index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexObject {
    /// The table it is on.
    pub table: TableName,
    /// Its name; a constraint's name is that of its index.
    pub name: String,
    /// The `CREATE [UNIQUE] INDEX` statement, or the one that adds an exclusion constraint.
    pub sql: String,
    /// Set for a primary key or a UNIQUE constraint: the statement that makes the finished index one
    /// (`ALTER TABLE … ADD CONSTRAINT … PRIMARY KEY USING INDEX …`).
    pub constraint_sql: Option<String>,
    /// Plain key columns, for the comparison; empty when an expression is among them.
    pub columns: Vec<ColumnName>,
    /// UNIQUE.
    pub unique: bool,
    /// Primary key.
    pub primary: bool,
}

/// A foreign key; or a CHECK that is added `NOT VALID` after the rows, since some break it. It refers to its own table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKeyObject {
    /// The referring table.
    pub table: TableName,
    /// Its name.
    pub name: String,
    /// The `ALTER TABLE … ADD CONSTRAINT …` statement.
    pub sql: String,
    /// The table referred to.
    pub parent: TableName,
    /// Added `NOT VALID` by rule, since rows that break it were kept.
    pub not_valid: bool,
}

/// A sequence behind a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceObject {
    /// The table.
    pub table: TableName,
    /// The column whose default it is.
    pub column: ColumnName,
    /// The highest id ever given out; the next one is one more. None when none was given out yet.
    pub last: Option<i64>,
}
