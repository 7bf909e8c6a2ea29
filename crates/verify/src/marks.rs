//! What a report keeps of a table's content, so that a later look can tell what is new, changed or gone.

use serde::{Deserialize, Serialize};

use crate::digest::Sum;

/// Most marks of one table: 40 digits each.
const MARKS_MAX: usize = 512;

/// Rows that one mark stands for, where there are few.
const ROWS_PER_MARK: u64 = 4;

/// Counts and sums over the rows of a table, by a hash of their key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(Vec<Mark>);

/// Counts and sums over some rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Mark {
    /// Number of rows.
    pub(crate) rows: u32,
    /// Sum of the hashes of their keys.
    pub(crate) keys: u64,
    /// Low half of the sum of their digests.
    pub(crate) digests: u64,
}

impl Marks {
    /// From sums by bucket; neighbours are put together until the number suits the table.
    pub(crate) fn new(sums: &[Sum], keys: &[u64]) -> Self {
        let rows: u64 = sums.iter().map(|sum| sum.rows).sum();
        let wanted = usize::try_from(rows / ROWS_PER_MARK).unwrap_or(MARKS_MAX).next_power_of_two();
        Self::folded(sums, keys, wanted.min(MARKS_MAX))
    }

    /// The same number of marks as `other` has, to be held against them.
    pub(crate) fn like(&self, sums: &[Sum], keys: &[u64]) -> Self {
        Self::folded(sums, keys, self.0.len().clamp(1, sums.len()))
    }

    pub(crate) fn all(&self) -> &[Mark] {
        &self.0
    }

    fn folded(sums: &[Sum], keys: &[u64], count: usize) -> Self {
        let mut marks = vec![Mark::default(); count];
        for (bucket, (sum, keys)) in sums.iter().zip(keys).enumerate() {
            let mark = &mut marks[bucket % count];
            mark.rows = mark.rows.saturating_add(u32::try_from(sum.rows).unwrap_or(u32::MAX));
            mark.keys = mark.keys.wrapping_add(*keys);
            mark.digests = mark.digests.wrapping_add(sum.low());
        }
        Self(marks)
    }
}

impl From<Mark> for String {
    fn from(mark: Mark) -> Self {
        format!("{:08x}{:016x}{:016x}", mark.rows, mark.keys, mark.digests)
    }
}

impl TryFrom<String> for Mark {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a mark");
        if text.len() != 40 || !text.is_ascii() {
            return Err(wrong());
        }
        let part = |range| u64::from_str_radix(&text[range], 16).map_err(|_| wrong());
        let rows = u32::try_from(part(0..8)?).map_err(|_| wrong())?;
        Ok(Self { rows, keys: part(8..24)?, digests: part(24..40)? })
    }
}
