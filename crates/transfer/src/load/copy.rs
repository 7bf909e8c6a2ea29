use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use autobot_catalog::TableMap;
use autobot_db::{TableName, quote_literal};
use autobot_plan::{Scope, Unit};
use sqlx::PgConnection;
use sqlx::postgres::PgCopyIn;
use tokio::task::spawn_blocking;

use super::crew::Crew;
use super::meter::Meter;
use super::schedule::SMALL_BYTES;
use super::work::Done;
use crate::TableReport;
use crate::error::Error;
use crate::read::{Aside, Cut, HEADER, Pipe, ReadSummary, Reader, Spool, TRAILER, pipe};
use crate::stage::Session;
use crate::{MARKS_SCHEMA, STAGE_SCHEMA};

/// A block with a large value is sent in pieces of this size, so that the driver's own buffer stays small.
const PIECE_BYTES: usize = 64 * 1024;

/// How often the server is asked whether it still copies.
const WATCH_EVERY: Duration = Duration::from_secs(3);

/// Bytes between two reports of progress.
const PROGRESS_BYTES: u64 = 8 * 1024 * 1024;

/// Makes a table and loads its rows, in one transaction with its mark; a small one gets its keys there too.
pub(super) async fn copy(
    crew: &Crew,
    session: &mut Session,
    table: usize,
    scope: &Scope<'_>,
    meter: &Meter,
) -> Result<Done, Error> {
    let migration = crew.migration();
    let object = &migration.target.tables[table];
    let name = &object.table;
    let making = format!("begin; drop table if exists {} cascade; {}", name.quoted(), object.sql);
    session.run(format!("create table `{name}`"), making).await?;
    let map = migration.tables.iter().position(|map| map.target == *name);
    let report = match map {
        Some(map) => load_rows(crew, session, map, scope, meter).await?,
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
    let mark = serde_json::to_string(&report).unwrap_or_default();
    sql.push_str(&format!(
        "insert into autobot_marks.mark (table_name, report) values ({}, {}); commit",
        quote_literal(name.as_str()),
        quote_literal(&mark)
    ));
    session.run(format!("finish table `{name}`"), sql).await?;
    Ok(Done::Copied { table, report: map.map(|_| Box::new(report)), with_keys })
}

async fn load_rows(
    crew: &Crew,
    session: &mut Session,
    table: usize,
    scope: &Scope<'_>,
    meter: &Meter,
) -> Result<TableReport, Error> {
    let started = Instant::now();
    let migration = crew.migration();
    let map = &migration.tables[table];
    let pid = session.pid;
    let mut copy = session.connection.copy_in_raw(&statement(map)).await.map_err(|source| failed(map, 0, source))?;
    let connection = crew.reader().ok_or_else(|| Error::ReaderLost { table: map.source.clone() })?;
    let (filler, pipe) = pipe();
    let reader = Reader { connection, migration: crew.migration(), table, filler };
    let reading = spawn_blocking(move || reader.run());
    let mut feed = Feed { crew, scope, meter, map, pid, sent_bytes: 0, sent_rows: 0 };
    // The pipe is gone when this is done, so that the reader stops at its next block.
    let sending = feed.run(pipe, &mut copy).await;
    let (connection, read) = reading.await.map_err(|_| Error::ReaderLost { table: map.source.clone() })?;
    crew.give_reader_back(connection);
    let summary = match (sending, read) {
        (Ok(()), Ok(summary)) => summary,
        (Err(error), _) | (Ok(()), Err(Cut::Failed(error))) => {
            return Err(give_up(copy, error, map, feed.sent_rows).await);
        }
        (Ok(()), Err(Cut::Closed)) => {
            let lost = Error::ReaderLost { table: map.source.clone() };
            return Err(give_up(copy, lost, map, feed.sent_rows).await);
        }
    };
    copy.send(TRAILER.as_slice()).await.map_err(|source| failed(map, summary.rows, source))?;
    let copied = copy.finish().await.map_err(|source| failed(map, summary.rows, source))?;
    // The server has them now: that moment counts.
    meter.sent(0, 0);
    if copied != summary.rows {
        return Err(Error::RowCount { table: map.target.clone(), sent: summary.rows, copied });
    }
    let report = TableReport::of(map, &summary, feed.sent_bytes, started.elapsed());
    send_aside(session, map, summary).await?;
    Ok(report)
}

/// FREEZE is allowed because the table was made in this transaction; it spares the server hint bits and, later, a
/// vacuum of every page.
fn statement(map: &TableMap) -> String {
    let sent = map.columns.iter().filter(|column| column.generated.is_none());
    let columns = sent.map(|column| column.target.quoted()).collect::<Vec<_>>().join(", ");
    format!("copy {STAGE_SCHEMA}.{} ({columns}) from stdin with (format binary, freeze true)", map.target.quoted())
}

/// Sends what the reader encodes.
struct Feed<'a> {
    crew: &'a Crew,
    scope: &'a Scope<'a>,
    meter: &'a Meter,
    map: &'a TableMap,
    pid: i32,
    sent_bytes: u64,
    sent_rows: u64,
}

