use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the six phases of the plan of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Check and back up the source (plan section "Fase 1").
    Prepare,
    /// Have a server, a role and an empty database ("Fase 2").
    Provision,
    /// Point the application at PostgreSQL ("Fase 3").
    Configure,
    /// Create the schema and copy the rows ("Fase 4").
    Migrate,
    /// Compare both sides and try the application ("Fase 5").
    Verify,
    /// Tune, schedule backups, document, archive ("Fase 6").
    Finish,
}

/// A word or number that names no phase.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a phase: use 1 to 6, or prepare, provision, configure, migrate, verify, finish")]
pub struct UnknownPhase(pub String);

impl Phase {
    /// All phases in the order in which they run.
    pub const ALL: [Self; 6] =
        [Self::Prepare, Self::Provision, Self::Configure, Self::Migrate, Self::Verify, Self::Finish];

    /// The number that the plan gives the phase, 1 to 6.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The name used on the command line and in the journal.
    pub fn name(self) -> &'static str {
        ["prepare", "provision", "configure", "migrate", "verify", "finish"][self as usize]
    }

    /// The phase after this one, none after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Phase {
    type Err = UnknownPhase;

    fn from_str(text: &str) -> Result<Self, UnknownPhase> {
        Self::ALL
            .into_iter()
            .find(|phase| phase.name() == text || phase.number().to_string() == text)
            .ok_or_else(|| UnknownPhase(text.to_owned()))
    }
}
