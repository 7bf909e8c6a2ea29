use serde::{Deserialize, Serialize};

/// A part of the work and its time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// Which: `backup`, `provision`, `assess`, `schema`, `load_rows`, `indexes`, `foreign_keys`, `sequences`, `prove`,
    /// `publish`, `verify`, `server`, `finish` have words in both languages; any other is shown as it is.
    pub name: String,
    /// How long it took, in seconds. Sections may overlap.
    pub seconds: f64,
    /// When it began, in seconds after the run began; where every section has it, the plot is a time line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub began: Option<f64>,
}

/// How far loading the rows was at one moment. Counts are totals since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sample {
    /// Milliseconds since loading began.
    pub ms: u64,
    /// Rows sent so far, of all tables.
    pub rows: u64,
    /// Bytes sent so far.
    pub bytes: u64,
}

/// One file of the backup.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackupFile {
    /// Where it is.
    pub path: String,
    /// What it is for, as the backup's manifest says: `database`, `environment`, `schema`, `migrations`, `sessions`,
    /// `dump`, `row_counts`, `export`; or `archive`, `postgres`.
    pub kind: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its SHA-256; none for a link or folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// Something carried out beside moving rows, which a line of the plan's checklists asks for. Only what was done, or was
/// found to be so already, is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Every artefact of the backup was read back and held against its checksum.
    BackupReadBack,
    /// PostgreSQL runs and answers. Evidence: its version.
    ServerRunning,
    /// The database is there. Evidence: its name.
    DatabaseReady,
    /// `schema.prisma` says `provider = "postgresql"`. Evidence: the file.
    SchemaProviderSet,
    /// `.env` points at PostgreSQL. Evidence: the file.
    EnvUrlSet,
    /// The migrations of SQLite are out of the way. Evidence: where they are now.
    OldMigrationsMoved,
    /// The first migration for PostgreSQL was written. Evidence: its folder.
    InitialMigrationWritten,
    /// The Prisma client was generated anew. Evidence: the command.
    ClientGenerated,
    /// The operator asked for a clean system, without the data (option A of the plan).
    WithoutData,
    /// The backup script was written. Evidence: the file.
    BackupScriptWritten,
    /// Files that schedule the backup were written, yet to be installed. Evidence: the files.
    BackupScheduleWritten,
    /// The backup is scheduled with the system: it will run by itself. Evidence: where.
    BackupScheduled,
    /// A backup of PostgreSQL was made and read back. Evidence: the file.
    PostgresBackupTaken,
    /// That backup was restored into a database of its own and counted there. Evidence: the file.
    PostgresBackupRestored,
    /// The application's README has the PostgreSQL page. Evidence: the file.
    ReadmeWritten,
    /// The SQLite file is in the archive. Evidence: where.
    SourceArchived,
}

/// One step of the way back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RollbackStep {
    /// What it does, in both languages; may be empty where the command says it.
    pub text: crate::Bilingual,
    /// The line to type, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}
