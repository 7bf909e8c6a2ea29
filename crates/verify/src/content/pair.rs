use std::collections::HashMap;

use super::gather::Kept;
use super::spill::Half;

/// Rows of each side among which likeness is looked for: the search takes their product.
const LIKENESS_ROWS_MAX: usize = 1000;

/// Takes pairs out of rows that only the source and only the target hold, which are one row with another key or, in a
/// table without a key, with another value: they differ in fewer columns than they share.
pub(super) fn pair(key: &[usize], missing: &mut Vec<Kept>, extra: &mut Vec<Kept>) -> Vec<(Kept, Kept)> {
    if missing.is_empty() || extra.is_empty() {
        return Vec::new();
    }
    if key.is_empty() { by_likeness(missing, extra) } else { by_rest(key, missing, extra) }
}

/// Rows whose columns outside the key are all equal (and are there).
fn by_rest(key: &[usize], missing: &mut Vec<Kept>, extra: &mut Vec<Kept>) -> Vec<(Kept, Kept)> {
    let rest = |kept: &Kept| -> Vec<Half> {
        let columns = kept.columns.iter().enumerate().filter(|(index, _)| !key.contains(index));
        columns.map(|(_, (digest, _))| *digest).collect()
    };
    if extra.first().is_none_or(|kept| rest(kept).is_empty()) {
        return Vec::new();
    }
    let mut by_rest: HashMap<Vec<Half>, Vec<Kept>> = HashMap::new();
    for kept in extra.drain(..) {
        by_rest.entry(rest(&kept)).or_default().push(kept);
    }
    let mut pairs = Vec::new();
    for kept in std::mem::take(missing) {
        match by_rest.get_mut(&rest(&kept)).and_then(Vec::pop) {
            Some(other) => pairs.push((kept, other)),
            None => missing.push(kept),
        }
    }
    extra.extend(by_rest.into_values().flatten());
    pairs
}

/// The most alike first, as long as at least half of their columns are equal.
fn by_likeness(missing: &mut Vec<Kept>, extra: &mut Vec<Kept>) -> Vec<(Kept, Kept)> {
    if missing.len().max(extra.len()) > LIKENESS_ROWS_MAX {
        return Vec::new();
    }
    let mut likely = Vec::new();
    for (at, ours) in missing.iter().enumerate() {
        for (other, theirs) in extra.iter().enumerate() {
            let equal = ours.columns.iter().zip(&theirs.columns).filter(|(a, b)| a.0 == b.0).count();
            if equal * 2 >= ours.columns.len() && equal > 0 {
                likely.push((equal, at, other));
            }
        }
    }
    likely.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.cmp(b)));
    let mut pairs = Vec::new();
    for (_, at, other) in likely {
        let copies = missing[at].copies.min(extra[other].copies);
        for _ in 0..copies {
            pairs.push((missing[at].clone(), extra[other].clone()));
        }
        missing[at].copies -= copies;
        extra[other].copies -= copies;
    }
    missing.retain(|kept| kept.copies > 0);
    extra.retain(|kept| kept.copies > 0);
    pairs
}
