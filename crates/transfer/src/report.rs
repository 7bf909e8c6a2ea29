use std::collections::BTreeMap;

use autobot_db::TableName;
use serde::{Deserialize, Serialize};

/// What a transfer did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TransferReport {
    /// Per table, in the order of the migration; tables loaded by an earlier run of the same transfer included.
    pub tables: Vec<TableReport>,
    /// What the sessions did in this run, in the order in which it ended.
    #[serde(default)]
    pub work: Vec<WorkReport>,
    /// How far sending the rows of this run was, at even distances in time; the last has all of them.
    #[serde(default)]
    pub throughput: Vec<Sample>,
    /// How long loading took in all, in seconds: rows, keys, indexes and foreign keys of this run.
    pub seconds: f64,
}

/// What became of one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableReport {
    /// The table, by its name in the target.
    pub table: TableName,
    /// Rows that are in the target now.
    pub rows: u64,
    /// Bytes sent for them.
    pub bytes: u64,
    /// How long its rows took, in seconds.
    pub seconds: f64,
    /// Values that a rule changed, by rule.
    pub changed: BTreeMap<String, u64>,
    /// Rows set aside because of a value that the target cannot hold.
    pub quarantined: u64,
    /// Rows set aside because what they refer to is not there.
    pub orphans: u64,
}

/// One thing that one session did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkReport {
    /// What: `rows of User`, `index User_email_key`.
    pub what: String,
    /// When it began, in seconds after the load began.
    pub began: f64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// How much was sent at one moment, of all tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Milliseconds since the load began.
    pub ms: u64,
    /// Rows sent since then.
    pub rows: u64,
    /// Bytes sent since then.
    pub bytes: u64,
}

impl TransferReport {
    /// The report of one table, by its name in the target.
    pub fn table(&self, name: &str) -> Option<&TableReport> {
        self.tables.iter().find(|report| report.table.as_str() == name)
    }

    /// Rows in all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|report| report.rows).sum()
    }

    /// Rows set aside in all tables.
    pub fn set_aside(&self) -> u64 {
        self.tables.iter().map(|report| report.quarantined + report.orphans).sum()
    }
}
