use autobot_catalog::TableMap;
use autobot_plan::Scope;

use super::key_columns;
use super::pass::{Both, Collect, Place, read_both, read_target};
use super::step::{Follower, Leader, Step, in_step};
use crate::digest::{RowDigest, Sum};
use crate::marks::{Mark, Marks};
use crate::side::CanonicalRow;
use crate::stream::RowStream;
use crate::{Error, Testimony};

/// Number of buckets: small enough to keep for both sides (200 KiB each), large enough that one differing row leads to
/// few others.
pub(crate) const BUCKETS: usize = 4096;

/// Sums of row digests, by a hash of the row's key: rows of equal key meet in one bucket on both sides.
#[derive(Debug, Clone)]
pub(crate) struct Buckets {
    key: Vec<usize>,
    sums: Vec<Sum>,
    keys: Vec<u64>,
    key_max: Option<i64>,
}

/// Sums of both sides. The source's hands its rows over to the target's, which need not digest the ones that are equal.
pub(super) async fn sums(place: &mut Place<'_>, scope: &Scope<'_>) -> Result<Both<Buckets>, Error> {
    let key = key_columns(place.table);
    let (leader, follower) = in_step();
    let source = Leading { buckets: Buckets::new(key.clone()), leader };
    let target = Following { buckets: Buckets::new(key), follower };
    let both = read_both(place, source, target, scope).await?;
    Ok(Both { source: both.source.buckets, target: both.target.buckets, quarantined: both.quarantined })
}

/// Sums of the target, which are the source's too where its rows are those that were attested, in the same order: a copy
/// usually gives them back so. Else both sides have to be read.
pub(super) async fn attested(
    place: &mut Place<'_>,
    testimony: Testimony,
    scope: &Scope<'_>,
) -> Result<Option<Both<Buckets>>, Error> {
    let buckets = Buckets::new(key_columns(place.table));
    let read = read_target(place, Attested { buckets, stream: RowStream::new(testimony.key) }, scope).await?;
    let (target, quarantined) = (read.buckets, testimony.quarantined);
    Ok((read.stream.digest() == testimony.seen).then(|| Both { source: target.clone(), target, quarantined }))
}

/// The target's sums, and what is held against a testimony.
struct Attested {
    buckets: Buckets,
    stream: RowStream,
}

impl Collect for Attested {
    const WITH_ROWID: bool = false;

    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error> {
        self.stream.add(row);
        self.buckets.add(row);
        Ok(())
    }
}

/// The source's sums.
struct Leading {
    buckets: Buckets,
    leader: Leader,
}

impl Collect for Leading {
    const WITH_ROWID: bool = false;

    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error> {
        let step = self.buckets.step(row);
        self.buckets.take(row, &step);
        self.leader.hand_over(&row.bytes, step);
        Ok(())
    }

    fn end(&mut self) {
        self.leader.end();
    }
}

/// The target's sums.
struct Following {
    buckets: Buckets,
    follower: Follower,
}

impl Collect for Following {
    const WITH_ROWID: bool = false;

    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error> {
        let step = self.follower.next(&row.bytes).unwrap_or_else(|| self.buckets.step(row));
        self.buckets.take(row, &step);
        Ok(())
    }

    fn end(&mut self) {
        self.follower.leave();
    }
}

impl Buckets {
    pub(crate) fn new(key: Vec<usize>) -> Self {
        Self { key, sums: vec![Sum::default(); BUCKETS], keys: vec![0; BUCKETS], key_max: None }
    }

    pub(crate) fn add(&mut self, row: &CanonicalRow) {
        let step = self.step(row);
        self.take(row, &step);
    }

    fn step(&self, row: &CanonicalRow) -> Step {
        let digest = row.digest();
        Step { digest, hash: row.key_hash(&self.key, &digest) }
    }

    fn take(&mut self, row: &CanonicalRow, step: &Step) {
        let bucket = bucket_of(step.hash);
        self.sums[bucket].add(&step.digest);
        self.keys[bucket] = self.keys[bucket].wrapping_add(step.hash);
        self.key_max = self.key_max.max(row.integer_key(&self.key));
    }

    pub(crate) fn total(&self) -> Sum {
        let mut total = Sum::default();
        self.sums.iter().for_each(|sum| total.merge(sum));
        total
    }

    /// The buckets whose sums differ, with the number of rows in them on both sides.
    pub(crate) fn differing(&self, other: &Self) -> Vec<(usize, u64)> {
        self.pairs(other).filter(|(_, (a, b))| a != b).map(|(at, (a, b))| (at, a.rows + b.rows)).collect()
    }

    /// The buckets with rows in them, with their number on both sides.
    pub(crate) fn filled(&self, other: &Self) -> Vec<(usize, u64)> {
        self.pairs(other).map(|(at, (a, b))| (at, a.rows + b.rows)).filter(|(_, rows)| *rows > 0).collect()
    }

    /// What a later look at the same table is held against.
    pub(crate) fn marks(&self, table: &TableMap) -> Marks {
        Marks::new(table, &self.key, self.key_max, &self.sums, &self.keys)
    }

    /// Pairs of each part of an earlier look and of this one.
    pub(crate) fn held_against(&self, earlier: &Marks) -> Vec<(Mark, Mark)> {
        earlier.held_against(&self.sums, &self.keys)
    }

    fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (usize, (&'a Sum, &'a Sum))> {
        self.sums.iter().zip(&other.sums).enumerate()
    }
}

/// The bucket of a key, given its hash.
pub(crate) fn bucket_of(hash: u64) -> usize {
    // The remainder is below BUCKETS.
    usize::try_from(hash % BUCKETS as u64).unwrap_or(0)
}

/// Digest of the row and of its key, for [`super::spill`] and [`super::gather`].
pub(super) fn digests(row: &CanonicalRow, key: &[usize]) -> (RowDigest, RowDigest) {
    let digest = row.digest();
    (row.key_digest(key, &digest), digest)
}
