use std::time::Instant;

use autobot_catalog::TableMap;
use autobot_db::{QualifiedName, TargetError};
use rusqlite::Connection;
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::content::Options;
use crate::side::{Orphans, SourceRows, count_source, has_quarantine, read_source, rowid_word};
use crate::{Error, TableReport};

/// Counts the rows of one table on both sides.
pub(crate) async fn count_table(
    source: &Connection,
    target: &mut PgConnection,
    table: &TableMap,
    options: &Options,
    orphans: &Orphans,
) -> Result<TableReport, Error> {
    let began = Instant::now();
    let failed = |error| Error::ReadSource { table: table.source.clone(), source: error };
    let word = rowid_word(source, &table.source).map_err(failed)?;
    let (rows_source, rows_quarantined) = if has_quarantine(table) {
        let mut rows = 0;
        let orphans = orphans.of(table);
        let reading = SourceRows { connection: source, table, rowid_word: word, orphans: &orphans };
        let quarantined = read_source(reading, |_| {
            rows += 1;
            Ok(())
        })?;
        (rows, quarantined)
    } else {
        (count_source(source, table, word)?, 0)
    };
    let name = QualifiedName { schema: options.schema.clone(), table: table.target.clone() };
    let sql = format!("select count(*) from only {}", name.quoted());
    let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(target).await;
    let row = row.map_err(TargetError::query(format!("count the rows of `{name}`")))?;
    let rows_target = u64::try_from(row.get::<i64, _>(0)).unwrap_or(0);
    Ok(TableReport {
        source: table.source.clone(),
        target: table.target.clone(),
        rows_source,
        rows_target,
        rows_quarantined,
        digest_source: None,
        digest_target: None,
        differences_count: rows_source.abs_diff(rows_target),
        differences: Vec::new(),
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        marks: None,
    })
}
