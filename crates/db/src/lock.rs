use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Holds a work directory for one run; freed by the operating system when the process ends, however it ends.
#[derive(Debug)]
pub struct WorkLock {
    _file: File,
}

/// A work directory that cannot be held.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Someone else holds it.
    #[error("another run holds the lock `{}`", path.display())]
    Held {
        /// The lock file.
        path: PathBuf,
    },
    /// The lock file cannot be made.
    #[error("failed to lock `{}`", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl LockError {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Held { .. } => Some("wait until the other run ends, or stop it; then type the same again".to_owned()),
            Self::Lock { .. } => None,
        }
    }
}

impl WorkLock {
    /// Takes the lock file `path` (its folder must exist), or says that another run holds it. Does not wait.
    pub fn take(path: &Path) -> Result<Self, LockError> {
        let lock = |source| LockError::Lock { path: path.to_owned(), source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Held { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => Err(lock(source)),
        }
    }
}
