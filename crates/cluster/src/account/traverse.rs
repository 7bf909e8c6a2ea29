//! Whether an account gets through to a folder.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::Account;
use crate::files;
use crate::{Error, Result};

/// Checks each existing folder from the root down to `path` for the right to pass through it.
///
/// What does not exist yet will be made by us, open. Only permission bits are read; an access list may still forbid,
/// which then shows when the program runs.
pub(super) fn check(path: &Path, account: &Account) -> Result<()> {
    let existing = path.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(path);
    let real = fs::canonicalize(existing).map_err(files::failed("look at", existing))?;
    let mut folders: Vec<&Path> = real.ancestors().collect();
    folders.reverse();
    for folder in folders {
        let metadata = fs::metadata(folder).map_err(files::failed("look at", folder))?;
        if metadata.is_dir() && !passes(&metadata, account) {
            return Err(Error::Unreachable {
                account: account.name.clone(),
                wanted: path.to_owned(),
                closed: folder.to_owned(),
                mode: metadata.mode() & 0o7777,
            });
        }
    }
    Ok(())
}

fn passes(metadata: &Metadata, account: &Account) -> bool {
    let bit = if metadata.uid() == account.uid {
        0o100
    } else if metadata.gid() == account.gid {
        0o010
    } else {
        0o001
    };
    metadata.mode() & bit != 0
}
