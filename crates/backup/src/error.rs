use std::io;
use std::path::{Path, PathBuf};

use autobot_db::{InvalidName, SourceError};
use autobot_plan::files::FileError;

use crate::{FORMAT, Refusals};

/// A backup that could not be planned, made, found or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The facts forbid a backup; every reason is named.
    #[error(transparent)]
    Refused(#[from] Refusals),
    /// The source, or the copy of it, cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file operation failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// SQLite fails on a file of the backup.
    #[error("SQLite failed to {verb} `{}`", path.display())]
    Sqlite {
        /// What was being done.
        verb: &'static str,
        /// To what.
        path: PathBuf,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// A name in the schema or in the settings cannot be an identifier.
    #[error("a table or column cannot be named")]
    Name(#[from] InvalidName),
    /// The copy of the database is not sound although the source was.
    #[error("the copy `{}` is not sound: {}", path.display(), lines.join("; "))]
    CopyDamaged {
        /// The copy.
        path: PathBuf,
        /// What `integrity_check` says.
        lines: Vec<String>,
    },
    /// The copy of the database holds another number of rows than the source.
    #[error("the copy of table `{table}` holds {copied:?} rows, the source {source_rows:?}")]
    CopyRows {
        /// The table.
        table: String,
        /// Rows of the source.
        source_rows: Option<u64>,
        /// Rows of the copy.
        copied: Option<u64>,
    },
    /// What was read back is not what was written.
    #[error("`{}` does not hold what was written into it: {what}", path.display())]
    ReadBack {
        /// The artefact.
        path: PathBuf,
        /// Where it differs, without any value.
        what: String,
    },
    /// Files of the sessions folder kept changing, and the options ask for a still one.
    #[error("{} files of `{}` changed while they were archived, the first is `{}`", paths.len(), folder.display(), paths.first().map(String::as_str).unwrap_or_default())]
    SessionsChanged {
        /// The sessions folder.
        folder: PathBuf,
        /// Paths inside it.
        paths: Vec<String>,
    },
    /// An archive or dump cannot be read as one.
    #[error("failed to {verb} `{}`", path.display())]
    Stream {
        /// What was being done.
        verb: &'static str,
        /// To what.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A manifest, or the notes of a run under way, cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// Written by a newer program.
    #[error("`{}` has format {found}, this program reads up to {FORMAT}", path.display())]
    Format {
        /// The manifest.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// A file name that no manifest can hold.
    #[error("the name of `{}` is not UTF-8", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },
    /// A folder that should be taken away was not made by this program.
    #[error("`{}` is not a folder of a backup run; it is left alone", path.display())]
    NotOurs {
        /// The folder.
        path: PathBuf,
    },
    /// An artefact of a backup is gone or was changed since.
    #[error("`{}` is not what the manifest says: {what}", path.display())]
    Spoilt {
        /// The artefact.
        path: PathBuf,
        /// In what way.
        what: String,
    },
    /// The backup holds nothing of the kind asked for.
    #[error("the backup `{}` holds no {kind}", folder.display())]
    NoSuchArtefact {
        /// The backup.
        folder: PathBuf,
        /// What was asked for.
        kind: String,
    },
    /// An earlier step of the run is missing.
    #[error("the run `{}` has no copy of the database yet", folder.display())]
    NoCopy {
        /// The folder of the run.
        folder: PathBuf,
    },
    /// The operator asked to stop.
    #[error("stopped while writing `{}`", path.display())]
    Stopped {
        /// The artefact that was not finished.
        path: PathBuf,
    },
}

impl BackupError {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Refused(refusals) => return refusals.hint(),
            Self::Source(error) => return error.hint(),
            Self::File(error) if is_full(&error.source) => full(&error.path),
            Self::Stream { path, source, .. } if is_full(source) => full(path),
            Self::Sqlite { path, source, .. } if source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => {
                full(path)
            }
            Self::CopyDamaged { .. } | Self::CopyRows { .. } | Self::ReadBack { .. } => {
                "the disk or the memory may be failing; look at the system's log, then type the same again".to_owned()
            }
            Self::SessionsChanged { .. } => "stop the bot (Ctrl-C in start_serv) and type the same again".to_owned(),
            Self::Spoilt { .. } => "take another backup from the same folder, or the live files".to_owned(),
            Self::Stopped { .. } => "type the same again to go on".to_owned(),
            Self::Format { .. } => "use the newer autobot that wrote it".to_owned(),
            Self::NotOurs { path } => format!("move `{}` elsewhere", path.display()),
            _ => return None,
        })
    }

    /// Ties a failure of SQLite to a file of the backup.
    pub(crate) fn sqlite(verb: &'static str, path: &Path) -> impl Fn(rusqlite::Error) -> Self + Copy {
        move |source| Self::Sqlite { verb, path: path.to_owned(), source }
    }

    /// Ties a failure of a stream to its file.
    pub(crate) fn stream(verb: &'static str, path: &Path) -> impl Fn(io::Error) -> Self + Copy {
        move |source| Self::Stream { verb, path: path.to_owned(), source }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

fn full(path: &Path) -> String {
    format!("free some space on the disk of `{}`, then type the same again to go on", path.display())
}
