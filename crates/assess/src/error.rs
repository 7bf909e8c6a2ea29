use std::io;

use autobot_db::TableName;
use rusqlite::ErrorCode;

/// An assessment that could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite finds a table damaged.
    #[error("table `{table}` is damaged {}", place(*.after_rowid))]
    Damaged {
        /// The table.
        table: TableName,
        /// The last row that could be read.
        after_rowid: Option<i64>,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// What can be read is not all that there was.
    #[error("the source is damaged: {}", lines.join("; "))]
    Unsound {
        /// What SQLite's `quick_check` says.
        lines: Vec<String>,
    },
    /// Whether the source is whole cannot be said.
    #[error("failed to check the pages of the source")]
    Pages(#[source] rusqlite::Error),
    /// A row is larger than SQLite reads, which is about what PostgreSQL holds.
    #[error("a row of table `{table}` is too large {}", place(*.after_rowid))]
    TooLarge {
        /// The table.
        table: TableName,
        /// The last row that could be read.
        after_rowid: Option<i64>,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// SQLite fails otherwise.
    #[error("failed to {verb} table `{table}` {}", place(*.after_rowid))]
    Read {
        /// What was being done.
        verb: &'static str,
        /// The table.
        table: TableName,
        /// The last row that could be read.
        after_rowid: Option<i64>,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// No connection was given to read with.
    #[error("there is no connection to read the source with")]
    NoConnection,
    /// A column is not there.
    #[error("table `{table}` has no column `{column}`")]
    NoColumn {
        /// The table.
        table: TableName,
        /// The column, as a rule names it.
        column: String,
    },
    /// The list of problems cannot be written.
    #[error("failed to write the list of problems")]
    Write(#[source] io::Error),
    /// The observer asked to stop.
    #[error("the assessment was stopped")]
    Stopped,
    /// A reading thread broke down.
    #[error("a thread that read the source broke down")]
    Thread,
}

fn place(after_rowid: Option<i64>) -> String {
    after_rowid.map_or_else(|| "at its beginning".to_owned(), |rowid| format!("after the row with rowid {rowid}"))
}

impl Error {
    /// Names a failure while reading a table by what it means.
    pub(crate) fn reading(table: &TableName, verb: &'static str, after: Option<i64>, source: rusqlite::Error) -> Self {
        let table = table.clone();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { table, after_rowid: after, source }
            }
            Some(ErrorCode::TooBig) => Self::TooLarge { table, after_rowid: after, source },
            _ => Self::Read { verb, table, after_rowid: after, source },
        }
    }

    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Damaged { .. } | Self::Unsound { .. } => "see `pragma integrity_check` in sqlite3; salvage what can be read with `sqlite3 FILE .recover | sqlite3 salvaged.db` and migrate that".to_owned(),
            Self::Pages(_) => "see `pragma quick_check` in sqlite3".to_owned(),
            Self::TooLarge { table, .. } => format!("leave the row out by a rule for table `{table}`: `rows = {{ where = \"…\" }}`"),
            Self::NoColumn { .. } => "correct the name in the settings".to_owned(),
            Self::Write(_) => "make room or give another path for the report".to_owned(),
            Self::Stopped => "nothing was changed; type the same again".to_owned(),
            Self::Read { .. } | Self::NoConnection | Self::Thread => return None,
        })
    }
}
