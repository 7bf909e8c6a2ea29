use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rusqlite::{Connection, ToSql};

use crate::orphans::Scratch;
use crate::tally::TableTally;
use crate::{Error, Progress, rows};

use super::Target;

/// Rows between two calls of the observer.
const PROGRESS_ROWS: u64 = 8_192;

/// A table, or a range of its rowids.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job {
    pub(super) target: usize,
    pub(super) range: Option<(i64, i64)>,
}

/// The jobs that threads take one after another.
pub(super) struct Work<'a> {
    targets: &'a [Target<'a>],
    jobs: &'a [Job],
    places_max: usize,
    observer: &'a (dyn Fn(Progress<'_>) -> ControlFlow<()> + Sync),
    next: AtomicUsize,
    failed: AtomicBool,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        targets: &'a [Target<'a>],
        jobs: &'a [Job],
        places_max: usize,
        observer: &'a (dyn Fn(Progress<'_>) -> ControlFlow<()> + Sync),
    ) -> Self {
        Self { targets, jobs, places_max, observer, next: AtomicUsize::new(0), failed: AtomicBool::new(false) }
    }

    /// Takes jobs until none is left; gives what was seen of each table, by its number.
    pub(super) fn run(&self, connection: &Connection) -> Result<BTreeMap<usize, TableTally>, Error> {
        let mut tallies = BTreeMap::new();
        let mut scratch = Scratch::default();
        while let Some(job) = self.jobs.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let tally = tallies.entry(job.target).or_insert_with(|| self.targets[job.target].tally(self.places_max));
            if let Err(error) = self.job(connection, *job, tally, &mut scratch) {
                self.failed.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(tallies)
    }

    fn job(
        &self,
        connection: &Connection,
        job: Job,
        tally: &mut TableTally,
        scratch: &mut Scratch,
    ) -> Result<(), Error> {
        let target = &self.targets[job.target];
        let Target { table, reading, foreign_keys, .. } = target;
        let ranged;
        let (low, high);
        let (sql, parameters): (&str, &[&dyn ToSql]) = match (job.range, &reading.rowid_word) {
            (Some(range), Some(word)) => {
                (low, high) = range;
                ranged = format!("{} where {word} between ?1 and ?2", reading.sql);
                (&ranged, &[&low, &high])
            }
            _ => (&reading.sql, &[]),
        };
        let mut unreported = 0;
        rows::each(connection, table, reading, sql, parameters, |row| {
            let failed = |source| Error::reading(&table.name, "read", reading.locator.rowid(row), source);
            tally.row(row, reading.first, &reading.locator).map_err(failed)?;
            for foreign_key in foreign_keys {
                if foreign_key.is_orphan(row, reading.first, scratch) {
                    tally.orphan(foreign_key.number, || foreign_key.place(row, reading));
                }
            }
            unreported += 1;
            if unreported == PROGRESS_ROWS {
                self.report(target, std::mem::take(&mut unreported))?;
            }
            Ok(())
        })?;
        self.report(target, unreported)
    }

    fn report(&self, target: &Target<'_>, rows: u64) -> Result<(), Error> {
        let stopped = (self.observer)(Progress { table: &target.table.name, rows }).is_break();
        if stopped || self.failed.load(Ordering::Relaxed) { Err(Error::Stopped) } else { Ok(()) }
    }
}
