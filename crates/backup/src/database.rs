//! The consistent copy of the database, from which everything else is made.

pub(crate) mod checks;
mod header;
mod pages;
mod proof;
mod taken;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use autobot_db::{Source, SourceError};
use autobot_plan::Scope;
use autobot_plan::files::{self, FileError};

use crate::artefact::{mode_of, set_mode};
use crate::facts::SourceState;
use crate::run_folder::remove;
use crate::{Artefact, BackupError, Kind};

use taken::Against;

/// How often a copy is made anew when somebody writes to a file that was at rest.
const TRIES_MAX: u32 = 3;

/// How often a database is tried to be opened.
const OPEN_TRIES_MAX: u32 = 100;

/// Pause between tries: a commit takes some milliseconds.
const OPEN_PAUSE: Duration = Duration::from_millis(7);

/// A checked copy.
pub(crate) struct Copied {
    pub(crate) artefact: Artefact,
    /// The state of the source that the copy holds.
    pub(crate) state: SourceState,
    pub(crate) notes: Vec<String>,
}

/// Copies the database `path` to `folder/name` and proves the copy.
///
/// The source stands still only while its pages are copied and read; what proves the copy is made of the copy alone,
/// so that the application does not wait for it. A source without `-wal` gives a copy with the same bytes, which two
/// hashes show; `sound` is the state in which the source passed `integrity_check`, and with the same bytes in the same
/// state the copy passes it too. Any other copy gets its own `integrity_check`, and its row counts are compared with
/// those of the snapshot.
pub(crate) fn copy(
    path: &Path,
    folder: &Path,
    name: &str,
    sound: &SourceState,
    scope: &Scope<'_>,
) -> Result<Copied, BackupError> {
    let partial = folder.join(format!("{name}.partial"));
    let mut tries = 0;
    let mut against = Against::Bytes;
    let (taken, proof) = loop {
        tries += 1;
        remove(&partial)?;
        let taken = match taken::take(path, &partial, against, scope) {
            Err(BackupError::Source(SourceError::Changed { .. })) if tries < TRIES_MAX => continue,
            taken => taken?,
        };
        match proof::prove(&partial, &taken, sound, scope)? {
            Some(proof) => break (taken, proof),
            // The file holds more than its pages, such as room that was allocated ahead.
            None => against = Against::Rows,
        }
    };
    let metadata = fs::metadata(path).map_err(FileError::new("look at", path))?;
    let mode = mode_of(&metadata);
    set_mode(&partial, mode).map_err(FileError::new("set the mode of", &partial))?;
    fs::rename(&partial, folder.join(name)).map_err(FileError::new("rename", &partial))?;
    files::sync_folder(folder)?;
    let artefact = Artefact::file(name, Kind::Database, proof.hash, &taken.state.path);
    let notes = vec![proof.note.to_owned()];
    Ok(Copied { artefact: Artefact { mode, ..artefact }, state: taken.state, notes })
}

/// Opens a database that another program may be writing to: in the moment of a commit it cannot be opened.
pub(crate) fn open_live(path: &Path) -> Result<Source, SourceError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match Source::open(path) {
            Err(SourceError::Changed { .. } | SourceError::Locked { .. }) if tries < OPEN_TRIES_MAX => {
                thread::sleep(OPEN_PAUSE);
            }
            opened => return opened,
        }
    }
}
