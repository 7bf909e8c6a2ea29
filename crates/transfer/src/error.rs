use autobot_catalog::RowKey;
use autobot_db::{SourceError, TableName, TargetError};

/// A transfer that cannot be done. Holds no cell value beyond what a refusal's own message shows.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The target cannot be reached or a statement of ours failed there.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The source cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Tables with rows are in the way.
    #[error("the target is not empty: {}", name_counts(tables))]
    NotEmpty {
        /// Their names, schema included, and how many rows each has.
        tables: Vec<(String, u64)>,
    },
    /// A table that is there already, empty, is not the one that would be made.
    #[error("table `{table}` is in the target already and differs: {difference}")]
    Differs {
        /// The table.
        table: String,
        /// The first difference.
        difference: String,
    },
    /// The role may not do what is needed.
    #[error("the role may not {what}")]
    NoRight {
        /// What it may not do.
        what: String,
    },
    /// The database does not keep text as UTF-8.
    #[error("the target database has encoding {encoding}, it must be UTF8")]
    Encoding {
        /// The encoding that it has.
        encoding: String,
    },
    /// The server is too old.
    #[error("the server is PostgreSQL {found}, at least {} is needed", crate::facts::VERSION_MIN)]
    Version {
        /// Its major version.
        found: u32,
    },
    /// The source could not be read in the middle of a table.
    #[error("failed to read table `{table}` of the source, after {rows} rows")]
    Read {
        /// The table.
        table: TableName,
        /// Rows read before.
        rows: u64,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// A value cannot become one of its column's type, and no rule allows another.
    #[error("table `{table}`, column `{column}`, {place}: {reason}")]
    Refused {
        /// The table.
        table: TableName,
        /// The column.
        column: String,
        /// Which row: its rowid or key.
        place: String,
        /// Why.
        reason: String,
    },
    /// The server refused the rows of a table, or the connection broke.
    #[error("failed to copy the rows of table `{table}`, after {rows} rows were sent")]
    Copy {
        /// The table.
        table: TableName,
        /// Rows sent before.
        rows: u64,
        /// What the server says.
        #[source]
        source: sqlx::Error,
    },
    /// The server counts other rows than were sent. The table was rolled back.
    #[error("table `{table}`: {sent} rows were sent, the server counts {copied}")]
    RowCount {
        /// The table.
        table: TableName,
        /// Rows sent.
        sent: u64,
        /// Rows that the server says it took.
        copied: u64,
    },
    /// Other rows were read than were assessed. The table was rolled back.
    #[error("table `{table}` of the source: {assessed} rows were assessed, {read} were read")]
    OtherRows {
        /// The table.
        table: TableName,
        /// Rows that the assessment counted.
        assessed: u64,
        /// Rows read.
        read: u64,
    },
    /// The rows set aside could not be kept on disk on the way.
    #[error("failed to keep the rows set aside from table `{table}`")]
    Aside {
        /// The table.
        table: TableName,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A statement that makes part of the target failed.
    #[error("failed to {doing}")]
    Statement {
        /// What was being done, object named.
        doing: String,
        /// What the server says.
        #[source]
        source: sqlx::Error,
    },
    /// The thread that reads the source ended without a word.
    #[error("the reader of table `{table}` ended unexpectedly")]
    ReaderLost {
        /// The table.
        table: TableName,
    },
    /// The stage is not what this run would publish.
    #[error("the stage cannot be published: {reason}")]
    NotStaged {
        /// What is missing.
        reason: String,
    },
    /// The operator asked to stop.
    #[error("stopped; what is finished stays in the stage")]
    Stopped,
}

impl Error {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Target(error) => return error.hint(),
            Self::Source(error) => return error.hint(),
            Self::NotEmpty { .. } => {
                "use an empty database, or drop these tables if their rows are not needed".to_owned()
            }
            Self::Differs { table, .. } => {
                format!("drop the empty table `{table}` (it is made again), or make schema.prisma and the target agree")
            }
            Self::NoRight { .. } => "grant it, or give a role that owns the database".to_owned(),
            Self::Encoding { .. } => "create the database with `encoding 'UTF8' template template0`".to_owned(),
            Self::Version { .. } => "use a newer server".to_owned(),
            Self::Refused { column, .. } => format!(
                "correct the value, or write a rule for column `{column}` (`as`, `on_invalid = \"null\" | \"quarantine\"`)"
            ),
            Self::Statement { source, .. } | Self::Copy { source, .. } => return server_hint(source),
            Self::Aside { .. } => "make room in the temporary directory".to_owned(),
            Self::NotStaged { .. } => "run the transfer again; it goes on where it stopped".to_owned(),
            Self::Stopped => "type the same again to go on".to_owned(),
            Self::Read { .. } | Self::OtherRows { .. } => "see `pragma integrity_check` of the source".to_owned(),
            Self::RowCount { .. } | Self::ReaderLost { .. } => return None,
        })
    }

    /// True when the operator's wish to stop ended the transfer.
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }
}

/// Appendix A of the PostgreSQL documentation: class 53 is insufficient resources, class 23 a violated constraint.
fn server_hint(source: &sqlx::Error) -> Option<String> {
    let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code)?;
    match code.as_ref() {
        "53100" => Some("make room on the server's disk, then type the same again: finished tables stay".to_owned()),
        "53300" => Some("allow more connections, or lower the number of sessions".to_owned()),
        "23503" => Some("rows refer to rows that are not there: see `orphans` in the table's rule".to_owned()),
        "23505" => Some("two rows have equal keys: the server's message names them".to_owned()),
        _ => autobot_db::explain(source),
    }
}

/// Ties a server's error to the statement that failed.
pub(crate) fn statement(doing: impl Into<String>) -> impl FnOnce(sqlx::Error) -> Error {
    let doing = doing.into();
    move |source| Error::Statement { doing, source }
}

fn name_counts(tables: &[(String, u64)]) -> String {
    const SHOWN_MAX: usize = 10;
    let mut shown: Vec<String> =
        tables.iter().take(SHOWN_MAX).map(|(table, rows)| format!("`{table}` has {rows} rows")).collect();
    if tables.len() > SHOWN_MAX {
        shown.push(format!("and {} more tables", tables.len() - SHOWN_MAX));
    }
    shown.join(", ")
}

/// Says in words how a table's rows are told apart, for places in errors.
pub(crate) fn key_words(key: &RowKey) -> &'static str {
    match key {
        RowKey::RowidColumn(_) => "rowid",
        RowKey::Columns(_) => "key",
        RowKey::None => "row number",
    }
}
