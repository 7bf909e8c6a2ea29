//! Reading a dump through: whether it is whole, and how many rows it has for each table.

mod lines;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use autobot_db::QualifiedName;
use autobot_plan::files::{self, FileError};
use autobot_plan::{Scope, Unit};
use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};

use super::BLOCK_BYTES;
use crate::{Error, Result};
use lines::Lines;

/// What a whole dump holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The file's size in bytes.
    pub size: u64,
    /// The file's SHA-256 in lowercase hexadecimal.
    pub sha256: String,
    /// The size of the SQL text in bytes.
    pub sql_bytes: u64,
    /// The number of rows of each table.
    pub tables: BTreeMap<QualifiedName, u64>,
    /// Whether it holds large objects.
    pub large_objects: bool,
}

/// Reads a dump, gzipped or plain, from its first byte to its last; refuses one that is not whole.
///
/// Whole is: the compression ends where the file ends, no table's rows break off, and `pg_dump`'s closing line is the
/// last thing said.
pub async fn scan(path: &Path, scope: &Scope<'_>) -> Result<Scan> {
    let file = File::open(path).map_err(FileError::new("open", path))?;
    let total = file.metadata().map_err(FileError::new("look at", path))?.len();
    let mut text = Text::of(path, Counted { inner: file, hasher: Sha256::new(), read: 0 })?;
    let mut lines = Lines::default();
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        if scope.stop.is_requested() {
            return Err(Error::Stopped { doing: "reading a dump" });
        }
        match text.read(&mut block) {
            Ok(0) => break,
            Ok(read) => lines.take(&block[..read]),
            Err(error) => return Err(broken(path, lines.bytes, error)),
        }
        scope.part(&part(path), text.file().read, Some(total), Unit::Bytes);
        tokio::task::yield_now().await;
    }
    let (sql_bytes, large_objects) = (lines.bytes, lines.large_objects);
    let tables = lines.end().map_err(|reason| Error::Damaged { path: path.to_owned(), reason })?;
    let file = text.into_file();
    Ok(Scan { size: file.read, sha256: files::hex(&file.hasher.finalize()), sql_bytes, tables, large_objects })
}

/// The SQL text of a dump, whichever way it is stored.
pub(super) fn open(path: &Path) -> Result<impl Read> {
    let file = File::open(path).map_err(FileError::new("open", path))?;
    Text::of(path, Counted { inner: file, hasher: Sha256::new(), read: 0 })
}

/// What a progress bar calls the file.
pub(super) fn part(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn broken(path: &Path, after: u64, error: io::Error) -> Error {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof => {
            let reason = format!("its compression is broken after {after} bytes of text");
            Error::Damaged { path: path.to_owned(), reason }
        }
        _ => FileError::new("read", path)(error).into(),
    }
}

/// A file that is hashed while it is read.
struct Counted {
    inner: File,
    hasher: Sha256,
    read: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.read += read as u64;
        Ok(read)
    }
}

/// A file of which the first bytes were looked at and put back.
type Whole = io::Chain<io::Cursor<Vec<u8>>, Counted>;

/// Told apart by the first two bytes, not by the name.
enum Text {
    Gzip(Box<MultiGzDecoder<BufReader<Whole>>>),
    Plain(Whole),
}

impl Text {
    fn of(path: &Path, mut file: Counted) -> Result<Self> {
        let mut head = Vec::new();
        file.by_ref().take(5).read_to_end(&mut head).map_err(FileError::new("read", path))?;
        if head == b"PGDMP" {
            let reason = "it is in pg_dump's own format, for pg_restore; plain SQL is wanted".to_owned();
            return Err(Error::Damaged { path: path.to_owned(), reason });
        }
        let gzip = head.starts_with(&[0x1f, 0x8b]);
        let whole = io::Cursor::new(head).chain(file);
        Ok(if gzip {
            Self::Gzip(Box::new(MultiGzDecoder::new(BufReader::with_capacity(BLOCK_BYTES, whole))))
        } else {
            Self::Plain(whole)
        })
    }

    fn file(&self) -> &Counted {
        match self {
            Self::Gzip(decoder) => decoder.get_ref().get_ref().get_ref().1,
            Self::Plain(whole) => whole.get_ref().1,
        }
    }

    fn into_file(self) -> Counted {
        match self {
            Self::Gzip(decoder) => decoder.into_inner().into_inner().into_inner().1,
            Self::Plain(whole) => whole.into_inner().1,
        }
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Plain(whole) => whole.read(buffer),
        }
    }
}
