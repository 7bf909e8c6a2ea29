//! Reading the rows of one table from either side, each as its canonical form.

mod course;
mod orphans;
mod rowid;
mod source;
mod target;

pub(crate) use course::Course;
pub(crate) use orphans::{Orphans, TableOrphans};
pub(crate) use rowid::rowid_word;
pub(crate) use source::{SourceForms, SourceRows, count_source, has_quarantine, place_of_unfit, query, read_source};
pub(crate) use target::TargetRows;
pub use target::TargetSession;

use crate::canonical::{Payload, parts, tag};
use crate::digest::{RowDigest, fast_hash, sha256};

/// One row in canonical form. Reused from row to row.
#[derive(Debug, Default)]
pub(crate) struct CanonicalRow {
    /// The columns' forms, one after the other.
    pub(crate) bytes: Vec<u8>,
    /// Where each column's form ends.
    pub(crate) ends: Vec<usize>,
    /// Where the row is in the source, if it has a rowid.
    pub(crate) rowid: Option<i64>,
}

impl CanonicalRow {
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.rowid = None;
    }

    /// The form of one column.
    pub(crate) fn column(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.bytes[start..self.ends[index]]
    }

    /// Digest of the whole row.
    pub(crate) fn digest(&self) -> RowDigest {
        sha256(&self.bytes)
    }

    /// What tells the row from others: digest of its key's columns, or of the whole row where there is no key.
    pub(crate) fn key_digest(&self, key: &[usize], whole: &RowDigest) -> RowDigest {
        match key {
            [] => *whole,
            [only] => sha256(self.column(*only)),
            several => sha256(&several.iter().flat_map(|index| self.column(*index)).copied().collect::<Vec<u8>>()),
        }
    }

    /// The key, where it is one integer.
    pub(crate) fn integer_key(&self, key: &[usize]) -> Option<i64> {
        let [only] = key else { return None };
        match parts(self.column(*only))? {
            (tag::INTEGER, Payload::Whole(payload)) => payload.try_into().ok().map(i64::from_le_bytes),
            _ => None,
        }
    }

    /// A quick hash of what [`CanonicalRow::key_digest`] digests: equal keys have equal hashes on both sides and in every
    /// run, which is all that buckets ask for.
    pub(crate) fn key_hash(&self, key: &[usize], whole: &RowDigest) -> u64 {
        match key {
            [] => fast_hash(0, &whole[..8]),
            columns => columns.iter().fold(0, |hash, index| fast_hash(hash, self.column(*index))),
        }
    }
}
