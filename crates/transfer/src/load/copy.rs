use std::collections::BTreeMap;
use std::time::Instant;

use autobot_catalog::TableMap;
use autobot_db::{TableName, quote_literal};
use sqlx::PgConnection;
use sqlx::postgres::PgCopyIn;
use tokio::task::spawn_blocking;

use super::aside::send_aside;
use super::feed::Feed;
use super::run::Loading;
use super::schedule::SMALL_BYTES;
use super::work::Done;
use crate::error::Error;
use crate::read::{BatchEnd, Cut, Pipe, Reader, Span, TRAILER, pipe};
use crate::stage::{Begun, Session};
use crate::{STAGE_SCHEMA, TableReport};

/// Makes a table and loads its rows, in one transaction with its mark, or in batches, each with a mark of how far it is; a
/// small one gets its keys there too, and its statistics right after: on a slow network a round trip is all that it costs.
pub(super) async fn copy(loading: &Loading<'_>, session: &mut Session, table: usize) -> Result<Done, Error> {
    let migration = loading.crew.migration();
    let object = &migration.target.tables[table];
    let name = &object.table;
    let begun = loading.state.begun.get(name.as_str());
    let sorting = loading.sorting(table).of_table(name);
    let making = match begun {
        None => format!("begin; drop table if exists {} cascade; {}; {sorting}", name.quoted(), object.sql),
        Some(_) => "begin".to_owned(),
    };
    session.run(format!("create table `{name}`"), making).await?;
    let position = migration.tables.iter().position(|map| map.target == *name);
    let report = match position {
        Some(position) => {
            let options = loading.crew.options().batches;
            let is_large = loading.bytes.get(table).is_some_and(|bytes| *bytes >= options.from_bytes);
            let batch_bytes = is_large.then_some(options.bytes);
            load_rows(loading, session, position, begun, batch_bytes).await?
        }
        None => TableReport::empty(name),
    };
    let with_keys = report.bytes < SMALL_BYTES;
    let mut sql = String::new();
    if with_keys {
        for index in migration.target.indexes.iter().filter(|index| index.table == *name) {
            for statement in [Some(&index.sql), index.constraint_sql.as_ref()].into_iter().flatten() {
                sql.push_str(statement);
                sql.push_str(";\n");
            }
        }
    }
    let table_name = quote_literal(name.as_str());
    sql.push_str(&format!(
        "delete from autobot_marks.batch where table_name = {table_name};\n\
         insert into autobot_marks.mark (table_name, report) values ({table_name}, {}); commit",
        report.literal()
    ));
    if with_keys && loading.crew.options().analyze {
        sql.push_str(&format!("; analyze {}", name.quoted()));
    }
    session.run(format!("finish table `{name}`"), sql).await?;
    Ok(Done::Copied { table, report: position.map(|_| Box::new(report)), with_keys })
}

/// Why the session stopped sending.
enum Broken {
    /// The reader ended, and has the reason.
    Reader,
    /// Something went wrong here.
    Here(Error),
}

/// Sends a table's rows, all but the last batch committed; `begun`: how far an earlier run came.
async fn load_rows(
    loading: &Loading<'_>,
    session: &mut Session,
    table: usize,
    begun: Option<&Begun>,
    batch_bytes: Option<u64>,
) -> Result<TableReport, Error> {
    let crew = loading.crew;
    let migration = crew.migration();
    let map = &migration.tables[table];
    let lost = || Error::ReaderLost { table: map.source.clone() };
    let connection = crew.reader().ok_or_else(lost)?;
    let (filler, mut pipe) = pipe();
    let span = Span { after: begun.map(|begun| begun.up_to), batch_bytes };
    let witnesses = crew.options().witnesses.clone();
    let reader = Reader { connection, migration: crew.migration(), table, span, witnesses, filler };
    let reading = spawn_blocking(move || reader.run());
    let sent = send_batches(loading, session, map, begun, &mut pipe).await;
    // The reader stops at its next block.
    drop(pipe);
    let (connection, read) = reading.await.map_err(|_| lost())?;
    crew.give_reader_back(connection);
    match (sent, read) {
        (Ok(report), Ok(())) => as_assessed(map, report),
        (Err(Broken::Here(error)), _) | (_, Err(Cut::Failed(error))) => Err(error),
        (_, Err(Cut::Closed)) | (Err(Broken::Reader), Ok(())) => Err(lost()),
    }
}

/// The report, where as many rows were read as were assessed: both see one snapshot.
fn as_assessed(map: &TableMap, report: TableReport) -> Result<TableReport, Error> {
    let read = report.rows + report.quarantined;
    match map.rows.filter(|assessed| map.filter.is_none() && *assessed != read) {
        Some(assessed) => Err(Error::OtherRows { table: map.source.clone(), assessed, read }),
        None => Ok(report),
    }
}

