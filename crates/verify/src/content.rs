//! The comparison of one table: a first pass over both sides at once, and further ones only where buckets differ.

mod buckets;
mod locate;
mod words;

use std::ops::ControlFlow;
use std::time::Instant;

use autobot_catalog::{RowKey, TableMap};
use autobot_db::{SchemaName, Target};
use autobot_plan::{Scope, Unit};
use rusqlite::Connection;
use sqlx::PgConnection;

use crate::side::{read_source, read_target, rowid_word};
use crate::{Error, Level, TableReport};

use buckets::Buckets;

/// How to compare.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much.
    pub level: Level,
    /// Where the tables are on the target: the staging schema before publishing, the application's after it.
    pub schema: SchemaName,
    /// Show differing values in the clear.
    pub show_values: bool,
    /// How many differing rows are named; all are counted as long as memory stays bounded.
    pub differences_max: usize,
}

/// Compares one table: source rows read in one thread, target rows in another, both digested independently.
///
/// Gives the connection back for the next table.
pub async fn compare_table(
    source: Connection,
    target: &Target,
    table: &TableMap,
    options: &Options,
    scope: &Scope<'_>,
) -> Result<(TableReport, Connection), Error> {
    let began = Instant::now();
    let failed = |error| Error::ReadSource { table: table.source.clone(), source: error };
    let rowid_word = rowid_word(&source, &table.source).map_err(failed)?;
    let mut session = target.connect().await?;
    let first = pass(source, &mut session, table, rowid_word, options, scope).await?;
    let mut report = TableReport {
        source: table.source.clone(),
        target: table.target.clone(),
        rows_source: first.source.total().rows,
        rows_target: first.target.total().rows,
        rows_quarantined: first.quarantined,
        digest_source: (options.level == Level::Content).then(|| first.source.total().hex()),
        digest_target: (options.level == Level::Content).then(|| first.target.total().hex()),
        differences_count: 0,
        differences: Vec::new(),
        took_ms: 0,
    };
    let mut source = first.connection;
    let differing = first.source.differing(&first.target);
    if !differing.is_empty() {
        source = locate::locate(source, target, table, rowid_word, options, &differing, &mut report).await?;
    }
    report.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok((report, source))
}

/// What the first pass found.
struct Pass {
    connection: Connection,
    source: Buckets,
    target: Buckets,
    quarantined: u64,
}

/// Reads both sides at once and sums their digests by buckets of the key.
async fn pass(
    source: Connection,
    session: &mut PgConnection,
    table: &TableMap,
    rowid_word: Option<&str>,
    options: &Options,
    scope: &Scope<'_>,
) -> Result<Pass, Error> {
    let key = key_columns(table);
    let reading = {
        let (table, key, word) = (table.clone(), key.clone(), rowid_word.map(str::to_owned));
        tokio::task::spawn_blocking(move || {
            let mut buckets = Buckets::new();
            let quarantined = read_source(&source, &table, word.as_deref(), |row| {
                let digest = row.digest();
                buckets.add(&row.key_digest(&key, &digest), &digest);
                ControlFlow::Continue(())
            })?;
            Ok::<_, Error>((source, buckets, quarantined))
        })
    };
    let mut target = Buckets::new();
    let part = table.target.to_string();
    let (total, mut done) = (table.rows, 0_u64);
    read_target(session, &options.schema, table, |row| {
        let digest = row.digest();
        target.add(&row.key_digest(&key, &digest), &digest);
        done += 1;
        if done.is_multiple_of(PROGRESS_ROWS) {
            scope.part(&part, done, total, Unit::Rows);
        }
        ControlFlow::Continue(())
    })
    .await?;
    let cut_off = |_| Error::CutOff { table: table.source.clone() };
    let (connection, source, quarantined) = reading.await.map_err(cut_off)??;
    Ok(Pass { connection, source, target, quarantined })
}

/// Rows between two progress events.
const PROGRESS_ROWS: u64 = 20_000;

/// Indexes of the columns that tell rows apart; empty for a bag.
fn key_columns(table: &TableMap) -> Vec<usize> {
    match &table.key {
        RowKey::RowidColumn(index) => vec![*index],
        RowKey::Columns(columns) => columns.clone(),
        RowKey::None => Vec::new(),
    }
}
