use serde::{Deserialize, Serialize};

use crate::Lang;

/// What ran, on what, when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// The tool's version.
    pub tool_version: String,
    /// The command, without secrets: `autobot migrate`.
    pub command: String,
    /// When it began.
    pub started_at: String,
    /// When it ended; none while it goes on or when it was cut off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// The SQLite file.
    pub source: Source,
    /// The target without its password: `postgres://autobot:****@localhost:5432/autobot`.
    pub target: String,
    /// The earlier report that the target was held against, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
    /// What the server says of itself: `PostgreSQL 17.5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_version: Option<String>,
    /// Who provides the server: `embedded`, `local`, `docker`, `existing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The application's directory, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_dir: Option<String>,
    /// The work directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_dir: Option<String>,
    /// The language that the operator asked for.
    pub lang: Lang,
    /// Why the run ended before its end, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What the operator can do about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// A file that lists every row that was refused, one JSON object a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bad_rows: Option<String>,
    /// How long it took, in milliseconds; of a migration, the sum of its phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
}

/// The SQLite file that was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// Its path as the operator gave it.
    pub path: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// SHA-256 of the file that was read (the frozen copy, where there is one).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// How far one of the plan's six phases is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhaseReport {
    /// 1 to 6.
    pub number: u8,
    /// `prepare`, `provision`, `configure`, `migrate`, `verify`, `finish`.
    pub name: String,
    /// How far.
    pub state: PhaseState,
    /// When it ended, or failed; none when it has not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// How long it took, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
}

/// How far a phase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseState {
    /// Not begun.
    Pending,
    /// Begun, and cut off or still going on.
    Begun,
    /// Stopped by an error.
    Failed,
    /// Done.
    Done,
}
