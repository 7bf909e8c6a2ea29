use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use autobot_catalog::TableMap;
use autobot_db::Target;
use rusqlite::Connection;

use super::buckets::bucket_of;
use super::words::{describe, key_part};
use super::{Options, key_columns};
use crate::digest::RowDigest;
use crate::side::{CanonicalRow, read_source, read_target};
use crate::{ColumnDifference, Difference, DifferenceKind, Error, TableReport};

/// Rows whose digests are held at a time: about 24 MiB.
const ROWS_HELD_MAX: u64 = 200_000;

/// Rows whose values are held at a time, to name the columns that differ.
const VALUES_HELD_MAX: usize = 500;

/// Where a row with a differing digest is.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    source: u64,
    target: u64,
}

/// Names the rows behind differing buckets: first by digests, a group of buckets at a time, then by values.
pub(super) async fn locate(
    mut source: Connection,
    target: &Target,
    table: &TableMap,
    rowid_word: Option<&str>,
    options: &Options,
    differing: &[(usize, u64)],
    report: &mut TableReport,
) -> Result<Connection, Error> {
    for group in groups(differing) {
        let (connection, suspects) = suspects(source, target, table, rowid_word, options, &group).await?;
        source = connection;
        report.differences_count += suspects.values().map(BTreeMap::len).sum::<usize>() as u64;
        let keys: Vec<RowDigest> = suspects.into_keys().collect();
        for keys in keys.chunks(VALUES_HELD_MAX) {
            if report.differences.len() >= options.differences_max {
                break;
            }
            let keys: BTreeSet<RowDigest> = keys.iter().copied().collect();
            source = name_rows(source, target, table, rowid_word, options, keys, report).await?;
        }
    }
    // By rows, not by digests: a changed row is one difference.
    report.differences_count = report.differences_count.max(report.differences.len() as u64);
    if report.differences.len() < options.differences_max {
        report.differences_count = report.differences.len() as u64;
    }
    Ok(source)
}

/// Splits buckets so that the rows of each group fit into memory.
fn groups(differing: &[(usize, u64)]) -> Vec<BTreeSet<usize>> {
    let mut groups = vec![BTreeSet::new()];
    let mut held = 0;
    for (bucket, rows) in differing {
        if held + rows > ROWS_HELD_MAX && held > 0 {
            groups.push(BTreeSet::new());
            held = 0;
        }
        held += rows;
        if let Some(last) = groups.last_mut() {
            last.insert(*bucket);
        }
    }
    groups
}

/// Rows by key, then by digest, with how often each side holds them; rows that both hold equally often are dropped.
type Suspects = BTreeMap<RowDigest, BTreeMap<RowDigest, Tally>>;

async fn suspects(
    source: Connection,
    target: &Target,
    table: &TableMap,
    rowid_word: Option<&str>,
    options: &Options,
    group: &BTreeSet<usize>,
) -> Result<(Connection, Suspects), Error> {
    let key = key_columns(table);
    let mut tallies: HashMap<(RowDigest, RowDigest), Tally> = HashMap::new();
    let mut note = |row: &CanonicalRow, of_source: bool| {
        let digest = row.digest();
        let key = row.key_digest(&key, &digest);
        if group.contains(&bucket_of(&key)) {
            let tally = tallies.entry((key, digest)).or_default();
            *(if of_source { &mut tally.source } else { &mut tally.target }) += 1;
        }
        ControlFlow::Continue(())
    };
    read_source(&source, table, rowid_word, |row| note(row, true))?;
    let mut session = target.connect().await?;
    read_target(&mut session, &options.schema, table, |row| note(row, false)).await?;
    let mut suspects = Suspects::new();
    for ((key, digest), tally) in tallies.into_iter().filter(|(_, tally)| tally.source != tally.target) {
        suspects.entry(key).or_default().insert(digest, tally);
    }
    Ok((source, suspects))
}

/// A row kept with its values.
struct Kept {
    row: Vec<u8>,
    ends: Vec<usize>,
    rowid: Option<i64>,
}

async fn name_rows(
    source: Connection,
    target: &Target,
    table: &TableMap,
    rowid_word: Option<&str>,
    options: &Options,
    keys: BTreeSet<RowDigest>,
    report: &mut TableReport,
) -> Result<Connection, Error> {
    let key = key_columns(table);
    let mut sides: [BTreeMap<RowDigest, Vec<Kept>>; 2] = Default::default();
    let mut note = |row: &CanonicalRow, side: usize| {
        let of = row.key_digest(&key, &row.digest());
        if keys.contains(&of) {
            let kept = Kept { row: row.bytes.clone(), ends: row.ends.clone(), rowid: row.rowid };
            sides[side].entry(of).or_default().push(kept);
        }
        ControlFlow::Continue(())
    };
    read_source(&source, table, rowid_word, |row| note(row, 0))?;
    let mut session = target.connect().await?;
    read_target(&mut session, &options.schema, table, |row| note(row, 1)).await?;
    let [mut sources, mut targets] = sides;
    for of in keys {
        let (mut ours, mut theirs) = (sources.remove(&of).unwrap_or_default(), targets.remove(&of).unwrap_or_default());
        ours.retain(|kept| match theirs.iter().position(|other| other.row == kept.row) {
            Some(same) => {
                theirs.swap_remove(same);
                false
            }
            None => true,
        });
        let pairs = ours.len().max(theirs.len());
        for at in 0..pairs {
            report.differences.extend(difference(table, &key, ours.get(at), theirs.get(at), options.show_values));
        }
    }
    Ok(source)
}

fn difference(
    table: &TableMap,
    key: &[usize],
    source: Option<&Kept>,
    target: Option<&Kept>,
    show: bool,
) -> Option<Difference> {
    let column = |kept: &Kept, index: usize| -> Vec<u8> {
        let start = if index == 0 { 0 } else { kept.ends[index - 1] };
        kept.row[start..kept.ends[index]].to_vec()
    };
    let kind = match (source, target) {
        (Some(_), Some(_)) => DifferenceKind::Changed,
        (Some(_), None) => DifferenceKind::Missing,
        (None, _) => DifferenceKind::Extra,
    };
    let named = source.or(target)?;
    let columns = match (source, target) {
        (Some(source), Some(target)) => (0..table.columns.len())
            .map(|index| (index, column(source, index), column(target, index)))
            .filter(|(_, ours, theirs)| ours != theirs)
            .map(|(index, ours, theirs)| ColumnDifference {
                column: table.columns[index].target.clone(),
                source: describe(&ours, show),
                target: describe(&theirs, show),
            })
            .collect(),
        _ => Vec::new(),
    };
    let key = key.iter().map(|index| key_part(&column(named, *index))).collect();
    Some(Difference { kind, rowid: source.and_then(|kept| kept.rowid), key, columns })
}
