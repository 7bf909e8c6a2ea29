use std::fmt;
use std::sync::Arc;

use autobot_catalog::TableMap;

use crate::read::Witnesses;

/// How a transfer is done. Filled in by the caller; [`Options::for_cores`] gives what measured best.
#[derive(Clone)]
pub struct Options {
    /// Sessions of PostgreSQL that work at the same time (COPY, index builds).
    pub sessions_max: usize,
    /// Processes of the server that may help with an index of a large table.
    pub index_workers: u32,
    /// Which tables are loaded in batches.
    pub batches: Batches,
    /// Gather statistics in the stage, so that the first queries are planned well.
    pub analyze: bool,
    /// Called when a table's rows are committed in the stage, from the transfer's task: must return at once.
    pub on_loaded: Option<OnLoaded>,
    /// Who sees the rows of the source as they are read: the proof, which then need not read them again.
    pub witnesses: Option<Witnesses>,
    /// Run in the publishing transaction when everything is in place (Prisma's baseline).
    pub extra: Vec<ExtraSql>,
}

/// Tables that are loaded in batches, each committed with a mark of how far it is: a run that was cut off goes on there. A
/// table that is loaded whole is loaded again. Only tables with a rowid can be read so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batches {
    /// Tables of at least that many bytes, as estimated.
    pub from_bytes: u64,
    /// Bytes sent in a batch; the row that reaches them is its last.
    pub bytes: u64,
}

impl Batches {
    /// For tables that take longer than about a minute.
    pub const AUTO: Self = Self { from_bytes: 4 << 30, bytes: 256 << 20 };

    /// For no table.
    pub const NEVER: Self = Self { from_bytes: u64::MAX, bytes: u64::MAX };
}

/// Told of each table whose rows are committed in the stage.
pub type OnLoaded = Arc<dyn Fn(&TableMap) + Send + Sync>;

/// SQL of the caller's own that is published together with the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraSql {
    /// What it does, for errors: "write the Prisma baseline".
    pub doing: String,
    /// Statements, run with `search_path` set to the published schema.
    pub apply: String,
    /// Statements that take it back; must be safe to run twice.
    pub undo: String,
}

impl Options {
    /// Sessions and memory for a machine (server and client together) with that many cores.
    ///
    /// Measured on two cores: two sessions keep both busy with one large table; with many small ones each session waits
    /// for the disk at every table and index (the server syncs each new index file), so that four are faster. An index of a
    /// large table is sorted by as many processes as there are cores, up to four.
    pub fn for_cores(cores: usize) -> Self {
        Self {
            sessions_max: (2 * cores).clamp(2, 8),
            index_workers: u32::try_from(cores).map_or(3, |cores| cores.clamp(1, 4) - 1),
            batches: Batches::AUTO,
            analyze: true,
            on_loaded: None,
            witnesses: None,
            extra: Vec::new(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("sessions_max", &self.sessions_max)
            .field("index_workers", &self.index_workers)
            .field("batches", &self.batches)
            .field("analyze", &self.analyze)
            .field("on_loaded", &self.on_loaded.is_some())
            .field("witnesses", &self.witnesses.is_some())
            .field("extra", &self.extra)
            .finish()
    }
}