async fn send_batches(
    loading: &Loading<'_>,
    session: &mut Session,
    map: &TableMap,
    begun: Option<&Begun>,
    pipe: &mut Pipe,
) -> Result<TableReport, Broken> {
    let started = Instant::now();
    let mut report = begun.map_or_else(|| TableReport::empty(&map.target), |begun| begun.report.clone());
    let (rows_before, bytes_before, seconds_before) = (report.rows, report.bytes, report.seconds);
    let mut feed = Feed::new(loading, map, session.pid, rows_before);
    let mut is_new = begun.is_none();
    loop {
        let end = send_batch(loading, session, map, pipe, &mut feed, is_new).await?;
        report.bytes = bytes_before + feed.bytes;
        report.seconds = seconds_before + started.elapsed().as_secs_f64();
        let up_to = report.add(session, map, end).await.map_err(Broken::Here)?;
        let Some(up_to) = up_to else { return Ok(report) };
        session
            .run(format!("mark a batch of table `{}`", map.target), mark(&report, up_to))
            .await
            .map_err(Broken::Here)?;
        is_new = false;
    }
}

/// Sends one batch, all its rows: what the server says of it when that fails goes before what was seen of it here.
async fn send_batch(
    loading: &Loading<'_>,
    session: &mut Session,
    map: &TableMap,
    pipe: &mut Pipe,
    feed: &mut Feed<'_>,
    is_new: bool,
) -> Result<BatchEnd, Broken> {
    let rows_before = feed.rows;
    let copy = session.connection.copy_in_raw(&statement(map, is_new)).await;
    let mut copy = copy.map_err(|source| Broken::Here(feed.failed(source)))?;
    let end = match feed.batch(pipe, &mut copy).await {
        Ok(Some(end)) => end,
        Ok(None) => return Err(give_up(copy, feed, Broken::Reader).await),
        Err(error) => return Err(give_up(copy, feed, Broken::Here(error)).await),
    };
    let failed = |source| Broken::Here(feed.failed(source));
    copy.send(TRAILER.as_slice()).await.map_err(failed)?;
    let copied = copy.finish().await.map_err(failed)?;
    // The server has them now: that moment counts.
    loading.meter.sent(0, 0);
    let sent = feed.rows - rows_before;
    if copied != end.rows || copied != sent {
        return Err(Broken::Here(Error::RowCount { table: map.target.clone(), sent, copied }));
    }
    Ok(end)
}

/// FREEZE is allowed where the table was made in this transaction; it spares the server hint bits and, later, a vacuum of
/// every page.
fn statement(map: &TableMap, is_new: bool) -> String {
    let sent = map.columns.iter().filter(|column| column.generated.is_none());
    let columns = sent.map(|column| column.target.quoted()).collect::<Vec<_>>().join(", ");
    let freeze = if is_new { ", freeze true" } else { "" };
    format!("copy {STAGE_SCHEMA}.{} ({columns}) from stdin with (format binary{freeze})", map.target.quoted())
}

/// Commits a batch with the mark of how far its table is, and begins the next.
fn mark(report: &TableReport, up_to: i64) -> String {
    format!(
        "insert into autobot_marks.batch (table_name, up_to, report) values ({}, {up_to}, {}) \
         on conflict (table_name) do update set up_to = excluded.up_to, report = excluded.report, at = now(); commit; begin",
        quote_literal(report.table.as_str()),
        report.literal()
    )
}

/// Ends a COPY that cannot be finished, and says why.
async fn give_up(copy: PgCopyIn<&mut PgConnection>, feed: &Feed<'_>, seen: Broken) -> Broken {
    match copy.abort("given up by the client").await {
        Err(source @ sqlx::Error::Database(_)) => Broken::Here(feed.failed(source)),
        _ => seen,
    }
}

impl TableReport {
    fn empty(table: &TableName) -> Self {
        let (rows, bytes, seconds, quarantined, orphans) = (0, 0, 0.0, 0, 0);
        Self { table: table.clone(), rows, bytes, seconds, changed: BTreeMap::new(), quarantined, orphans }
    }

    /// Adds a batch that was sent, and sends what it set aside; gives how far the table is, none at its end.
    async fn add(&mut self, session: &mut Session, map: &TableMap, end: BatchEnd) -> Result<Option<i64>, Error> {
        self.rows += end.rows;
        for (rule, count) in end.changed {
            *self.changed.entry(rule).or_default() += count;
        }
        self.quarantined += end.aside.quarantine.rows;
        send_aside(session, map, end.aside).await?;
        Ok(end.up_to)
    }

    /// As a literal of SQL, for the marks.
    fn literal(&self) -> String {
        quote_literal(&serde_json::to_string(self).unwrap_or_default())
    }
}
