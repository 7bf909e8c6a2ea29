use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use autobot_catalog::{Evidence, Migration, Severity, SourceCatalog};
use autobot_db::Source;
use autobot_prisma::Schema;
use rusqlite::Connection;

use crate::Result;

/// Connections that the transfer reads through.
pub const READERS: usize = 2;

/// What looking found and what was decided.
pub struct Looked {
    /// The source, open.
    pub source: Arc<Source>,
    /// What SQLite says.
    pub catalog: SourceCatalog,
    /// What the pass over every value found; empty when nothing was assessed.
    pub evidence: Evidence,
    /// What was decided.
    pub migration: Arc<Migration>,
    /// The application's schema.prisma.
    pub prisma: Option<Schema>,
    /// How long looking took, in milliseconds.
    pub took_ms: u64,
    /// Read transactions of one snapshot: the assessment, the transfer and the proof see the same state, whatever
    /// another program writes meanwhile.
    pub snapshot: Mutex<Vec<Connection>>,
}

impl Looked {
    /// True when nothing stands against the migration.
    pub fn is_clear(&self) -> bool {
        self.migration.findings.iter().all(|finding| finding.severity < Severity::Problem)
    }

    /// The path of the source.
    pub fn path(&self) -> PathBuf {
        self.source.path().to_owned()
    }

    /// A connection of the snapshot; one of its own where the source is a file at rest and none is left.
    pub fn lend(&self) -> Result<Connection> {
        let lent = self.snapshot.lock().ok().and_then(|mut snapshot| snapshot.pop());
        lent.map_or_else(|| Ok(self.source.connect()?), Ok)
    }

    /// Several connections.
    pub fn lend_many(&self, count: usize) -> Result<Vec<Connection>> {
        (0..count).map(|_| self.lend()).collect()
    }

    /// Takes a connection back for the next reader.
    pub fn give_back(&self, connection: Connection) {
        if let Ok(mut snapshot) = self.snapshot.lock() {
            snapshot.push(connection);
        }
    }
}
