use autobot_db::{ColumnName, TableName};
use serde::{Deserialize, Serialize};

use crate::Marks;

/// How much is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Number of rows.
    Counts,
    /// Every value, by digests; rows that differ are found and named.
    Content,
    /// Every row held against its counterpart, whether digests differ or not; all that differ are named.
    Rows,
}

/// What a comparison found. Differences are data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How much was compared.
    pub level: Level,
    /// Per table.
    pub tables: Vec<TableReport>,
    /// Differences of the schema: types, keys, indexes, sequences.
    pub schema: Vec<SchemaDifference>,
}

impl Report {
    /// True when nothing differs.
    pub fn is_equal(&self) -> bool {
        self.schema.is_empty() && self.tables.iter().all(TableReport::is_equal)
    }
}

/// What was found in one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableReport {
    /// Its name in the source.
    pub source: TableName,
    /// Its name in the target.
    pub target: TableName,
    /// Rows of the source that the rules let over.
    pub rows_source: u64,
    /// Rows of the target.
    pub rows_target: u64,
    /// Rows that the rules put in quarantine.
    pub rows_quarantined: u64,
    /// SHA-256 sum of the source's rows in canonical form (hexadecimal); none at level counts. Where the rows of both sides
    /// were found equal by a [`Witness`](crate::Witness), it was worked out once, from the target's.
    pub digest_source: Option<String>,
    /// The same of the target's rows.
    pub digest_target: Option<String>,
    /// Number of rows that differ: those that one side lacks, and those that both have under one key with other values.
    pub differences_count: u64,
    /// The first of them.
    pub differences: Vec<Difference>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What a later look at the target is held against; none at level counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<Marks>,
}

impl TableReport {
    /// True when nothing differs.
    pub fn is_equal(&self) -> bool {
        self.differences_count == 0 && self.rows_source == self.rows_target && self.digest_source == self.digest_target
    }
}

/// One row that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// How.
    pub kind: DifferenceKind,
    /// The row's rowid in the source, where it has one.
    pub rowid: Option<i64>,
    /// The row's key, each part in words.
    pub key: Vec<String>,
    /// The columns that differ, with what each side holds.
    pub columns: Vec<ColumnDifference>,
}

/// How a row differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Only in the source.
    Missing,
    /// Only in the target.
    Extra,
    /// In both, with different values.
    Changed,
}

/// One column of a row that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnDifference {
    /// The column's name in the target.
    pub column: ColumnName,
    /// What the source holds: class, length and short hash (the value itself only on request).
    pub source: String,
    /// What the target holds.
    pub target: String,
}

/// Something of the schema that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchemaDifference {
    /// The table.
    pub table: TableName,
    /// The object: column, key, index, sequence.
    pub object: String,
    /// What was expected.
    pub expected: String,
    /// What is there.
    pub found: String,
}
