use std::collections::HashMap;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::sync::Arc;

use autobot_db::TableName;
use tempfile::SpooledTempFile;

use super::buckets::{bucket_of, digests};
use super::pass::Collect;
use crate::Error;
use crate::side::CanonicalRow;

/// The first half of a SHA-256.
pub(super) type Half = [u8; 16];

/// Half digests of a row's key and of the row.
type Record = [u8; 32];

/// Bytes of records kept in memory per side before they go to temporary files.
const MEMORY_MAX_BYTES: usize = 4 * 1024 * 1024;

/// Buffer of each temporary file.
const BUFFER_BYTES: usize = 8 * 1024;

/// The digests of one side's rows in some buckets, split by key into parts, each small enough for memory.
pub(super) struct Spill {
    table: TableName,
    key: Vec<usize>,
    buckets: Arc<Vec<bool>>,
    parts: Vec<BufWriter<SpooledTempFile>>,
}

impl Spill {
    pub(super) fn new(table: &TableName, key: Vec<usize>, buckets: Arc<Vec<bool>>, parts: usize) -> Self {
        let part = || BufWriter::with_capacity(BUFFER_BYTES, SpooledTempFile::new(MEMORY_MAX_BYTES / parts));
        Self { table: table.clone(), key, buckets, parts: (0..parts).map(|_| part()).collect() }
    }

    /// The records of each part, ready to be read.
    pub(super) fn into_parts(self) -> Result<Vec<SpooledTempFile>, Error> {
        let table = self.table;
        let rewound = self.parts.into_iter().map(|part| {
            let mut file = part.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.rewind()?;
            Ok(file)
        });
        rewound.collect::<io::Result<_>>().map_err(|source| Error::Scratch { table, source })
    }
}

impl Collect for Spill {
    const WITH_ROWID: bool = false;

    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error> {
        // A key's hash is quicker than its digest, and most rows are in no bucket that matters.
        if !self.key.is_empty() && !self.buckets[bucket_of(row.key_hash(&self.key, &[0; 32]))] {
            return Ok(());
        }
        let (key, digest) = digests(row, &self.key);
        if self.key.is_empty() && !self.buckets[bucket_of(row.key_hash(&[], &digest))] {
            return Ok(());
        }
        let mut record: Record = [0; 32];
        record[..16].copy_from_slice(&key[..16]);
        record[16..].copy_from_slice(&digest[..16]);
        let part = usize::from(u16::from_le_bytes([key[0], key[1]])) % self.parts.len();
        self.parts[part].write_all(&record).map_err(|source| Error::Scratch { table: self.table.clone(), source })
    }
}

/// How many rows of a key only one side holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Surplus {
    pub(super) source: u64,
    pub(super) target: u64,
}

/// Holds the records of one part of both sides against each other: the keys with rows that only one side holds.
pub(super) fn settle(source: SpooledTempFile, target: SpooledTempFile) -> io::Result<HashMap<Half, Surplus>> {
    let mut counts: HashMap<Record, i64> = HashMap::new();
    each(source, |record| *counts.entry(record).or_default() += 1)?;
    each(target, |record| {
        let count = counts.entry(record).or_default();
        *count -= 1;
        if *count == 0 {
            counts.remove(&record);
        }
    })?;
    let mut keys: HashMap<Half, Surplus> = HashMap::new();
    for (record, count) in counts.iter().filter(|(_, count)| **count != 0) {
        let mut key: Half = [0; 16];
        key.copy_from_slice(&record[..16]);
        let surplus = keys.entry(key).or_default();
        let side = if *count > 0 { &mut surplus.source } else { &mut surplus.target };
        *side += count.unsigned_abs();
    }
    Ok(keys)
}

fn each(file: SpooledTempFile, mut take: impl FnMut(Record)) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
    let mut record: Record = [0; 32];
    loop {
        match reader.read_exact(&mut record) {
            Ok(()) => take(record),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}
