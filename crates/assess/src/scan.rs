//! The pass over every value, by as many threads as there are connections.

mod pages;
mod work;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::thread;

use autobot_catalog::{Evidence, SourceCatalog, SourceTable, TableKind};
use autobot_convert::Interest;
use autobot_db::ColumnName;
use rusqlite::Connection;

use crate::orphans::{self, ForeignKey};
use crate::rows::{self, Reading};
use crate::tally::{self, TableTally};
use crate::{Error, Progress, ScanOptions, interest};

use work::{Job, Work};

/// Ranges of rowids that a large table is cut into, so that threads finish together.
const RANGES_MAX: i64 = 64;

/// Rowids in a range at least.
const RANGE_ROWIDS_MIN: i64 = 2_048;

/// Reads every value of every table that can be read and gives what was found.
///
/// The connections must see the same state of the database (a [`Snapshot`](autobot_db::Snapshot)); each serves a thread.
/// Memory does not grow with the number of rows. `observer` may stop the scan; it is called from all threads.
pub fn scan(
    connections: &mut [Connection],
    catalog: &SourceCatalog,
    options: &ScanOptions,
    observer: &(dyn Fn(Progress<'_>) -> ControlFlow<()> + Sync),
) -> Result<Evidence, Error> {
    let (first, others) = connections.split_first_mut().ok_or(Error::NoConnection)?;
    let targets = targets(first, catalog, options)?;
    let jobs = jobs(first, &targets)?;
    let work = Work::new(&targets, &jobs, options.places_max, observer);
    let (damage, parts) = thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = others.iter_mut().map(|connection| scope.spawn(move || read(work, connection))).collect();
        let damage = if options.check_pages { pages::damaged_pages(first) } else { Ok(Vec::new()) };
        let mut parts = vec![work.run(first)];
        parts.extend(threads.into_iter().map(|thread| thread.join().unwrap_or(Err(Error::Thread))));
        (damage, parts)
    });
    let mut tallies: Vec<TableTally> = targets.iter().map(|target| target.tally(options.places_max)).collect();
    let (failed, done): (Vec<_>, Vec<_>) = parts.into_iter().partition(Result::is_err);
    // A thread that fails makes the others stop: what stopped them is the cause.
    let cause = |error: &Error| !matches!(error, Error::Stopped);
    let mut errors: Vec<Error> = failed.into_iter().filter_map(Result::err).collect();
    errors.sort_by_key(|error| !cause(error));
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    // A table that cannot be read says where: that goes before.
    let lines = damage?;
    if !lines.is_empty() {
        return Err(Error::Unsound { lines });
    }
    for part in done.into_iter().flatten().flatten() {
        let (target, tally) = part;
        tallies[target].merge(tally);
    }
    for (target, tally) in targets.iter().zip(&mut tallies) {
        for foreign_key in target.foreign_keys.iter().filter(|foreign_key| foreign_key.keys.is_none()) {
            orphans::join(first, target.table, foreign_key, tally)?;
        }
    }
    let tables = targets.iter().zip(tallies);
    let tables =
        tables.map(|(target, tally)| (target.table.name.clone(), tally.evidence(target.columns.iter().copied())));
    Ok(Evidence { tables: tables.collect() })
}

/// Gives a thread its own connection.
fn read(work: &Work<'_>, connection: &mut Connection) -> Result<BTreeMap<usize, TableTally>, Error> {
    work.run(connection)
}

/// A table and what is looked for in it.
struct Target<'a> {
    table: &'a SourceTable,
    columns: Vec<&'a ColumnName>,
    interests: Vec<Interest>,
    reading: Reading,
    foreign_keys: Vec<ForeignKey>,
}

impl Target<'_> {
    fn tally(&self, places_max: usize) -> TableTally {
        TableTally::new(&self.interests, places_max)
    }
}

fn targets<'a>(
    connection: &Connection,
    catalog: &'a SourceCatalog,
    options: &ScanOptions,
) -> Result<Vec<Target<'a>>, Error> {
    let mut parents = orphans::Parents::default();
    let mut targets = Vec::new();
    for table in catalog.tables.iter().filter(|table| is_read(table)) {
        let columns = tally::read_columns(table);
        let interests = table.columns.iter().filter(|column| !column.hidden).map(|column| {
            let hint = options.interests.get(&(table.name.clone(), column.name.clone()));
            interest(column) | hint.copied().unwrap_or_default()
        });
        targets.push(Target {
            table,
            interests: interests.collect(),
            reading: rows::reading(table, &columns),
            foreign_keys: parents.foreign_keys(connection, catalog, table, &columns)?,
            columns,
        });
    }
    Ok(targets)
}

/// SQLite's own tables, those behind virtual tables, and those of a module that is missing are left out.
fn is_read(table: &SourceTable) -> bool {
    match &table.kind {
        TableKind::Ordinary => true,
        TableKind::Virtual { readable, .. } => *readable,
        TableKind::Shadow { .. } => false,
        TableKind::Bookkeeping { .. } => !table.name.as_str().starts_with("sqlite_"),
    }
}

/// The whole of each table, large ones in ranges of rowids.
fn jobs(connection: &Connection, targets: &[Target<'_>]) -> Result<Vec<Job>, Error> {
    let mut jobs = Vec::new();
    for (target, Target { table, reading, .. }) in targets.iter().enumerate() {
        let range = match &reading.rowid_word {
            Some(word) if matches!(table.kind, TableKind::Ordinary) => rowids(connection, table, word)?,
            _ => None,
        };
        let Some((low, high)) = range else {
            jobs.push(Job { target, range: None });
            continue;
        };
        // The span of rowids may be all of 64 bits.
        let span = i128::from(high) - i128::from(low) + 1;
        let step = (span / i128::from(RANGES_MAX)).max(i128::from(RANGE_ROWIDS_MIN));
        let mut start = i128::from(low);
        while start <= i128::from(high) {
            let end = (start + step - 1).min(i128::from(high));
            let within = |rowid: i128| i64::try_from(rowid).unwrap_or(high);
            jobs.push(Job { target, range: Some((within(start), within(end))) });
            start = end + 1;
        }
    }
    Ok(jobs)
}

/// Lowest and highest rowid; none when the table is empty.
fn rowids(connection: &Connection, table: &SourceTable, word: &str) -> Result<Option<(i64, i64)>, Error> {
    let name = table.name.quoted();
    let sql = format!("select (select min({word}) from {name}), (select max({word}) from {name})");
    let range =
        connection.query_row(&sql, [], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)));
    let (low, high) = range.map_err(|source| Error::reading(&table.name, "look at", None, source))?;
    Ok(low.zip(high))
}
