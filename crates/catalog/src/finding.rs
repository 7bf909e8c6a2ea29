use autobot_db::{ColumnName, TableName};
use serde::{Deserialize, Serialize};

/// Something about a database that is not plain, with where it is and what can be done. Holds no cell value beyond a
/// short hexadecimal sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code and name: `AB012 text-in-integer`.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The table, where it concerns one.
    pub table: Option<TableName>,
    /// The column, where it concerns one.
    pub column: Option<ColumnName>,
    /// The object (index, constraint, view, trigger), where it concerns one.
    pub object: Option<String>,
    /// How many rows or objects.
    pub count: u64,
    /// Where first.
    pub places: Vec<Place>,
    /// What is so, in one line.
    pub message: String,
    /// What the operator can do: the rule that would allow it, or the step to take.
    pub remedy: Option<String>,
    /// The same as settings (TOML), the best first: each, put in as it is, lets what was found go over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Goes over, but not silently.
    Warning,
    /// Does not go over as it is: the migration is refused.
    Problem,
}

/// Where a value is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The row's rowid, where the table has one.
    pub rowid: Option<i64>,
    /// Otherwise its primary key, each part as text of at most 64 characters.
    pub key: Vec<String>,
    /// Storage class of the value (`integer`, `real`, `text`, `blob`, `null`).
    pub class: String,
    /// First bytes of the value in hexadecimal, at most eight.
    pub sample: String,
}
