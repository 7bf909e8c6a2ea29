use autobot_plan::{Scope, Unit};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::crew::Crew;
use super::flush::keep_flushed;
use super::meter::Meter;
use super::schedule::{Schedule, Task};
use super::sorting::Sorting;
use super::standing::report_of;
use super::work::{Done, work};
use crate::TransferReport;
use crate::error::Error;
use crate::read::estimate_bytes;
use crate::stage::{StageState, end_leftovers};

/// Most tables read side by side: each takes a read transaction with its page cache.
const READERS_MAX: usize = 4;

/// What every task of a load works with.
pub(super) struct Loading<'a> {
    pub(super) crew: &'a Crew,
    /// The stage as it was found.
    pub(super) state: &'a StageState,
    /// Estimated size of each table of the target.
    pub(super) bytes: &'a [u64],
    pub(super) scope: &'a Scope<'a>,
    pub(super) meter: &'a Meter,
}

impl Loading<'_> {
    /// How the indexes of a table of the target are built.
    pub(super) fn sorting(&self, table: usize) -> Sorting {
        let bytes = self.bytes.get(table).copied().unwrap_or(0);
        Sorting::of(bytes, self.crew.options().index_workers)
    }
}

/// Does everything that the stage still lacks.
pub(crate) async fn load(crew: &mut Crew, scope: &Scope<'_>) -> Result<TransferReport, Error> {
    let meter = Meter::begin();
    let loaded = go_on(crew, scope, &meter).await;
    if loaded.is_err() {
        crew.cancel_all().await;
    }
    let mut report = loaded?;
    report.seconds = meter.seconds();
    report.throughput = meter.samples();
    Ok(report)
}

async fn go_on(crew: &Crew, scope: &Scope<'_>, meter: &Meter) -> Result<TransferReport, Error> {
    let migration = crew.migration();
    let mut session = crew.session().await?;
    end_leftovers(&mut session.connection, &crew.pids()).await?;
    let state = StageState::read(&mut session.connection).await?;
    let state = state.ok_or_else(|| Error::NotStaged { reason: "there is no stage".to_owned() })?;
    crew.give_back(session);
    let copies_max = crew.ready_readers(crew.options().sessions_max.clamp(1, READERS_MAX))?;
    let bytes = crew.with_reader(|reader| sizes(&migration, reader));
    let mut schedule = Schedule::new(&migration, &state, &bytes, crew.options(), copies_max.max(1));
    let mut report = report_of(&state, &migration);
    let loading = Loading { crew, state: &state, bytes: &bytes, scope, meter };
    tokio::select! {
        done = run_all(&loading, &mut schedule, &mut report) => done?,
        error = keep_flushed(crew, &bytes) => return Err(error),
    }
    crew.check_source()?;
    Ok(report)
}

/// Keeps every session at work until nothing is left.
async fn run_all(loading: &Loading<'_>, schedule: &mut Schedule, report: &mut TransferReport) -> Result<(), Error> {
    let (crew, scope) = (loading.crew, loading.scope);
    let mut running = FuturesUnordered::new();
    loop {
        while running.len() < crew.options().sessions_max.max(1) {
            let Some(task) = schedule.next() else { break };
            running.push(work(loading, task));
        }
        let ended = tokio::select! {
            ended = running.next() => ended,
            () = scope.stop.requested() => return Err(Error::Stopped),
        };
        match ended {
            None => return Ok(()),
            Some(ended) => {
                let (done, work) = ended?;
                report.work.push(work);
                settle(crew, schedule, report, done, scope);
            }
        }
    }
}

/// Notes what a task came to, and tells whoever waits for a table that it is loaded.
fn settle(crew: &Crew, schedule: &mut Schedule, report: &mut TransferReport, done: Done, scope: &Scope<'_>) {
    let migration = crew.migration();
    let mut loaded = Vec::new();
    match done {
        Done::Copied { table, report: Some(copied), with_keys } => {
            scope.part(copied.table.as_str(), copied.rows, Some(copied.rows), Unit::Rows);
            report.set(*copied, &migration);
            schedule.copied(table, with_keys);
            loaded.push(table);
        }
        Done::Copied { table, report: None, with_keys } => schedule.copied(table, with_keys),
        Done::OrphansAside(counts) => {
            schedule.done(Task::Orphans);
            for (table, orphans) in counts {
                if let Some(report) = report.tables.iter_mut().find(|report| report.table == table) {
                    report.orphans += orphans;
                    report.rows -= orphans;
                }
            }
            let loses = |table: &autobot_catalog::TableObject| {
                migration.tables.iter().any(|map| map.target == table.table && !map.quarantine_orphans.is_empty())
            };
            loaded.extend((0..migration.target.tables.len()).filter(|index| loses(&migration.target.tables[*index])));
        }
        Done::Other(task) => schedule.done(task),
    }
    let Some(on_loaded) = &crew.options().on_loaded else { return };
    for table in loaded.into_iter().filter(|table| schedule.is_settled(*table)) {
        let name = &migration.target.tables[table].table;
        if let Some(map) = migration.tables.iter().find(|map| map.target == *name) {
            on_loaded(map);
        }
    }
}

/// Roughly how large each table of the target becomes.
fn sizes(migration: &autobot_catalog::Migration, reader: Option<&rusqlite::Connection>) -> Vec<u64> {
    let size = |table: &autobot_catalog::TableObject| {
        let map = migration.tables.iter().find(|map| map.target == table.table);
        map.map_or(0, |map| estimate_bytes(map, reader))
    };
    migration.target.tables.iter().map(size).collect()
}
