//! The comparison of one table: a first pass over both sides at once, and further ones only where buckets differ.

mod buckets;
mod gather;
mod locate;
mod name;
mod pair;
mod pass;
mod spill;
mod step;
mod words;

use std::sync::Arc;
use std::time::Instant;

use autobot_catalog::{RowKey, TableMap};
use autobot_db::{SchemaName, Target};
use autobot_plan::Scope;
use rusqlite::Connection;

use crate::side::{Orphans, TargetSession, rowid_word};
use crate::{Error, Level, TableReport, Testimony};

pub(crate) use buckets::Buckets;
pub(crate) use pass::Place;

/// How to compare.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much.
    pub level: Level,
    /// Where the tables are on the target: the staging schema before publishing, the application's after it.
    pub schema: SchemaName,
    /// Show differing values in the clear.
    pub show_values: bool,
    /// How many differing rows are named per table; all are counted. [`Level::Rows`] names them all.
    pub differences_max: usize,
}

/// What tables are compared with, one after the other.
pub struct Sides {
    /// A connection of the source.
    pub source: Connection,
    /// A session of the target, none before the first comparison.
    pub session: Option<TargetSession>,
}

/// Compares one table: source rows read in one thread, target rows in another, both digested independently. With a
/// testimony of the source's rows only the target's are read, unless the two differ.
///
/// Gives both sides back for the next table. Orphans that go to quarantine by rule depend on other tables: only
/// [`crate::compare`] knows them, here they count as rows that go over.
pub async fn compare_table(
    sides: Sides,
    target: &Target,
    table: &TableMap,
    testimony: Option<Testimony>,
    options: &Options,
    scope: &Scope<'_>,
) -> Result<(TableReport, Sides), Error> {
    let place = Place::new(sides.source, target, table, options, Arc::new(Orphans::default()))?;
    let (report, place) = compare_place(place.with_session(sides.session), testimony, scope).await?;
    let (source, session) = place.into_sides()?;
    Ok((report, Sides { source, session }))
}

/// The same with the orphans of the whole migration.
pub(crate) async fn compare_place<'a>(
    mut place: Place<'a>,
    testimony: Option<Testimony>,
    scope: &Scope<'_>,
) -> Result<(TableReport, Place<'a>), Error> {
    let began = Instant::now();
    let table = place.table;
    let attested = match testimony {
        Some(testimony) => buckets::attested(&mut place, testimony, scope).await?,
        None => None,
    };
    let sums = match attested {
        Some(sums) => sums,
        None => buckets::sums(&mut place, scope).await?,
    };
    let mut report = TableReport {
        source: table.source.clone(),
        target: table.target.clone(),
        rows_source: sums.source.total().rows,
        rows_target: sums.target.total().rows,
        rows_quarantined: sums.quarantined,
        digest_source: Some(sums.source.total().hex()),
        digest_target: Some(sums.target.total().hex()),
        differences_count: 0,
        differences: Vec::new(),
        took_ms: 0,
        marks: Some(sums.target.marks(table)),
    };
    let suspects = match place.options.level {
        Level::Rows => sums.source.filled(&sums.target),
        _ => sums.source.differing(&sums.target),
    };
    if !suspects.is_empty() {
        locate::locate(&mut place, &suspects, &mut report, scope).await?;
    }
    report.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok((report, place))
}

/// Indexes of the columns that tell rows apart; empty for a bag.
pub(crate) fn key_columns(table: &TableMap) -> Vec<usize> {
    match &table.key {
        RowKey::RowidColumn(index) => vec![*index],
        RowKey::Columns(columns) => columns.clone(),
        RowKey::None => Vec::new(),
    }
}

/// The word for the rowid of a table of the source.
fn word_of(source: &Connection, table: &TableMap) -> Result<Option<&'static str>, Error> {
    rowid_word(source, &table.source).map_err(|error| Error::ReadSource { table: table.source.clone(), source: error })
}
