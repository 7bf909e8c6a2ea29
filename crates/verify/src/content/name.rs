use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use autobot_catalog::TableMap;
use autobot_plan::Scope;

use super::gather::{Gather, Kept};
use super::key_columns;
use super::pair::pair;
use super::pass::{Place, read_both};
use super::spill::Half;
use crate::{ColumnDifference, Difference, DifferenceKind, Error, TableReport};

/// Values described at a time, over all columns: about 8 MiB a side.
const CELLS_MAX: usize = 100_000;

/// Names the rows of some keys and the columns that differ in them.
pub(super) async fn name_rows(
    place: &mut Place<'_>,
    keys: BTreeSet<Half>,
    named_max: usize,
    report: &mut TableReport,
    scope: &Scope<'_>,
) -> Result<(), Error> {
    let table = place.table;
    let key = key_columns(table);
    let keys: Vec<Half> = keys.into_iter().collect();
    let (mut missing, mut extra) = (Vec::new(), Vec::new());
    for wanted in keys.chunks((CELLS_MAX / table.columns.len().max(1)).max(1)) {
        let wanted: Arc<BTreeSet<Half>> = Arc::new(wanted.iter().copied().collect());
        let gather = || Gather::new(key.clone(), Arc::clone(&wanted), place.options.show_values);
        let (source, target) = (gather(), gather());
        let mut both = read_both(place, source, target, scope).await?;
        for of in wanted.iter() {
            let mut sources = both.source.rows.remove(of).unwrap_or_default();
            let mut targets = both.target.rows.remove(of).unwrap_or_default();
            let (mut ours, mut theirs) = (surplus(&mut sources, &targets), surplus(&mut targets, &sources));
            while let (Some(source), Some(target)) = (ours.last_mut(), theirs.last_mut()) {
                report.differences.push(changed(table, source, target));
                use_one(&mut ours);
                use_one(&mut theirs);
            }
            missing.append(&mut ours);
            extra.append(&mut theirs);
        }
    }
    for (source, target) in pair(&key, &mut missing, &mut extra) {
        report.differences.push(changed(table, &source, &target));
        report.differences_count -= 1;
    }
    report.differences.extend(missing.iter().flat_map(|kept| one_sided(DifferenceKind::Missing, kept, named_max)));
    report.differences.extend(extra.iter().flat_map(|kept| one_sided(DifferenceKind::Extra, kept, named_max)));
    report.differences.sort_by(|a, b| (a.rowid.is_none(), a.rowid, &a.key).cmp(&(b.rowid.is_none(), b.rowid, &b.key)));
    report.differences.truncate(named_max);
    Ok(())
}

/// The rows of one key that this side holds and the other does not, or not as often.
fn surplus(rows: &mut HashMap<Half, Kept>, others: &HashMap<Half, Kept>) -> Vec<Kept> {
    let more = |digest: &Half, kept: &Kept| kept.copies.saturating_sub(others.get(digest).map_or(0, |o| o.copies));
    let found: Vec<(Half, u64)> = rows.iter().map(|(digest, kept)| (*digest, more(digest, kept))).collect();
    let found = found.into_iter().filter(|(_, copies)| *copies > 0);
    found.filter_map(|(digest, copies)| Some(Kept { copies, ..rows.get(&digest)?.clone() })).collect()
}

fn use_one(rows: &mut Vec<Kept>) {
    if let Some(last) = rows.last_mut() {
        last.copies -= 1;
        if last.copies == 0 {
            rows.pop();
        }
    }
}

fn changed(table: &TableMap, source: &Kept, target: &Kept) -> Difference {
    let pairs = table.columns.iter().zip(source.columns.iter().zip(&target.columns));
    let columns = pairs.filter(|(_, (ours, theirs))| ours.0 != theirs.0).map(|(column, (ours, theirs))| {
        ColumnDifference { column: column.target.clone(), source: ours.1.clone(), target: theirs.1.clone() }
    });
    let columns = columns.collect();
    Difference { kind: DifferenceKind::Changed, rowid: source.rowid, key: source.key.clone(), columns }
}

fn one_sided(kind: DifferenceKind, kept: &Kept, named_max: usize) -> impl Iterator<Item = Difference> {
    let copies = usize::try_from(kept.copies).unwrap_or(usize::MAX).min(named_max);
    let (rowid, key) = (kept.rowid, kept.key.clone());
    std::iter::repeat_with(move || Difference { kind, rowid, key: key.clone(), columns: Vec::new() }).take(copies)
}
