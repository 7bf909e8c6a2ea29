use std::collections::BTreeSet;
use std::sync::Arc;

use autobot_catalog::{Migration, TableMap};
use autobot_db::{SchemaName, TableName, Target};
use autobot_plan::{Scope, Stop};
use autobot_transfer::{OnLoaded, Witnesses};
use autobot_verify::{ExpectedSchema, Options, Report, Sides, TableReport, TargetSession, compare, compare_table};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use super::Looked;
use super::failures::verify_failure;
use super::witness::Testimonies;
use crate::args::Level;
use crate::{Context, Result};

/// Differences that are named; all are counted.
const DIFFERENCES_MAX: usize = 10_000;

/// Compares tables of the stage while later ones are still being loaded and indexed: both cores are kept busy, and the
/// rows are still in the server's memory.
pub struct Prover<'a> {
    context: &'a Context,
    looked: &'a Looked,
    target: &'a Target,
    options: Options,
    sender: UnboundedSender<TableName>,
    loaded: UnboundedReceiver<TableName>,
    testimonies: Testimonies,
    /// Left by the table before: to open one takes several round trips.
    session: Option<TargetSession>,
}

impl<'a> Prover<'a> {
    /// A prover for the tables in `schema`.
    pub fn new(context: &'a Context, looked: &'a Looked, target: &'a Target, schema: SchemaName, level: Level) -> Self {
        let (sender, loaded) = unbounded_channel();
        let (options, testimonies) = (options(schema, level, false), Testimonies::default());
        Self { context, looked, target, options, sender, loaded, testimonies, session: None }
    }

    /// What the transfer calls with each table whose rows are in the stage.
    pub fn on_loaded(&self) -> OnLoaded {
        let sender = self.sender.clone();
        Arc::new(move |table: &TableMap| {
            // Nobody listens any more only when the comparison has failed, which is told otherwise.
            let _ = sender.send(table.target.clone());
        })
    }

    /// Who sees the source's rows while the transfer reads them; none where every table is compared at the end.
    pub fn witnesses(&self) -> Option<Witnesses> {
        self.may_begin_early().then(|| self.testimonies.witnesses())
    }

    /// Compares tables as they are loaded; when `done` says that all are, the rest and the schema.
    pub async fn prove(mut self, mut done: oneshot::Receiver<bool>) -> Result<Report> {
        let mut tables: Vec<TableReport> = Vec::new();
        let mut expected = None;
        let early = self.may_begin_early();
        let whole = loop {
            tokio::select! {
                finished = &mut done => break finished.unwrap_or(false),
                Some(name) = self.loaded.recv(), if early => {
                    // The extensions are there; and nobody waits for this now, as everybody would at the end.
                    if expected.is_none() {
                        expected = Some(self.expect().await?);
                    }
                    tables.extend(self.one(&name).await?);
                }
            }
        };
        if !whole {
            // The load failed, which is what will be told; nothing can be said of the rest.
            return Ok(Report { level: self.options.level, tables, schema: Vec::new() });
        }
        if !early {
            let stop: &Stop = &self.context.stop;
            return compare_all(self.context, self.looked, self.target, &self.options, stop).await;
        }
        let known: BTreeSet<TableName> = tables.iter().map(|table| table.target.clone()).collect();
        let migration: &Migration = &self.looked.migration;
        for map in migration.tables.iter().filter(|map| !known.contains(&map.target)) {
            tables.extend(self.one(&map.target).await?);
        }
        let place = |table: &TableReport| migration.tables.iter().position(|map| map.target == table.target);
        tables.sort_by_key(place);
        let expected = match expected {
            Some(expected) => expected,
            None => self.expect().await?,
        };
        // Another session: one that is idle for as long as a load may take is cut off by some servers.
        let mut session = self.target.connect().await?;
        let schema = expected.compare(&mut session, migration).await.map_err(verify_failure)?;
        Ok(Report { level: self.options.level, tables, schema })
    }

    /// What the schema will be held against.
    async fn expect(&self) -> Result<ExpectedSchema> {
        let mut session = self.target.connect().await?;
        let expected = ExpectedSchema::of(&mut session, &self.looked.migration, &self.options.schema).await;
        expected.map_err(verify_failure)
    }

    /// Counting is quick, and orphans in quarantine are known only when all tables are: both are done at the end.
    fn may_begin_early(&self) -> bool {
        let orphans = self.looked.migration.tables.iter().any(|table| !table.quarantine_orphans.is_empty());
        self.options.level != autobot_verify::Level::Counts && !orphans
    }

    async fn one(&mut self, name: &TableName) -> Result<Option<TableReport>> {
        let Some(table) = self.looked.migration.tables.iter().find(|map| map.target == *name) else { return Ok(None) };
        let scope = Scope { id: "prove", observer: &self.context.terminal, stop: &self.context.stop };
        let sides = Sides { source: self.looked.lend()?, session: self.session.take() };
        let compared =
            compare_table(sides, self.target, table, self.testimonies.take(name), &self.options, &scope).await;
        let (report, sides) = compared.map_err(verify_failure)?;
        self.looked.give_back(sides.source);
        self.session = sides.session;
        Ok(Some(report))
    }
}

/// Compares every table, published or staged, with the source.
pub async fn compare_with(
    context: &Context,
    looked: &Looked,
    target: &Target,
    schema: SchemaName,
    level: Level,
    show_values: bool,
) -> Result<Report> {
    compare_all(context, looked, target, &options(schema, level, show_values), &context.stop).await
}

async fn compare_all(
    context: &Context,
    looked: &Looked,
    target: &Target,
    options: &Options,
    stop: &Stop,
) -> Result<Report> {
    let scope = Scope { id: "verify", observer: &context.terminal, stop };
    let connection = looked.lend()?;
    let report = compare(connection, target, &looked.migration, options, &scope).await.map_err(verify_failure);
    context.terminal.end("verify");
    report
}

fn options(schema: SchemaName, level: Level, show_values: bool) -> Options {
    let level = match level {
        Level::Counts => autobot_verify::Level::Counts,
        _ => autobot_verify::Level::Content,
    };
    Options { level, schema, show_values, differences_max: DIFFERENCES_MAX }
}
