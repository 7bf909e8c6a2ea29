//! The manifest beside a backup, written last: a backup without one was not finished by us.

use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::Timestamp;
use autobot_plan::files::{self, FileError};
use serde::{Deserialize, Serialize};

use super::Scan;
use crate::Result;

/// The version of the manifest that this code writes.
const FORMAT: u32 = 1;

/// What a backup is and holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The manifest's format.
    pub format: u32,
    /// The backup's file name.
    pub file: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The target, without its password.
    pub target: String,
    /// The file's size in bytes.
    pub size: u64,
    /// The file's SHA-256.
    pub sha256: String,
    /// The size of the SQL text in bytes.
    pub sql_bytes: u64,
    /// Rows of each table.
    pub tables: Vec<TableRows>,
    /// When it was last restored to see that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored_at: Option<Timestamp>,
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRows {
    /// The table, with its schema.
    pub table: String,
    /// Its rows.
    pub rows: u64,
}

/// The manifest's path of a backup.
pub fn manifest_path(backup: &Path) -> PathBuf {
    let mut name = backup.file_name().unwrap_or_default().to_owned();
    name.push(".manifest.json");
    backup.with_file_name(name)
}

impl Manifest {
    /// The manifest of a backup that was read back.
    pub(super) fn of(backup: &Path, at: Timestamp, target: String, scan: &Scan) -> Self {
        let rows =
            |(table, rows): (&autobot_db::QualifiedName, &u64)| TableRows { table: table.to_string(), rows: *rows };
        Self {
            format: FORMAT,
            file: backup.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            at,
            target,
            size: scan.size,
            sha256: scan.sha256.clone(),
            sql_bytes: scan.sql_bytes,
            tables: scan.tables.iter().map(rows).collect(),
            restored_at: None,
        }
    }

    /// Reads the manifest of a backup; none when there is none that can be understood.
    pub fn read(backup: &Path) -> Option<Self> {
        let text = fs::read_to_string(manifest_path(backup)).ok()?;
        serde_json::from_str(&text).ok().filter(|manifest: &Self| manifest.format == FORMAT)
    }

    pub(super) fn write(&self, backup: &Path) -> Result<()> {
        let path = manifest_path(backup);
        let invalid = |error| FileError::new("write", &path)(std::io::Error::other::<serde_json::Error>(error));
        let text = serde_json::to_string_pretty(self).map_err(invalid)?;
        files::replace(&path, format!("{text}\n").as_bytes(), 0o600)?;
        Ok(())
    }
}
