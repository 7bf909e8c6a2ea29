use serde::{Deserialize, Serialize};

/// The operator's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Refuse rows that refer to nothing (`foreign_key_check`); otherwise they are named in the plan's notes.
    pub refuse_orphans: bool,
    /// Refuse while another program has the database open for writing; otherwise it is named in the plan's notes. The
    /// copy is consistent either way, but what is written after it is not in it.
    pub refuse_running_writer: bool,
    /// What files of the sessions folder get that change while they are archived.
    pub session_changes: SessionChanges,
    /// Tables of which some columns are written as JSON.
    pub exports: Vec<TableExport>,
}

/// What a file gets that changes while it is archived, after it was tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionChanges {
    /// It is named in a warning and in the manifest.
    Warn,
    /// The backup fails.
    Refuse,
}

/// Some columns of a table, written as a JSON array of objects as `sqlite3 -json` writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableExport {
    /// The table; without it in the source the export is left out.
    pub table: String,
    /// Its columns, in order; without one of them in the source the export is left out.
    pub columns: Vec<String>,
    /// Name of the file in the backup.
    pub file: String,
}

impl TableExport {
    /// The plan's `SELECT userId, config FROM Bot` (section 1.3).
    pub fn bot_configs() -> Self {
        Self {
            table: "Bot".to_owned(),
            columns: vec!["userId".to_owned(), "config".to_owned()],
            file: "bot_configs_backup.json".to_owned(),
        }
    }
}
