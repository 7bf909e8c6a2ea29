use crate::digest::{RowDigest, Sum};

/// Number of buckets: small enough to keep for both sides (160 KiB each), large enough that one differing row leads to
/// few others.
pub(super) const BUCKETS: usize = 4096;

/// Sums of row digests, by a hash of the row's key: rows of equal key meet in one bucket on both sides.
#[derive(Debug)]
pub(super) struct Buckets {
    sums: Vec<Sum>,
}

impl Buckets {
    pub(super) fn new() -> Self {
        Self { sums: vec![Sum::default(); BUCKETS] }
    }

    pub(super) fn add(&mut self, key: &RowDigest, row: &RowDigest) {
        self.sums[bucket_of(key)].add(row);
    }

    pub(super) fn total(&self) -> Sum {
        let mut total = Sum::default();
        self.sums.iter().for_each(|sum| total.merge(sum));
        total
    }

    /// The buckets whose sums differ, with the number of rows in each (the larger side's).
    pub(super) fn differing(&self, other: &Self) -> Vec<(usize, u64)> {
        let pairs = self.sums.iter().zip(&other.sums).enumerate();
        pairs.filter(|(_, (a, b))| a != b).map(|(at, (a, b))| (at, a.rows.max(b.rows))).collect()
    }
}

/// The bucket of a key.
pub(super) fn bucket_of(key: &RowDigest) -> usize {
    usize::from(u16::from_le_bytes([key[0], key[1]])) % BUCKETS
}
