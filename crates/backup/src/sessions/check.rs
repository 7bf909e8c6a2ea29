use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;
use tar::{Archive, EntryType};

use super::entry::{Entry, What};
use crate::BackupError;
use crate::follow::Follower;
use crate::hashing::Hashing;

/// What is in an archive.
pub(super) struct Contents {
    pub(super) entries: Vec<Entry>,
    /// Size and SHA-256 of the archive itself.
    pub(super) hash: (u64, String),
}

/// Reads an archive back, while it grows: every entry with the hash of its content.
pub(super) fn read(follower: Follower, path: &Path) -> Result<Contents, BackupError> {
    read_all(follower).map_err(BackupError::stream("read back", path))
}

/// Compares what was written with what was read.
pub(super) fn compare(written: &[Entry], read: &[Entry], path: &Path) -> Result<(), BackupError> {
    let differing = written.iter().zip(read).find(|(written, read)| written != read);
    let what = match differing {
        Some((written, _)) => format!("the entry `{}` differs", written.path.display()),
        None if written.len() != read.len() => {
            format!("{} entries were written, {} are there", written.len(), read.len())
        }
        None => return Ok(()),
    };
    Err(BackupError::ReadBack { path: path.to_owned(), what })
}

fn read_all(follower: Follower) -> io::Result<Contents> {
    let buffered = BufReader::with_capacity(256 * 1024, Hashing::new(follower));
    let mut archive = Archive::new(GzDecoder::new(buffered));
    let mut entries = Vec::new();
    for entry in archive.entries()? {
        entries.push(read_entry(&mut entry?)?);
    }
    // Reading on to the end checks gzip's own checksum, and hashes what the archive ends with.
    let mut decoder = archive.into_inner();
    io::copy(&mut decoder, &mut io::sink())?;
    let mut buffered = decoder.into_inner();
    if io::copy(&mut buffered, &mut io::sink())? > 0 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "bytes after the end of the archive"));
    }
    Ok(Contents { entries, hash: buffered.into_inner().finish().1 })
}

fn read_entry(entry: &mut tar::Entry<'_, impl Read>) -> io::Result<Entry> {
    let path = entry.path()?.into_owned();
    let what = match entry.header().entry_type() {
        EntryType::Directory => What::Folder,
        EntryType::Symlink => What::Link { target: link(entry)? },
        EntryType::Link => What::HardLink { target: link(entry)? },
        _ => {
            let mut hashing = Hashing::new(&mut *entry);
            io::copy(&mut hashing, &mut io::sink())?;
            let (_, (size_bytes, sha256)) = hashing.finish();
            What::File { size_bytes, sha256 }
        }
    };
    Entry::new(path, what, entry.header())
}

fn link(entry: &tar::Entry<'_, impl Read>) -> io::Result<PathBuf> {
    let link = entry.link_name()?;
    link.map(std::borrow::Cow::into_owned)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a link to nothing"))
}
