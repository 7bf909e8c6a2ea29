//! Who runs PostgreSQL's programs: ourselves, or another account where we are root.

#[cfg(unix)]
mod acl;
#[cfg(unix)]
mod passwd;
#[cfg(all(test, unix))]
mod tests;
#[cfg(unix)]
mod traverse;

use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(unix)]
use crate::files;
use crate::{Error, Result};

/// The accounts tried, in order, when run as root and none is named: PostgreSQL's own (Linux, macOS, older BSD), then
/// the one without rights that every system has.
pub const ACCOUNTS: &[&str] = &["postgres", "_postgres", "pgsql", "nobody"];

/// An account as `/etc/passwd` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

/// What is done about a folder that the account cannot pass through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedFolders {
    /// The cluster is refused, the folder named.
    Refuse,
    /// The account, and nobody else, is let through by an entry in the folder's access list (Linux; elsewhere refused).
    LetPass,
}

/// Who runs the programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Runner {
    Ourselves,
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no Unix accounts here"))]
    As(Account),
}

#[cfg(unix)]
impl Runner {
    /// Chooses: ourselves unless we are root; then `named`, else the owner of `data_dir`, else the first of
    /// [`ACCOUNTS`] that exists.
    pub(crate) fn choose(named: Option<&str>, data_dir: &Path) -> Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Ourselves);
        }
        let passwd = files::read(Path::new("/etc/passwd"))?;
        if let Some(name) = named {
            return passwd::by_name(&passwd, name)
                .map(Self::As)
                .ok_or_else(|| Error::NoAccount { looked: vec![name.to_owned()] });
        }
        if let Ok(metadata) = std::fs::metadata(data_dir)
            && let Some(owner) = passwd::by_uid(&passwd, metadata.uid())
        {
            return Ok(Self::As(owner));
        }
        ACCOUNTS
            .iter()
            .find_map(|name| passwd::by_name(&passwd, name))
            .map(Self::As)
            .ok_or_else(|| Error::NoAccount { looked: ACCOUNTS.iter().map(|name| (*name).to_owned()).collect() })
    }

    pub(crate) fn apply(&self, command: &mut Command) {
        use std::os::unix::process::CommandExt as _;
        if let Self::As(account) = self {
            command.uid(account.uid).gid(account.gid);
        }
    }

    /// Gives a file or folder to the account.
    pub(crate) fn own(&self, path: &Path) -> Result<()> {
        match self {
            Self::Ourselves => Ok(()),
            Self::As(account) => std::os::unix::fs::chown(path, Some(account.uid), Some(account.gid))
                .map_err(files::failed("change the owner of", path)),
        }
    }

    /// The folders on the way to a path that the account cannot pass through.
    pub(crate) fn closed_on_the_way(&self, path: &Path) -> Result<Vec<PathBuf>> {
        match self {
            Self::Ourselves => Ok(Vec::new()),
            Self::As(account) => traverse::closed(path, account),
        }
    }

    /// Has the account reach a path, or refuses, naming the folder that is closed.
    pub(crate) fn reach(&self, path: &Path, closed: ClosedFolders) -> Result<()> {
        match (self, closed) {
            (Self::Ourselves, _) => Ok(()),
            (Self::As(account), ClosedFolders::Refuse) => traverse::check(path, account),
            (Self::As(account), ClosedFolders::LetPass) => traverse::open(path, account),
        }
    }
}

#[cfg(not(unix))]
impl Runner {
    /// There is one way here: `pg_ctl` itself gives up an administrator's rights.
    pub(crate) fn choose(_named: Option<&str>, _data_dir: &Path) -> Result<Self> {
        Ok(Self::Ourselves)
    }

    pub(crate) fn apply(&self, _command: &mut Command) {}

    pub(crate) fn own(&self, _path: &Path) -> Result<()> {
        Ok(())
    }

    pub(crate) fn closed_on_the_way(&self, _path: &Path) -> Result<Vec<PathBuf>> {
        Ok(Vec::new())
    }

    pub(crate) fn reach(&self, _path: &Path, _closed: ClosedFolders) -> Result<()> {
        Ok(())
    }
}

impl Runner {
    /// The account's name, none for ourselves.
    pub(crate) fn account_name(&self) -> Option<&str> {
        match self {
            Self::Ourselves => None,
            Self::As(account) => Some(&account.name),
        }
    }
}
