use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::BackupError;

/// One file, link or folder of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artefact {
    /// Where it is inside the folder of the backup, parts joined by `/`.
    pub path: String,
    /// What it is for.
    pub kind: Kind,
    /// What it is on disk.
    #[serde(flatten)]
    pub form: Form,
    /// Permission bits of what it was copied from (Unix).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<u32>,
    /// What it was copied or made from.
    pub origin: String,
}

/// What an artefact is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The consistent copy of the database.
    Database,
    /// The application's `.env`.
    Environment,
    /// `schema.prisma`, or a file of a schema folder.
    Schema,
    /// A file of the migrations folder.
    Migrations,
    /// The archive of the WhatsApp sessions.
    Sessions,
    /// The database as SQL.
    Dump,
    /// The row counts of all tables.
    RowCounts,
    /// Columns of a table as JSON.
    Export,
}

/// What an artefact is on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Form {
    /// A file.
    File {
        /// Its length.
        size_bytes: u64,
        /// Lowercase hexadecimal.
        sha256: String,
    },
    /// A symbolic link.
    Link {
        /// Where it points, as it is written in the link.
        target: String,
    },
    /// A folder.
    Folder,
}

impl Artefact {
    /// A file of the backup.
    pub(crate) fn file(path: &str, kind: Kind, (size_bytes, sha256): (u64, String), origin: &Path) -> Self {
        let origin = origin.to_string_lossy().into_owned();
        Self { path: path.to_owned(), kind, form: Form::File { size_bytes, sha256 }, mode: None, origin }
    }

    /// A file made from the copy of the database, which is in the same folder: named as such, since the folder is
    /// renamed when the backup is whole.
    pub(crate) fn derived(path: &str, kind: Kind, hashed: (u64, String), copy: &Path) -> Self {
        Self::file(path, kind, hashed, Path::new(copy.file_name().unwrap_or_default()))
    }

    /// Where the artefact is when its backup is in `folder`.
    pub fn located(&self, folder: &Path) -> PathBuf {
        self.path.split('/').fold(folder.to_owned(), |path, part| path.join(part))
    }

    /// Size of a file, zero of anything else, in bytes.
    pub fn size_bytes(&self) -> u64 {
        if let Form::File { size_bytes, .. } = self.form { size_bytes } else { 0 }
    }

    /// True when something of the right form and size is there; says nothing about its content.
    pub fn is_present(&self, folder: &Path) -> bool {
        let Ok(metadata) = std::fs::symlink_metadata(self.located(folder)) else { return false };
        match &self.form {
            Form::File { size_bytes, .. } => metadata.is_file() && metadata.len() == *size_bytes,
            Form::Link { .. } => metadata.is_symlink(),
            Form::Folder => metadata.is_dir(),
        }
    }
}

impl Kind {
    /// The word used in ids and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Environment => "environment",
            Self::Schema => "schema",
            Self::Migrations => "migrations",
            Self::Sessions => "sessions",
            Self::Dump => "dump",
            Self::RowCounts => "row_counts",
            Self::Export => "export",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The path as text with `/` between its parts; a name that is not UTF-8 is an error.
pub(crate) fn slashed(path: &Path) -> Result<String, BackupError> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| BackupError::NotUtf8 { path: path.to_owned() })
}

/// Permission bits, on Unix.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "Windows has none")]
pub(crate) fn mode_of(metadata: &std::fs::Metadata) -> Option<u32> {
    Some(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777)
}

/// Permission bits, on Unix.
#[cfg(not(unix))]
pub(crate) fn mode_of(_metadata: &std::fs::Metadata) -> Option<u32> {
    None
}

/// Gives a file or folder its permission bits, where the system has any.
pub(crate) fn set_mode(path: &Path, mode: Option<u32>) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(mode) = mode {
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        return std::fs::set_permissions(path, permissions);
    }
    let _ = (path, mode);
    Ok(())
}
