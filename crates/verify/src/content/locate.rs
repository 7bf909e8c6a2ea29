use std::collections::BTreeSet;
use std::sync::Arc;

use autobot_plan::Scope;

use super::buckets::BUCKETS;
use super::key_columns;
use super::name::name_rows;
use super::pass::{Place, read_both};
use super::spill::{Half, Spill, settle};
use crate::{Error, Level, TableReport};

/// Rows of both sides whose digests are held at a time: 24 MiB.
const PART_ROWS_MAX: u64 = 400_000;

/// Parts of one pass: each may be a file, and some systems allow no more than 256 of them.
const PARTS_MAX: u64 = 48;

/// Most rows that [`Level::Rows`] names in one table; beyond it they are only counted.
const ROWS_NAMED_MAX: usize = 1_000_000;

/// Counts the rows behind suspect buckets that differ, and names the first of them.
///
/// Digests of keys and rows come first, split into parts that fit into memory; then the values of the rows to be named.
pub(super) async fn locate(
    place: &mut Place<'_>,
    suspects: &[(usize, u64)],
    report: &mut TableReport,
    scope: &Scope<'_>,
) -> Result<(), Error> {
    let named_max = match place.options.level {
        Level::Rows => ROWS_NAMED_MAX,
        _ => place.options.differences_max,
    };
    let mut keys: BTreeSet<Half> = BTreeSet::new();
    let mut named = 0;
    for (round, rows) in rounds(suspects) {
        let buckets = Arc::new(round);
        let parts = usize::try_from(rows.div_ceil(PART_ROWS_MAX).clamp(1, PARTS_MAX)).unwrap_or(1);
        let key = key_columns(place.table);
        let spill = || Spill::new(&place.table.source, key.clone(), Arc::clone(&buckets), parts);
        let (source, target) = (spill(), spill());
        let both = read_both(place, source, target, scope).await?;
        let failed = |source| Error::Scratch { table: place.table.source.clone(), source };
        for (source, target) in both.source.into_parts()?.into_iter().zip(both.target.into_parts()?) {
            for (key, surplus) in settle(source, target).map_err(failed)? {
                // A row that both sides hold under one key with other values is one difference, not two.
                let differences = surplus.source.max(surplus.target);
                report.differences_count += differences;
                if named < named_max {
                    named = named.saturating_add(usize::try_from(differences).unwrap_or(usize::MAX));
                    keys.insert(key);
                }
            }
        }
    }
    if !keys.is_empty() {
        name_rows(place, keys, named_max, report, scope).await?;
    }
    Ok(())
}

/// Splits buckets so that one pass can take each group; with the number of rows in each.
fn rounds(suspects: &[(usize, u64)]) -> Vec<(Vec<bool>, u64)> {
    let mut rounds: Vec<(Vec<bool>, u64)> = Vec::new();
    for (bucket, rows) in suspects {
        let fits = rounds.last().is_some_and(|(_, held)| held + rows <= PART_ROWS_MAX * PARTS_MAX);
        if !fits {
            rounds.push((vec![false; BUCKETS], 0));
        }
        if let Some((buckets, held)) = rounds.last_mut() {
            buckets[*bucket] = true;
            *held += rows;
        }
    }
    rounds
}
