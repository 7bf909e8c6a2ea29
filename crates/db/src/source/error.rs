use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A source that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("there is no file `{}`", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// The file is not a plain SQLite database.
    #[error("`{}` is not a plain SQLite file: {reason}", path.display())]
    NotSqlite {
        /// The path as given.
        path: PathBuf,
        /// What it is instead.
        reason: String,
    },
    /// The file cannot be read.
    #[error("failed to {verb} `{}`", path.display())]
    File {
        /// What was being done.
        verb: &'static str,
        /// To what.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// SQLite finds the file damaged.
    #[error("`{}` is damaged: SQLite could not {verb} it", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What was being done.
        verb: &'static str,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// A writer keeps the file locked.
    #[error("`{}` is locked by another program", path.display())]
    Locked {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// SQLite fails otherwise.
    #[error("SQLite failed to {verb} `{}`", path.display())]
    Sqlite {
        /// What was being done.
        verb: &'static str,
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// Another program wrote to the file while it was read.
    #[error("`{}` was changed by another program while it was read", path.display())]
    Changed {
        /// The database.
        path: PathBuf,
    },
    /// Writers commit so often that no common snapshot could be taken.
    #[error("no quiet moment to take one snapshot of `{}`: another program keeps writing", path.display())]
    Busy {
        /// The database.
        path: PathBuf,
    },
}

impl SourceError {
    /// Names a failure of SQLite by what it means for the operator.
    pub fn from_sqlite(path: &Path, verb: &'static str, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, verb, source },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path, source },
            Some(ErrorCode::NotADatabase) => {
                let reason = "SQLite cannot read its pages; it may be encrypted (SQLCipher) or damaged".to_owned();
                Self::NotSqlite { path, reason }
            }
            _ => Self::Sqlite { verb, path, source },
        }
    }

    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Missing { .. } => "check the path; for AutoBOT it is server/prisma/dev.db under --app".to_owned(),
            Self::NotSqlite { .. } => "give the database file itself; decrypt an encrypted one first, load a dump with `sqlite3 new.db < dump.sql`".to_owned(),
            Self::Damaged { path, .. } => format!(
                "see `sqlite3 {0} \"pragma integrity_check\"`; salvage what can be read with `sqlite3 {0} .recover | sqlite3 salvaged.db` and migrate that",
                path.display()
            ),
            Self::Locked { .. } | Self::Busy { .. } => "stop the application (Ctrl-C in start_serv) and type the same again".to_owned(),
            Self::Changed { .. } => "nothing was lost; stop the writing program, or migrate a backup of the file".to_owned(),
            Self::File { .. } | Self::Sqlite { .. } => return None,
        })
    }
}
