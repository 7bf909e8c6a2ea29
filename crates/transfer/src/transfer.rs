use std::sync::Arc;

use autobot_catalog::Migration;
use autobot_db::{QualifiedName, Source, Target, TargetError};
use autobot_plan::{Executor, Outcome, Scope, Standing};
use rusqlite::Connection;
use sqlx::{PgConnection, Row};

use crate::error::Error;
use crate::load::{self, Crew};
use crate::stage::{Session, StageState, drop_stage, prepare};
use crate::{Change, Options, StageFingerprint, TransferReport, publish};

/// Does and takes back the [`Change`]s of a transfer.
#[derive(Debug)]
pub struct Transfer {
    crew: Crew,
    report: TransferReport,
}

impl Transfer {
    /// An executor; nothing is contacted yet.
    pub fn new(source: Arc<Source>, target: Target, migration: Arc<Migration>, options: Options) -> Self {
        Self { crew: Crew::new(source, target, migration, options), report: TransferReport::default() }
    }

    /// Reads through these read transactions (of one [`autobot_db::Snapshot`]) instead of ones of its own, so that others
    /// see the same state of the source. At most as many tables are read side by side.
    ///
    /// Take the snapshot after [`crate::Facts::gather`]: the fingerprint of a stage must not be younger than its rows.
    #[must_use]
    pub fn with_readers(mut self, readers: Vec<Connection>) -> Self {
        self.crew.give_readers(readers);
        self
    }

    /// What was loaded so far; complete once [`Change::Load`] is done.
    pub fn report(&self) -> &TransferReport {
        &self.report
    }

    async fn control(&mut self) -> Result<Session, Error> {
        self.crew.session().await
    }

    async fn state(&mut self) -> Result<Option<StageState>, Error> {
        let mut session = self.control().await?;
        let state = StageState::read(&mut session.connection).await?;
        self.crew.give_back(session);
        Ok(state)
    }

    async fn prepare(&mut self, fingerprint: &StageFingerprint) -> Result<Outcome, Error> {
        let mut session = self.control().await?;
        if let Some(state) = StageState::read(&mut session.connection).await? {
            drop_stage(&mut session.connection, &state.extensions_made).await?;
        }
        let migration = self.crew.migration();
        publish::rehearse(&mut session, &migration).await?;
        prepare(&mut session, &migration.target, fingerprint).await?;
        self.crew.give_back(session);
        Ok(Outcome::line("the stage is there"))
    }

    async fn load(&mut self, scope: &Scope<'_>) -> Result<Outcome, Error> {
        self.report = load::load(&mut self.crew, scope).await?;
        let rows = self.report.rows();
        let facts = serde_json::to_value(&self.report).unwrap_or_default();
        Ok(Outcome::with_facts(format!("{rows} rows are in the stage, with their keys"), facts))
    }

    async fn publish(&mut self) -> Result<Outcome, Error> {
        let mut session = self.control().await?;
        let migration = self.crew.migration();
        let published = publish::publish(&mut session, &migration, &self.crew.options().extra).await?;
        self.crew.give_back(session);
        let facts = serde_json::to_value(&published).unwrap_or_default();
        Ok(Outcome::with_facts(format!("{} tables are published", migration.target.tables.len()), facts))
    }

    async fn set_sequences(&mut self) -> Result<Outcome, Error> {
        let mut session = self.control().await?;
        let migration = self.crew.migration();
        load::set_sequences(&mut session, &migration.target).await?;
        self.crew.give_back(session);
        Ok(Outcome::line("sequences are past every id ever given out"))
    }

    async fn analyze(&mut self, tables: &[QualifiedName]) -> Result<Outcome, Error> {
        let mut session = self.control().await?;
        let names = tables.iter().map(QualifiedName::quoted).collect::<Vec<_>>().join(", ");
        session.run("gather statistics", format!("analyze {names}")).await?;
        self.crew.give_back(session);
        Ok(Outcome::line("statistics are gathered"))
    }
}

impl Executor<Change> for Transfer {
    type Error = Error;

    async fn probe(&mut self, change: &Change) -> Result<Standing, Error> {
        match change {
            Change::PrepareStage { fingerprint, .. } => Ok(match self.state().await? {
                None => Standing::ToDo,
                Some(state) if state.fingerprint == fingerprint.0 => Standing::AlreadySo,
                Some(_) => Standing::PartDone,
            }),
            Change::Load { .. } => {
                let state = self.state().await?.unwrap_or_default();
                let migration = self.crew.migration();
                self.report = load::report_of(&state, &migration);
                Ok(load::standing(&state, &migration))
            }
            Change::SetSequences { .. } => {
                let mut session = self.control().await?;
                let migration = self.crew.migration();
                let standing = load::sequences_standing(&mut session, &migration.target).await?;
                self.crew.give_back(session);
                Ok(standing)
            }
            Change::Publish { schema, tables, .. } => {
                let staged = self.state().await?.is_some();
                let mut session = self.control().await?;
                let there = publish::count_present(&mut session.connection, schema, tables).await?;
                self.crew.give_back(session);
                Ok(if !staged && there == tables.len() { Standing::AlreadySo } else { Standing::ToDo })
            }
            Change::Analyze { schema, tables } => {
                let mut session = self.control().await?;
                let analyzed = has_statistics(&mut session.connection, schema, tables).await?;
                self.crew.give_back(session);
                Ok(if analyzed { Standing::AlreadySo } else { Standing::ToDo })
            }
        }
    }

    async fn apply(&mut self, change: &Change, scope: &Scope<'_>) -> Result<Outcome, Error> {
        match change {
            Change::PrepareStage { fingerprint, .. } => self.prepare(fingerprint).await,
            Change::Load { .. } => self.load(scope).await,
            Change::SetSequences { .. } => self.set_sequences().await,
            Change::Publish { .. } => self.publish().await,
            Change::Analyze { schema, tables } => {
                let name = |table: &_| QualifiedName { schema: schema.clone(), table: Clone::clone(table) };
                self.analyze(&tables.iter().map(name).collect::<Vec<_>>()).await
            }
        }
    }

    async fn undo(&mut self, change: &Change, outcome: &Outcome) -> Result<(), Error> {
        match change {
            Change::PrepareStage { .. } => {
                let mut session = self.control().await?;
                let state = StageState::read(&mut session.connection).await?.unwrap_or_default();
                drop_stage(&mut session.connection, &state.extensions_made).await?;
                self.crew.give_back(session);
            }
            // What is in the stage goes with it; statistics go with their tables.
            Change::Load { .. } | Change::SetSequences { .. } | Change::Analyze { .. } => {}
            Change::Publish { .. } => {
                let mut session = self.control().await?;
                let migration = self.crew.migration();
                publish::withdraw(&mut session, &migration, &self.crew.options().extra, outcome).await?;
                self.crew.give_back(session);
            }
        }
        Ok(())
    }
}

async fn has_statistics(
    connection: &mut PgConnection,
    schema: &autobot_db::SchemaName,
    tables: &[autobot_db::TableName],
) -> Result<bool, TargetError> {
    let names: Vec<&str> = tables.iter().map(|table| table.as_str()).collect();
    let row = sqlx::query(include_str!("transfer/statistics.sql"))
        .bind(schema.as_str())
        .bind(names)
        .fetch_one(connection)
        .await;
    Ok(row.map_err(TargetError::query("look at the statistics"))?.get(0))
}
