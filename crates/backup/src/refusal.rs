use std::fmt;

use crate::ForeignKeys;
use crate::Space;

/// One reason why no backup is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// SQLite finds the file damaged.
    Damaged {
        /// The lines of `integrity_check`.
        lines: Vec<String>,
    },
    /// Rows refer to nothing, and the options refuse that.
    Orphans(ForeignKeys),
    /// Another program has the database open for writing, and the options refuse that.
    Writer {
        /// Who: `node (pid 4711)`.
        who: String,
    },
    /// The disk of the backups is too full.
    Space(Space),
}

/// Every reason why no backup is made. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refusals {
    /// The reasons, at least one.
    pub reasons: Vec<Refusal>,
}

/// How many lines of `integrity_check` a message shows.
const LINES_SHOWN_MAX: usize = 10;

impl Refusal {
    /// True when the source itself is the reason (exit code 5), false when something is in the way (exit code 4).
    pub fn is_about_source(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::Orphans(_))
    }

    fn hint(&self) -> String {
        match self {
            Self::Damaged { .. } => {
                "salvage what can be read with `sqlite3 dev.db .recover | sqlite3 salvaged.db` and migrate that"
            }
            Self::Orphans(_) => "repair the rows, or allow them in the settings and choose there what they get",
            Self::Writer { .. } => "stop the application (Ctrl-C in start_serv) and type the same again",
            Self::Space(_) => "free some space, or name a backups folder on another disk",
        }
        .to_owned()
    }
}

impl Refusals {
    /// What the operator can do, one line for each reason.
    pub fn hint(&self) -> Option<String> {
        let hints: Vec<String> = self.reasons.iter().map(Refusal::hint).collect();
        (!hints.is_empty()).then(|| hints.join("\n"))
    }

    /// True when the source itself is a reason.
    pub fn is_about_source(&self) -> bool {
        self.reasons.iter().any(Refusal::is_about_source)
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, reason) in self.reasons.iter().enumerate() {
            write!(f, "{}{reason}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { lines } => {
                write!(f, "the database is damaged; integrity_check says:")?;
                for line in lines.iter().take(LINES_SHOWN_MAX) {
                    write!(f, "\n  {line}")?;
                }
                let more = lines.len().saturating_sub(LINES_SHOWN_MAX);
                if more > 0 { write!(f, "\n  and {more} lines more") } else { Ok(()) }
            }
            Self::Orphans(findings) => write!(f, "{findings}"),
            Self::Writer { who } => write!(f, "the database is open for writing in {who}"),
            Self::Space(space) => write!(
                f,
                "the disk of the backups has {} bytes free, the backup needs about {}",
                space.free_bytes, space.needed_bytes
            ),
        }
    }
}

impl fmt::Display for ForeignKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchecked { reason } => write!(f, "foreign_key_check could not be made: {reason}"),
            Self::Checked { orphans, first } => {
                write!(f, "{orphans} rows refer to nothing")?;
                for orphan in first {
                    let rowid =
                        orphan.rowid.map_or_else(|| "without rowid".to_owned(), |rowid| format!("rowid {rowid}"));
                    write!(
                        f,
                        "\n  `{}` {rowid} refers to `{}` (foreign key {})",
                        orphan.table, orphan.parent, orphan.fkid
                    )?;
                }
                Ok(())
            }
        }
    }
}
