use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::BackupError;

/// Opens one file twice: to write it, and to read it back while it grows.
///
/// The reader sees only what the writer has given to the operating system, waits for more, and ends when the writer
/// has finished. So an artefact is checked on the second core while the first still makes it.
pub(crate) fn pair(path: &Path) -> io::Result<(Leader, Follower)> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let shared = Arc::new(Shared { state: Mutex::new(State { length: 0, end: End::Open }), changed: Condvar::new() });
    let follower = Follower { file: File::open(path)?, position: 0, shared: shared.clone() };
    Ok((Leader { file, shared }, follower))
}

/// The writing end.
#[derive(Debug)]
pub(crate) struct Leader {
    file: File,
    shared: Arc<Shared>,
}

/// The reading end.
#[derive(Debug)]
pub(crate) struct Follower {
    file: File,
    position: u64,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// Bytes that the reader may read.
    length: u64,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Finished,
    /// The writer failed: there will be no more.
    Abandoned,
    /// The reader failed: nobody needs more.
    Unwanted,
}

impl Leader {
    /// Syncs the file and tells the reader that this was all.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.file.sync_all()?;
        self.shared.lock().end = End::Finished;
        self.shared.changed.notify_all();
        Ok(())
    }
}

impl Write for Leader {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.shared.lock().end == End::Unwanted {
            return Err(io::Error::new(io::ErrorKind::BrokenPipe, "reading back failed"));
        }
        let written = self.file.write(bytes)?;
        self.shared.lock().length += written as u64;
        self.shared.changed.notify_all();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Leader {
    fn drop(&mut self) {
        self.shared.end_if_open(End::Abandoned);
    }
}

impl Read for Follower {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut state = self.shared.lock();
        while state.length == self.position && state.end == End::Open {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.end == End::Abandoned {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "writing was given up"));
        }
        let ahead = usize::try_from(state.length - self.position).unwrap_or(usize::MAX);
        drop(state);
        let limit = buffer.len().min(ahead);
        let read = self.file.read(&mut buffer[..limit])?;
        self.position += read as u64;
        Ok(read)
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.shared.end_if_open(End::Unwanted);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end_if_open(&self, end: End) {
        let mut state = self.lock();
        if state.end == End::Open {
            state.end = end;
        }
        drop(state);
        self.changed.notify_all();
    }
}

/// The failure that made the others fail.
///
/// A thread that fails breaks the pipe of the one before it and gives the one after it an early end: the failure that
/// is neither is the cause.
pub(crate) fn cause<const N: usize>(failures: [Option<BackupError>; N], path: &Path) -> BackupError {
    let is_echo = |failure: &BackupError| match failure {
        BackupError::Stream { source, .. } => {
            matches!(source.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
        }
        _ => false,
    };
    let mut failures: Vec<BackupError> = failures.into_iter().flatten().collect();
    let at = failures.iter().position(|failure| !is_echo(failure)).unwrap_or(0);
    if at < failures.len() {
        return failures.swap_remove(at);
    }
    BackupError::stream("write", path)(io::Error::other("no thread failed"))
}
