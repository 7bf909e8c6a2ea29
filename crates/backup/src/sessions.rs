//! The sessions folder as a tarball: packed on one thread, compressed on a second, read back on a third.

mod check;
mod entry;
mod pack;
mod pipe;

use std::fs;
use std::io;
use std::path::Path;
use std::thread;

use autobot_plan::Scope;
use autobot_plan::files::{self, FileError};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::follow::{self, Leader};
use crate::run_folder::remove;
use crate::{Artefact, BackupError, Kind, SessionChanges};

/// `gzip`'s own level.
const LEVEL: u32 = 6;

/// Paths named in one line for the operator.
const NAMED_MAX: usize = 10;

/// Archives the folder `origin` as `folder/name`; returns the artefact and what the operator should know.
pub(crate) fn archive(
    origin: &Path,
    folder: &Path,
    name: &str,
    changes: SessionChanges,
    scope: &Scope<'_>,
) -> Result<(Artefact, Vec<String>), BackupError> {
    let partial = folder.join(format!("{name}.partial"));
    remove(&partial)?;
    let (leader, follower) = follow::pair(&partial).map_err(FileError::new("create", &partial))?;
    let (packing, compressing) = pipe::pipe();
    let (packed, compressed, read) = thread::scope(|threads| {
        let compressor = threads.spawn(|| compress(compressing, leader));
        let checker = threads.spawn(|| check::read(follower, &partial));
        let packed = pack::pack(origin, packing, &partial, scope);
        let compressed = compressor.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (packed, compressed, checker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let compressed = compressed.map_err(BackupError::stream("write", &partial));
    let (packed, read) = match (packed, compressed, read) {
        (Ok(packed), Ok(()), Ok(read)) => (packed, read),
        (packed, compressed, read) => {
            return Err(follow::cause([packed.err(), compressed.err(), read.err()], &partial));
        }
    };
    check::compare(&packed.entries, &read.entries, &partial)?;
    if changes == SessionChanges::Refuse && !packed.changed.is_empty() {
        remove(&partial)?;
        return Err(BackupError::SessionsChanged { folder: origin.to_owned(), paths: packed.changed });
    }
    let target = folder.join(name);
    fs::rename(&partial, &target).map_err(FileError::new("rename", &partial))?;
    files::sync_folder(folder)?;
    let origin = std::path::absolute(origin).unwrap_or_else(|_| origin.to_owned());
    Ok((Artefact::file(name, Kind::Sessions, read.hash, &origin), notes(&packed)))
}

fn compress(mut packed: pipe::PipeEnd, leader: Leader) -> io::Result<()> {
    let writer = io::BufWriter::with_capacity(256 * 1024, leader);
    let mut encoder = GzEncoder::new(writer, Compression::new(LEVEL));
    io::copy(&mut packed, &mut encoder)?;
    encoder.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.finish()
}

fn notes(packed: &pack::Packed) -> Vec<String> {
    let line = |paths: &[String], what: &str| {
        let named = paths.iter().take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if paths.len() > NAMED_MAX { ", …" } else { "" };
        (!paths.is_empty()).then(|| format!("sessions: {} {what}: {named}{more}", paths.len()))
    };
    [
        line(&packed.changed, "files changed while they were archived; stop the bot for an archive of one moment"),
        line(&packed.skipped, "sockets, pipes or devices were left out"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests;
