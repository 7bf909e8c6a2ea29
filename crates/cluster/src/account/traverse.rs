//! Whether an account gets through to a folder, and letting it.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Account, Runner, acl};
use crate::files;
use crate::{Error, Result};

/// The folders from the root down to `path` that the account cannot pass through.
///
/// The first is found by trying, which access lists and the like cannot fool; those below it by their permission bits,
/// since nobody gets that far yet. What does not exist will be made by us.
pub(super) fn closed(path: &Path, account: &Account) -> Result<Vec<PathBuf>> {
    let existing = path.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(path);
    let real = fs::canonicalize(existing).map_err(files::failed("look at", existing))?;
    let folder = if real.is_dir() { real.as_path() } else { files::parent(&real) };
    if enters(folder, account)? {
        return Ok(Vec::new());
    }
    let mut folders: Vec<&Path> = folder.ancestors().collect();
    folders.reverse();
    let mut closed = Vec::new();
    for folder in folders {
        let is_closed = if closed.is_empty() {
            !enters(folder, account)?
        } else {
            !passes(&fs::metadata(folder).map_err(files::failed("look at", folder))?, account)
        };
        if is_closed {
            closed.push(folder.to_owned());
        }
    }
    Ok(closed)
}

/// Refuses a path that the account cannot reach, naming the folder that is closed.
pub(super) fn check(path: &Path, account: &Account) -> Result<()> {
    match closed(path, account)?.into_iter().next() {
        None => Ok(()),
        Some(first) => Err(unreachable(path, account, first)),
    }
}

/// Lets the account through to a path: search, nothing else, for it alone.
pub(super) fn open(path: &Path, account: &Account) -> Result<()> {
    for _ in path.ancestors() {
        let Some(first) = closed(path, account)?.into_iter().next() else { return Ok(()) };
        if acl::let_pass(&first, account.uid).is_err() {
            return Err(unreachable(path, account, first));
        }
    }
    check(path, account)
}

fn unreachable(path: &Path, account: &Account, closed: PathBuf) -> Error {
    let mode = fs::metadata(&closed).map_or(0, |metadata| metadata.mode() & 0o7777);
    Error::Unreachable { account: account.name.clone(), wanted: path.to_owned(), closed, mode }
}

/// Whether a program of the account can be in a folder.
fn enters(folder: &Path, account: &Account) -> Result<bool> {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", ":"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // The folder is entered after the account is taken on.
    command.current_dir(folder);
    Runner::As(account.clone()).apply(&mut command);
    match command.status() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(false),
        Err(error) => Err(files::failed("enter", folder)(error)),
    }
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
