//! What looking found. Nothing is written.

mod holders;
mod previous;
mod soundness;
mod space;
mod state;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use autobot_db::SourceError;
use autobot_plan::Timestamp;
use serde::Serialize;

pub use holders::Holder;
pub use previous::{CutOff, Previous};
pub use soundness::{ForeignKeys, Orphan, Soundness};
pub use space::Space;
pub use state::SourceState;
pub(crate) use state::{beside, modified_ns};

use crate::blocking::blocking;
use crate::database::open_live;
use crate::{BackupError, Kind, Paths, TableRows};

/// Everything that the plan of a backup depends on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// What was asked for.
    pub paths: Paths,
    /// The folder that holds the backups; may not exist yet.
    pub root: PathBuf,
    /// When this was found; becomes the name of a new backup.
    pub looked_at: Timestamp,
    /// What tells one state of the source from another.
    pub state: SourceState,
    /// `delete`, `wal`, …
    pub journal_mode: String,
    /// What SQLite's own checks say.
    pub soundness: Soundness,
    /// Every table with its number of rows.
    pub tables: Vec<TableRows>,
    /// Columns of every table, for the exports.
    #[serde(skip)]
    pub columns: Vec<(String, Vec<String>)>,
    /// Programs that have the database open.
    pub holders: Vec<Holder>,
    /// Needed against free.
    pub space: Space,
    /// What of [`Paths`] is on disk besides the database.
    pub present: BTreeSet<Kind>,
    /// True when the schema is a folder of `*.prisma` files.
    pub schema_is_folder: bool,
    /// The newest complete backup of this very state that holds all that is present.
    pub previous: Option<Previous>,
    /// Runs that were cut off.
    pub cut_off: Vec<CutOff>,
    /// Names in the root that no new backup may take.
    pub taken: BTreeSet<String>,
}

impl Facts {
    /// Looks at the source, its surroundings and the backups made so far.
    ///
    /// Reads the whole database (`integrity_check`); damage that can be described is a fact, not an error.
    /// Errors: a source that cannot be opened at all, and folders that cannot be read.
    #[expect(clippy::unused_async, reason = "looking is async in every acting crate; here it reads files")]
    pub async fn gather(paths: &Paths, backups_root: &Path) -> Result<Self, BackupError> {
        blocking(|| Self::look(paths, backups_root))
    }

    fn look(paths: &Paths, root: &Path) -> Result<Self, BackupError> {
        let state = SourceState::look(&paths.database)?;
        let Read { soundness, tables, journal_mode, columns } = Read::of(&paths.database)?;
        let present = present(paths);
        let runs = previous::look(root, &state, &present)?;
        let kept_bytes = runs.cut_off.iter().filter(|run| run.goes_on).map(|run| run.done_bytes).sum();
        Ok(Self {
            space: space::look(paths, root, &state, kept_bytes)?,
            holders: holders::look(&paths.database),
            schema_is_folder: paths.schema.as_ref().is_some_and(|path| path.is_dir()),
            paths: paths.clone(),
            root: root.to_owned(),
            looked_at: Timestamp::now(),
            state,
            journal_mode,
            soundness,
            tables,
            columns,
            present,
            previous: runs.previous,
            cut_off: runs.cut_off,
            taken: runs.taken,
        })
    }
}

/// How often a source is read anew that was at rest when it was opened and then written to.
const READ_TRIES_MAX: u32 = 3;

/// What reading the source found.
struct Read {
    soundness: Soundness,
    tables: Vec<TableRows>,
    journal_mode: String,
    columns: soundness::Columns,
}

impl Read {
    fn of(database: &Path) -> Result<Self, SourceError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match Self::once(database) {
                Err(SourceError::Changed { .. }) if tries < READ_TRIES_MAX => {}
                read => return read,
            }
        }
    }

    fn once(database: &Path) -> Result<Self, SourceError> {
        let source = open_live(database)?;
        let (journal_mode, columns) = soundness::shape(&source)?;
        let (soundness, tables) = soundness::check(&source)?;
        Ok(Self { soundness, tables, journal_mode, columns })
    }
}

fn present(paths: &Paths) -> BTreeSet<Kind> {
    let named = [
        (Kind::Environment, &paths.env),
        (Kind::Schema, &paths.schema),
        (Kind::Migrations, &paths.migrations),
        (Kind::Sessions, &paths.sessions),
    ];
    let there = |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.exists());
    named.into_iter().filter(|(_, path)| there(path)).map(|(kind, _)| kind).collect()
}
