use serde::{Deserialize, Serialize};

/// The comparison of both sides. What it found per table is in the tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// How much was compared.
    pub level: Level,
    /// True when nothing differs: rows, values and schema.
    pub equal: bool,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// How long it took, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
    /// Differences of the schema.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schema: Vec<SchemaDifference>,
}

/// How much was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Number of rows.
    Counts,
    /// Every value, by digests.
    Content,
    /// Every row held against its counterpart.
    Rows,
}

/// Something of the schema that differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaDifference {
    /// The table.
    pub table: String,
    /// The object: column, key, index, sequence.
    pub object: String,
    /// What was expected.
    pub expected: String,
    /// What is there.
    pub found: String,
}

/// One row that differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Difference {
    /// `missing` (only in the source), `extra` (only in the target) or `changed`.
    pub kind: String,
    /// The row's rowid in the source, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rowid: Option<i64>,
    /// The row's key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<String>,
    /// The columns that differ: name, what the source holds, what the target holds, as class, length and short hash.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, String, String)>,
}

/// What came of starting the application's server. A server that did not start is `failure`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerTrial {
    /// The command.
    pub command: String,
    /// It started and logged its ready line.
    pub started: bool,
    /// It was stopped, started again and logged its ready line again.
    pub restarted: bool,
    /// No line of its log was an error line of the settings.
    pub log_clean: bool,
    /// Rows that the application itself wrote or changed while it was tried (compared again afterwards); none when not
    /// compared again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows_changed_meanwhile: Option<u64>,
    /// Why it did not start, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// What the login of the application's own `.env` did in the target, in transactions that were taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Access {
    /// The `.env` file.
    pub env: String,
    /// The tables in which a row was changed.
    pub tables: Vec<Written>,
}

/// A table that the application's login wrote to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    /// Its name in the target.
    pub table: String,
    /// True when a row was removed and put in again too; not where other rows refer to it.
    pub inserted: bool,
}

/// One line of the functional checklist (plan section 5.3), or a check of the owner's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The plan's heading, in the plan's words: `Test 2: WhatsApp`.
    pub group: String,
    /// The plan's line, in the plan's words, or the check's own name.
    pub line: String,
    /// Who saw to it.
    pub state: CheckState,
    /// What was tested, or why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Who saw to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Tested automatically, and right.
    Passed,
    /// Tested automatically, and wrong.
    Failed,
    /// Left to a person.
    ForAPerson,
}

/// A user of the application. There is no field for a hash.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The id, as text.
    pub id: Option<String>,
    /// The name for the login.
    pub username: Option<String>,
    /// The role.
    pub role: Option<String>,
}
