use std::path::{Path, PathBuf};

use autobot_plan::{Description, Timestamp};
use serde::{Deserialize, Serialize};

use crate::run_folder::RunFolder;
use crate::{Artefact, Kind, SessionChanges, SourceState, TableExport};

/// One effect of phase 1. `folder` is always the folder of the finished backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Remove what a run that was cut off left behind, when it is about another state of the source.
    ClearLeftover {
        /// The folder that it would have made.
        folder: PathBuf,
    },
    /// Make the folder of the run.
    Begin {
        /// The folder.
        folder: PathBuf,
        /// When the run began.
        started: Timestamp,
        /// The state of the source when it was looked at.
        source: SourceState,
    },
    /// Copy the database through SQLite's backup API and check the copy.
    CopyDatabase {
        /// The folder.
        folder: PathBuf,
        /// The state of the source when it was found sound.
        source: SourceState,
        /// Name of the copy.
        name: String,
    },
    /// Copy one file, byte for byte.
    CopyFile {
        /// The folder.
        folder: PathBuf,
        /// What it is for.
        kind: Kind,
        /// The file.
        origin: PathBuf,
        /// Name of the copy.
        name: String,
    },
    /// Copy a folder, byte for byte.
    CopyTree {
        /// The folder.
        folder: PathBuf,
        /// What it is for; of a schema folder only `*.prisma` files are copied.
        kind: Kind,
        /// The folder to copy.
        origin: PathBuf,
        /// Name of the copy.
        name: String,
    },
    /// Archive the sessions folder.
    ArchiveSessions {
        /// The folder.
        folder: PathBuf,
        /// The sessions folder.
        origin: PathBuf,
        /// Name of the archive.
        name: String,
        /// What files that change meanwhile get.
        changes: SessionChanges,
    },
    /// Write the database as SQL, from the copy.
    Dump {
        /// The folder.
        folder: PathBuf,
        /// Name of the dump.
        name: String,
    },
    /// Count the rows of every table, in the copy.
    CountRows {
        /// The folder.
        folder: PathBuf,
    },
    /// Write some columns of a table as JSON, from the copy.
    Export {
        /// The folder.
        folder: PathBuf,
        /// What and where.
        export: TableExport,
    },
    /// Write the manifest and give the folder its name.
    Seal {
        /// The folder.
        folder: PathBuf,
    },
}

impl Change {
    /// The folder of the finished backup.
    pub fn folder(&self) -> &Path {
        match self {
            Self::ClearLeftover { folder }
            | Self::Begin { folder, .. }
            | Self::CopyDatabase { folder, .. }
            | Self::CopyFile { folder, .. }
            | Self::CopyTree { folder, .. }
            | Self::ArchiveSessions { folder, .. }
            | Self::Dump { folder, .. }
            | Self::CountRows { folder }
            | Self::Export { folder, .. }
            | Self::Seal { folder } => folder,
        }
    }

    /// The part of the id after the name of the run.
    pub(crate) fn own_id(&self) -> String {
        match self {
            Self::ClearLeftover { .. } => "clear".to_owned(),
            Self::Begin { .. } => "begin".to_owned(),
            Self::CopyDatabase { .. } => Kind::Database.name().to_owned(),
            Self::CopyFile { kind, .. } | Self::CopyTree { kind, .. } => kind.name().to_owned(),
            Self::ArchiveSessions { .. } => Kind::Sessions.name().to_owned(),
            Self::Dump { .. } => Kind::Dump.name().to_owned(),
            Self::CountRows { .. } => Kind::RowCounts.name().to_owned(),
            Self::Export { export, .. } => export_id(&export.file),
            Self::Seal { .. } => "seal".to_owned(),
        }
    }

    fn title(&self) -> String {
        match self {
            Self::ClearLeftover { folder } => format!("Remove what the cut-off run {} left", shown(folder)),
            Self::Begin { folder, .. } => format!("Make the folder {}", shown(folder)),
            Self::CopyDatabase { source, name, .. } => format!("Copy {} to {name}", shown(&source.path)),
            Self::CopyFile { origin, name, .. } => format!("Copy {} to {name}", shown(origin)),
            Self::CopyTree { origin, name, .. } => format!("Copy the folder {} to {name}", shown(origin)),
            Self::ArchiveSessions { origin, name, .. } => format!("Archive {} as {name}", shown(origin)),
            Self::Dump { name, .. } => format!("Write the database as SQL to {name}"),
            Self::CountRows { .. } => "Count the rows of all tables".to_owned(),
            Self::Export { export, .. } => {
                format!("Export {} of {} to {}", export.columns.join(", "), export.table, export.file)
            }
            Self::Seal { folder } => format!("Write the manifest of {}", shown(folder)),
        }
    }
}

impl autobot_plan::Change for Change {
    fn id(&self) -> String {
        format!("{}/{}", RunFolder::new(self.folder()).name(), self.own_id())
    }

    fn describe(&self) -> Description {
        Description::line(self.title())
    }
}

/// The own id of the change that made an artefact.
pub(crate) fn id_of(artefact: &Artefact) -> String {
    if artefact.kind == Kind::Export { export_id(&artefact.path) } else { artefact.kind.name().to_owned() }
}

fn export_id(file: &str) -> String {
    format!("export.{file}")
}

fn shown(path: &Path) -> String {
    format!("`{}`", path.display())
}