impl Feed<'_> {
    async fn run(&mut self, mut pipe: Pipe, copy: &mut PgCopyIn<&mut PgConnection>) -> Result<(), Error> {
        let (mut told, mut watched) = (0, Instant::now());
        while let Some(block) = pipe.blocks.recv().await {
            if self.scope.stop.is_requested() {
                return Err(Error::Stopped);
            }
            for piece in block.bytes.chunks(PIECE_BYTES) {
                copy.send(piece).await.map_err(|source| failed(self.map, self.sent_rows, source))?;
            }
            self.sent_bytes += block.bytes.len() as u64;
            self.sent_rows += block.rows;
            self.meter.sent(block.rows, block.bytes.len() as u64);
            pipe.give_back(block.bytes);
            if self.sent_bytes - told >= PROGRESS_BYTES {
                told = self.sent_bytes;
                self.scope.part(self.map.target.as_str(), self.sent_rows, self.map.rows, Unit::Rows);
            }
            if watched.elapsed() >= WATCH_EVERY {
                watched = Instant::now();
                if !self.crew.is_copying(self.pid).await? {
                    let ended = sqlx::Error::Protocol("the server ended the COPY".to_owned());
                    return Err(failed(self.map, self.sent_rows, ended));
                }
            }
        }
        Ok(())
    }
}

/// Ends a COPY that cannot be finished, and says why: what the server says of it goes before what we saw of it.
async fn give_up(copy: PgCopyIn<&mut PgConnection>, seen: Error, map: &TableMap, rows: u64) -> Error {
    match copy.abort("given up by the client").await {
        Err(source @ sqlx::Error::Database(_)) => failed(map, rows, source),
        _ => seen,
    }
}

/// Sends the rows and originals that were set aside, in the transaction of their table.
async fn send_aside(session: &mut Session, map: &TableMap, summary: ReadSummary) -> Result<(), Error> {
    let Aside { quarantine, originals } = summary.aside;
    send_spool(session, map, "quarantine", Spool::QUARANTINE_COLUMNS, quarantine).await?;
    send_spool(session, map, "original", Spool::ORIGINAL_COLUMNS, originals).await
}

async fn send_spool(
    session: &mut Session,
    map: &TableMap,
    table: &str,
    columns: &str,
    mut spool: Spool,
) -> Result<(), Error> {
    if spool.rows == 0 {
        return Ok(());
    }
    let server = |source| Error::Statement { doing: format!("set rows of table `{}` aside", map.source), source };
    let disk = |source| Error::Aside { table: map.source.clone(), source };
    let sql = format!("copy {MARKS_SCHEMA}.{table} ({columns}) from stdin with (format binary)");
    let mut copy = session.connection.copy_in_raw(&sql).await.map_err(server)?;
    copy.send(HEADER.as_slice()).await.map_err(server)?;
    let mut piece = vec![0; PIECE_BYTES];
    spool.rewind().map_err(disk)?;
    loop {
        let length = spool.read(&mut piece).map_err(disk)?;
        if length == 0 {
            break;
        }
        copy.send(&piece[..length]).await.map_err(server)?;
    }
    copy.send(TRAILER.as_slice()).await.map_err(server)?;
    let copied = copy.finish().await.map_err(server)?;
    if copied != spool.rows {
        return Err(Error::RowCount { table: map.target.clone(), sent: spool.rows, copied });
    }
    Ok(())
}

fn failed(map: &TableMap, rows: u64, source: sqlx::Error) -> Error {
    Error::Copy { table: map.target.clone(), rows, source }
}

impl TableReport {
    fn empty(table: &TableName) -> Self {
        let (rows, bytes, seconds, quarantined, orphans) = (0, 0, 0.0, 0, 0);
        Self { table: table.clone(), rows, bytes, seconds, changed: BTreeMap::new(), quarantined, orphans }
    }

    fn of(map: &TableMap, summary: &ReadSummary, bytes: u64, took: Duration) -> Self {
        Self {
            rows: summary.rows,
            bytes,
            seconds: took.as_secs_f64(),
            changed: summary.changed.clone(),
            quarantined: summary.aside.quarantine.rows,
            ..Self::empty(&map.target)
        }
    }
}
