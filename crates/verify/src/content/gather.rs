use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::buckets::digests;
use super::pass::Collect;
use super::spill::Half;
use super::words::{describe, key_part};
use crate::Error;
use crate::digest::sha256;
use crate::side::CanonicalRow;

/// One row kept to be named: of each value its digest and its description, never the value itself, which may be large.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) rowid: Option<i64>,
    pub(super) key: Vec<String>,
    pub(super) columns: Vec<(Half, String)>,
    /// How many rows of the side are equal to this one.
    pub(super) copies: u64,
}

/// Keeps the rows of some keys.
pub(super) struct Gather {
    key: Vec<usize>,
    wanted: Arc<BTreeSet<Half>>,
    show_values: bool,
    /// By key, then by the whole row.
    pub(super) rows: HashMap<Half, HashMap<Half, Kept>>,
}

impl Gather {
    pub(super) fn new(key: Vec<usize>, wanted: Arc<BTreeSet<Half>>, show_values: bool) -> Self {
        Self { key, wanted, show_values, rows: HashMap::new() }
    }
}

impl Collect for Gather {
    const WITH_ROWID: bool = true;

    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error> {
        let (key, digest) = digests(row, &self.key);
        let (key, digest) = (half(&key), half(&digest));
        if !self.wanted.contains(&key) {
            return Ok(());
        }
        let (names, show) = (&self.key, self.show_values);
        let kept = self.rows.entry(key).or_default().entry(digest).or_insert_with(|| {
            let forms = (0..row.ends.len()).map(|index| row.column(index));
            Kept {
                rowid: row.rowid,
                key: names.iter().map(|index| key_part(row.column(*index))).collect(),
                columns: forms.map(|form| (half(&sha256(form)), describe(form, show))).collect(),
                copies: 0,
            }
        });
        kept.copies += 1;
        Ok(())
    }
}

fn half(digest: &[u8; 32]) -> Half {
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}
