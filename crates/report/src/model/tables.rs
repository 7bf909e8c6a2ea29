use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Difference;

/// One table that was moved.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableReport {
    /// Its name in SQLite.
    pub source: String,
    /// Its name in PostgreSQL.
    pub target: String,
    /// Rows of the source that the rules let over.
    pub rows_source: u64,
    /// Rows of the target.
    pub rows_target: u64,
    /// Rows set aside in quarantine.
    pub rows_quarantined: u64,
    /// Rows that a rule of the owner left behind (the last 1000 per bot, a condition). Not part of `rows_source`.
    pub rows_left_out: u64,
    /// Digest of the source's rows in canonical form; none before the comparison, or where only counts were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest_source: Option<String>,
    /// The same of the target's rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest_target: Option<String>,
    /// Number of rows that differ.
    pub differences_count: u64,
    /// The first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// How long its rows took to load, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Bytes sent for its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Values that a rule of the owner changed, by rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub changed: BTreeMap<String, u64>,
    /// What `autobot verify --against` holds the target against later; carried as it is, not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<serde_json::Value>,
    /// What became of it since an earlier report, of which everything above is then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
}

/// What became of a table in the target since an earlier report (`autobot verify --against`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// In a word.
    pub standing: Standing,
    /// Rows now.
    pub rows_now: u64,
    /// New rows, at least so many.
    pub new_min: u64,
    /// Rows gone, at least so many.
    pub gone_min: u64,
    /// Rows of the same key with other values, at least so many.
    pub changed_min: u64,
}

/// What became of a table since an earlier report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Every row is there as it was, and no other.
    Same,
    /// Every row is there as it was, and there are new ones.
    Grown,
    /// Rows are changed or gone.
    Changed,
    /// There are new rows, and the key does not tell whether the others are as they were.
    Unclear,
    /// The table is not there any more.
    Gone,
    /// The earlier report says nothing of its content.
    Unknown,
}

impl TableReport {
    /// True when the comparison went over every value and found the same on both sides.
    pub fn is_proved(&self) -> bool {
        self.rows_source == self.rows_target
            && self.differences_count == 0
            && self.digest_source.is_some()
            && self.digest_source == self.digest_target
    }

    /// True when something is known to differ.
    pub fn differs(&self) -> bool {
        self.rows_source != self.rows_target
            || self.differences_count > 0
            || (self.digest_target.is_some() && self.digest_source != self.digest_target)
    }
}

/// A table that was left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SkippedTable {
    /// Its name in SQLite.
    pub table: String,
    /// Why.
    pub reason: String,
    /// True when it holds no data of the owner's: bookkeeping of SQLite or of a tool, a part of a virtual table.
    pub bookkeeping: bool,
    /// Its rows, where they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
}

/// Something about the database that is not plain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code and name: `AB012 text-in-integer`.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The table, where it concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The column, where it concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The object (index, constraint, view, trigger), where it concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// How many rows or objects.
    #[serde(default)]
    pub count: u64,
    /// Where first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// What is so, in one line of English.
    pub message: String,
    /// What the operator can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Goes over, but not silently.
    Warning,
    /// Does not go over as it is.
    Problem,
}

/// Where a value is. Holds no value beyond a short hexadecimal sample.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The row's rowid, where the table has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rowid: Option<i64>,
    /// Otherwise its primary key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<String>,
    /// Storage class of the value.
    pub class: String,
    /// First bytes of the value in hexadecimal.
    pub sample: String,
}
