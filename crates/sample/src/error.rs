//! What can go wrong while a sample is written.

use std::io;
use std::path::PathBuf;

/// Failure of [`make`](crate::make); the directory may hold part of a sample then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The directory already holds something; a sample never mixes with other files.
    #[error("`{path}` is not empty")]
    NotEmpty {
        /// The directory asked for.
        path: PathBuf,
    },
    /// Rows were asked for that belong to a bot, but no bots.
    #[error("{rows} rows were asked for, but no bots that they could belong to")]
    NoBots {
        /// Clients, messages and reminders asked for, together.
        rows: u64,
    },
    /// A directory could not be made or read.
    #[error("failed to prepare directory `{path}`")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A file or link could not be written.
    #[error("failed to write `{path}`")]
    Write {
        /// The file or link.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The database could not be made.
    #[error("failed to make database `{path}`")]
    Database {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
}

impl Error {
    /// What the operator may do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotEmpty { .. } => Some("name a directory that does not exist yet, or an empty one".into()),
            Self::NoBots { .. } => Some("ask for at least one bot".into()),
            Self::Directory { .. } | Self::Write { .. } | Self::Database { .. } => None,
        }
    }
}
