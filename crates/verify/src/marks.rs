//! What a report keeps of a table's content, so that a later look can tell what is new, changed or gone.

use autobot_catalog::{ColumnMap, NulRule, OnInvalid, PgType, RowKey, TableMap, Utf8Rule};
use autobot_db::{ColumnName, TableName};
use serde::{Deserialize, Serialize};

use crate::digest::Sum;

/// Most parts of one table: 40 digits each.
const PARTS_MAX: usize = 512;

/// Rows that one part stands for, where there are few.
const ROWS_PER_PART: u64 = 4;

/// Counts and sums over the rows of a table, by a hash of their key, and what it takes to work them out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The columns that were compared, by their name in the target.
    columns: Vec<(ColumnName, PgType)>,
    /// Indexes of those that tell rows apart; empty for a bag.
    key: Vec<usize>,
    /// The highest key, where it is one integer: rows beyond it are new.
    key_max: Option<i64>,
    parts: Vec<Mark>,
}

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
    pub(crate) fn new(table: &TableMap, key: &[usize], key_max: Option<i64>, sums: &[Sum], keys: &[u64]) -> Self {
        let rows: u64 = sums.iter().map(|sum| sum.rows).sum();
        let wanted = usize::try_from(rows / ROWS_PER_PART).unwrap_or(PARTS_MAX).next_power_of_two();
        let columns = table.columns.iter().map(|column| (column.target.clone(), column.target_type.clone()));
        Self {
            columns: columns.collect(),
            key: key.to_vec(),
            key_max,
            parts: folded(sums, keys, wanted.min(PARTS_MAX)),
        }
    }

    /// Pairs of each part as it was and as the sums say it is.
    pub(crate) fn held_against(&self, sums: &[Sum], keys: &[u64]) -> Vec<(Mark, Mark)> {
        let now = folded(sums, keys, self.parts.len().clamp(1, sums.len()));
        self.parts.iter().copied().zip(now).collect()
    }

    pub(crate) fn key(&self) -> &[usize] {
        &self.key
    }

    pub(crate) fn key_max(&self) -> Option<i64> {
        self.key_max
    }

    /// A map that is enough to read the target's rows.
    pub(crate) fn map(&self, target: &TableName) -> TableMap {
        let column = |(name, kind): &(ColumnName, PgType)| ColumnMap {
            source: name.clone(),
            target: name.clone(),
            target_type: kind.clone(),
            not_null: false,
            unit: None,
            on_invalid: OnInvalid::Refuse,
            nul: NulRule::Invalid,
            utf8: Utf8Rule::Invalid,
            numbers_as_bytes: false,
            // Read by a query, in which generated columns may stand.
            generated: Some(autobot_catalog::Generated::ByExpression),
        };
        TableMap {
            source: target.clone(),
            target: target.clone(),
            columns: self.columns.iter().map(column).collect(),
            key: RowKey::Columns(self.key.clone()),
            filter: None,
            rows: None,
            bytes: None,
            quarantine_orphans: Vec::new(),
        }
    }
}

fn folded(sums: &[Sum], keys: &[u64], count: usize) -> Vec<Mark> {
    let mut marks = vec![Mark::default(); count];
    for (bucket, (sum, keys)) in sums.iter().zip(keys).enumerate() {
        let mark = &mut marks[bucket % count];
        mark.rows = mark.rows.saturating_add(u32::try_from(sum.rows).unwrap_or(u32::MAX));
        mark.keys = mark.keys.wrapping_add(*keys);
        mark.digests = mark.digests.wrapping_add(sum.low());
    }
    marks
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
