use autobot_db::{ColumnName, TableName};
use serde::{Deserialize, Serialize};

use crate::{Finding, NulRule, OnInvalid, PgType, TargetSchema, Utf8Rule};

/// What was decided: how every row goes over, and what the target gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Migration {
    /// Tables whose rows go over, in the order of the source.
    pub tables: Vec<TableMap>,
    /// Tables that do not, with the reason.
    pub skipped: Vec<Skipped>,
    /// What the target gets.
    pub target: TargetSchema,
    /// Everything that is not plain.
    pub findings: Vec<Finding>,
}

/// A table that does not go over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// Its name.
    pub table: TableName,
    /// Why.
    pub reason: String,
}

/// How the rows of one table go over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableMap {
    /// Its name in the source.
    pub source: TableName,
    /// Its name in the target.
    pub target: TableName,
    /// Columns in the order of the target.
    pub columns: Vec<ColumnMap>,
    /// What tells one row from another.
    pub key: RowKey,
    /// Only some rows, by the owner's rule.
    pub filter: Option<RowFilter>,
    /// Number of rows, where an assessment counted them (before the filter).
    pub rows: Option<u64>,
    /// Bytes of the values, where an assessment counted them.
    pub bytes: Option<u64>,
    /// Rows whose foreign keys (columns of this table; parent table and its columns) find no parent go to quarantine.
    pub quarantine_orphans: Vec<(Vec<ColumnName>, TableName, Vec<ColumnName>)>,
}

/// How one column goes over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnMap {
    /// Its name in the source.
    pub source: ColumnName,
    /// Its name in the target.
    pub target: ColumnName,
    /// Its type in the target.
    pub target_type: PgType,
    /// NOT NULL in the target.
    pub not_null: bool,
    /// What integers and reals in a date column count; none: they are refused there.
    pub unit: Option<EpochUnit>,
    /// What becomes of a value that the type cannot take.
    pub on_invalid: OnInvalid,
    /// What becomes of NUL characters.
    pub nul: NulRule,
    /// What becomes of text that is not UTF-8.
    pub utf8: Utf8Rule,
    /// Numbers become the bytes of their text in BYTEA: only where a rule of the owner names that type.
    #[serde(default)]
    pub numbers_as_bytes: bool,
    /// Set when the target computes the column itself: its values are compared, not copied.
    pub generated: Option<Generated>,
}

/// How the target comes to the values of a generated column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Generated {
    /// By the same expression, `GENERATED ALWAYS AS … STORED`.
    ByExpression,
}

/// What tells one row of a table from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKey {
    /// A column that is the rowid itself; the index into `columns`.
    RowidColumn(usize),
    /// A unique key without NULLs; indexes into `columns`.
    Columns(Vec<usize>),
    /// None: the table is a bag, and only SQLite's hidden rowid (when there is one) tells where a row is.
    None,
}

/// Which rows of a table go over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RowFilter {
    /// Those for which the owner's condition, in SQLite's SQL, is true.
    Where(String),
    /// The last so many in each group (the plan's "últimos 1000 por bot").
    Last {
        /// How many.
        count: u64,
        /// In each group of equal values of these columns.
        per: Vec<String>,
        /// By the order of this column.
        by: String,
    },
}

/// What a number in a date column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpochUnit {
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970 (Prisma's native engine).
    Milliseconds,
    /// Microseconds since 1970.
    Microseconds,
    /// Nanoseconds since 1970.
    Nanoseconds,
    /// Julian day number (SQLite's `julianday()`).
    JulianDay,
    /// Seconds since 2001-01-01 (Apple).
    AppleSeconds,
    /// Microseconds since 1601-01-01 (Chromium, Windows).
    WebkitMicroseconds,
    /// Days since 1970.
    Days,
}
