use autobot_db::{ColumnName, InvalidName, SourceError, TableName, TargetError};

/// A comparison that could not be made. A difference is no error: it is in the report.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The source cannot be opened.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The target cannot be used.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Reading a table of the source failed.
    #[error("failed to read table `{table}` of the source")]
    ReadSource {
        /// The table.
        table: TableName,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// Reading a table of the target failed.
    #[error("failed to read table `{table}` of the target")]
    ReadTarget {
        /// The table.
        table: TableName,
        /// What the server says.
        #[source]
        source: sqlx::Error,
    },
    /// The server sent something that binary COPY does not hold.
    #[error("the target sent rows of table `{table}` in a form that is not binary COPY")]
    Wire {
        /// The table.
        table: TableName,
    },
    /// A value of the source does not fit its column's type, so there is nothing to compare it with.
    #[error("a value of `{table}`.`{column}`{} cannot be a {kind}", rowid.map_or_else(String::new, |id| format!(" in rowid {id}")))]
    Unfit {
        /// The table.
        table: TableName,
        /// The column.
        column: ColumnName,
        /// The row, where it has a rowid.
        rowid: Option<i64>,
        /// The type in the target.
        kind: String,
    },
    /// A rule names something that cannot be a name.
    #[error("a rule of the settings is wrong")]
    Name(#[source] InvalidName),
    /// A temporary file cannot be used.
    #[error("failed to use a temporary file for the comparison of table `{table}`")]
    Scratch {
        /// The table.
        table: TableName,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The system gives nothing to wait for the server with.
    #[error("failed to begin reading the target")]
    Thread {
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The operator asked to stop.
    #[error("the comparison was interrupted")]
    Stopped,
    /// A part of the comparison ended without a result.
    #[error("the comparison of table `{table}` was cut off")]
    CutOff {
        /// The table.
        table: TableName,
    },
}

impl Error {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.hint(),
            Self::Target(error) => error.hint(),
            Self::Unfit { .. } => {
                Some("see `autobot assess`, which lists such values and the rule for them".to_owned())
            }
            Self::ReadTarget { .. } => Some("create the table first: `autobot copy` or `autobot phase 4`".to_owned()),
            Self::Scratch { .. } => Some("make room in the folder for temporary files (TMPDIR)".to_owned()),
            _ => None,
        }
    }
}
