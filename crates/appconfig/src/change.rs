use std::path::PathBuf;

use autobot_plan::Description;
use serde::{Deserialize, Serialize};

use crate::AppPath;
use crate::schema::SchemaEdits;

/// One effect on the application's files. Holds no secret: the database's URL is shown without its password, and the
/// executor is given it apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Sets the database's URL in `.env`; every other byte stays.
    SetDatabaseUrl {
        /// The `.env` file.
        file: AppPath,
        /// The key, usually `DATABASE_URL`.
        key: String,
        /// The URL without its password.
        url: String,
        /// What changes, secrets covered.
        diff: Vec<String>,
    },
    /// Makes `.env.example`, or sets the URL in it.
    WriteEnvExample {
        /// The file.
        file: AppPath,
        /// The `.env` file that gives its structure.
        env: AppPath,
        /// The key.
        key: String,
        /// The example's URL, which holds no secret.
        url: String,
        /// What changes.
        diff: Vec<String>,
    },
    /// Edits one file of the Prisma schema.
    EditSchema {
        /// The file.
        file: AppPath,
        /// All files of the schema: it is read as a whole.
        files: Vec<AppPath>,
        /// What is asked of the schema.
        edits: SchemaEdits,
        /// What changes.
        diff: Vec<String>,
    },
    /// Moves something out of the way, into the run's backup.
    MoveAside {
        /// From where.
        from: AppPath,
        /// To where.
        to: PathBuf,
        /// What it is.
        what: Moved,
    },
    /// Writes a file whose text is given.
    WriteFile {
        /// The file.
        file: AppPath,
        /// What it is, in words.
        what: String,
        /// Its text.
        text: String,
        /// True for a script.
        executable: bool,
    },
    /// Generates the Prisma client anew.
    GenerateClient {
        /// Where the command is run.
        folder: AppPath,
        /// Program and arguments.
        command: Vec<String>,
        /// The schema's files.
        schema: Vec<AppPath>,
        /// Folders that the client is generated into.
        generated: Vec<AppPath>,
        /// Those of them that were not there when this was planned.
        absent_before: Vec<AppPath>,
        /// The longest time it may take, in milliseconds.
        timeout_ms: u64,
        /// True when a failure stops the run; else it is a warning with the line to type.
        required: bool,
    },
    /// Writes our section of the README, between markers.
    WriteSection {
        /// The README.
        file: AppPath,
        /// The section's text.
        section: String,
        /// What changes.
        diff: Vec<String>,
    },
    /// Archives the SQLite file with what belongs to it (`-wal`, `-shm`, `-journal`).
    ArchiveDatabase {
        /// The SQLite file.
        from: AppPath,
        /// Its place in the archive.
        to: AppPath,
        /// By moving or copying.
        how: ArchiveBy,
    },
}

/// What is moved aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// The migrations of SQLite.
    Migrations,
    /// A generated client.
    GeneratedClient,
    /// The package `@prisma/client`, which `npm ci` installs again.
    ClientPackage,
}

/// How the SQLite file is archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveBy {
    /// It leaves its place: nothing can write to it by mistake.
    Move,
    /// It stays where it is too.
    Copy,
}

impl Moved {
    fn words(self) -> &'static str {
        match self {
            Self::Migrations => "the SQLite migrations",
            Self::GeneratedClient => "the generated Prisma client",
            Self::ClientPackage => "the package @prisma/client",
        }
    }
}

impl autobot_plan::Change for Change {
    fn id(&self) -> String {
        match self {
            Self::SetDatabaseUrl { file, .. } => format!("set-database-url {file}"),
            Self::WriteEnvExample { file, .. } => format!("write-env-example {file}"),
            Self::EditSchema { file, .. } => format!("edit-schema {file}"),
            Self::MoveAside { from, .. } => format!("move-aside {from}"),
            Self::WriteFile { file, .. } => format!("write-file {file}"),
            Self::GenerateClient { folder, .. } => format!("generate-client {folder}"),
            Self::WriteSection { file, .. } => format!("write-section {file}"),
            Self::ArchiveDatabase { from, .. } => format!("archive-database {from}"),
        }
    }

    fn describe(&self) -> Description {
        let with = |title: String, detail: &[String]| Description { title, detail: detail.to_vec() };
        match self {
            Self::SetDatabaseUrl { file, key, url, diff } => with(format!("Set {key} in {file} to {url}"), diff),
            Self::WriteEnvExample { file, diff, .. } => with(format!("Write {file} without secrets"), diff),
            Self::EditSchema { file, diff, .. } => with(format!("Edit {file} for PostgreSQL"), diff),
            Self::MoveAside { from, to, what } => {
                with(format!("Move {} ({from}) to the run's backup", what.words()), &[format!("to {}", to.display())])
            }
            Self::WriteFile { file, what, text, .. } => {
                with(format!("Write {what} {file}"), &[format!("{} lines, {} bytes", text.lines().count(), text.len())])
            }
            Self::GenerateClient { folder, command, .. } => {
                let place = if folder.shown.is_empty() { "." } else { &folder.shown };
                with(format!("Generate the Prisma client in {place}"), &[command.join(" ")])
            }
            Self::WriteSection { file, diff, .. } => with(format!("Write the PostgreSQL section of {file}"), diff),
            Self::ArchiveDatabase { from, to, how: ArchiveBy::Move } => {
                Description::line(format!("Archive {from} as {to}"))
            }
            Self::ArchiveDatabase { from, to, how: ArchiveBy::Copy } => {
                Description::line(format!("Copy {from} to the archive as {to}"))
            }
        }
    }
}
