use std::hash::{BuildHasher, Hasher, RandomState};

use highway::{HighwayHash, HighwayHasher, Key};

use crate::side::CanonicalRow;

/// Digest of a table's rows in the order in which they come: 256 bits, by `HighwayHash` under a key that is drawn for each
/// table and kept nowhere, so that no data can be made to collide. Much faster than a SHA-256 of every row; says only
/// whether two readings gave the same rows in the same order.
pub(crate) struct RowStream {
    key: StreamKey,
    hasher: HighwayHasher,
    rows: u64,
}

/// Under which key rows are digested.
#[derive(Clone, Copy)]
pub(crate) struct StreamKey([u64; 4]);

/// What a stream of rows came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StreamDigest {
    pub(crate) rows: u64,
    digest: [u64; 4],
}

impl StreamKey {
    /// A key that nobody knows.
    pub(crate) fn draw() -> Self {
        Self([(); 4].map(|()| RandomState::new().build_hasher().finish()))
    }
}

impl RowStream {
    pub(crate) fn new(key: StreamKey) -> Self {
        Self { key, hasher: HighwayHasher::new(Key(key.0)), rows: 0 }
    }

    /// A row's form says itself where it ends: no two lists of rows make one stream.
    pub(crate) fn add(&mut self, row: &CanonicalRow) {
        self.hasher.append(&row.bytes);
        self.rows += 1;
    }

    pub(crate) fn key(&self) -> StreamKey {
        self.key
    }

    pub(crate) fn digest(self) -> StreamDigest {
        StreamDigest { rows: self.rows, digest: self.hasher.finalize256() }
    }
}
