use std::path::{Path, PathBuf};

use autobot_plan::files::FileError;
use serde::{Deserialize, Serialize};

use super::SourceState;
use crate::{BackupError, Paths, trees};

/// What a backup needs, and what the disk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Estimated for everything that is not written yet, in bytes.
    pub needed_bytes: u64,
    /// Free for this user on the disk of the backups.
    pub free_bytes: u64,
    /// Files in the sessions folder.
    pub session_files: u64,
    /// Their bytes.
    pub session_bytes: u64,
}

/// Room for the manifest and the like, in bytes.
const MARGIN_BYTES: u64 = 16 * 1024 * 1024;

/// Looks at the disk that holds `root`, which may not exist yet. `kept_bytes` of a run that goes on are not needed again.
pub(super) fn look(paths: &Paths, root: &Path, state: &SourceState, kept_bytes: u64) -> Result<Space, BackupError> {
    let folder = nearest(root);
    let free_bytes = fs4::available_space(&folder).map_err(FileError::new("look for free space at", &folder))?;
    let measure = |path: &Option<PathBuf>| path.as_deref().map_or(Ok((0, 0)), trees::measure);
    let (session_files, session_bytes) = measure(&paths.sessions)?;
    let (_, schema) = measure(&paths.schema)?;
    let (_, migrations) = measure(&paths.migrations)?;
    let database = state.size_bytes + state.wal_bytes;
    // The SQL text of a database without large blobs is as long as the database, give or take a tenth.
    let dump = database + database / 8;
    let needed = database + dump + session_bytes + schema + migrations;
    let needed_bytes = needed.saturating_sub(kept_bytes) + MARGIN_BYTES;
    Ok(Space { needed_bytes, free_bytes, session_files, session_bytes })
}

/// The folder itself or its nearest ancestor that exists.
fn nearest(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.ancestors().find(|ancestor| ancestor.is_dir()).unwrap_or(Path::new(".")).to_owned()
}
