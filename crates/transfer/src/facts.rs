use autobot_catalog::Migration;
use autobot_db::{Name, SchemaName, Source, Target, TargetError};
use serde::Serialize;
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::error::Error;
use crate::fingerprint::StageFingerprint;
use crate::stage::StageState;

/// Oldest server that the statements of this crate run on: `pg_stat_progress_copy`, FREEZE that marks pages visible.
pub(crate) const VERSION_MIN: u32 = 14;

/// Prisma's own table: its rows do not make a target one that is in use, and they are kept.
pub(crate) const PRISMA_TABLE: &str = "_prisma_migrations";

/// What was found before a transfer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// Major version of the server.
    pub server_version: u32,
    /// Encoding of the database.
    pub encoding: String,
    /// The role may create schemas in the database.
    pub may_create_schema: bool,
    /// The role may create tables in the schema of the application; true when the schema is still to be made.
    pub may_create_table: bool,
    /// The schema of the application is there.
    pub schema_present: bool,
    /// Tables that are in the schema already, those of extensions left out.
    pub existing: Vec<ExistingTable>,
    /// A stage left by an earlier run, none when there is none.
    pub stage: Option<StageFacts>,
    /// What this run would load from and for.
    pub fingerprint: StageFingerprint,
}

/// A table that is in the target already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExistingTable {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// The migration makes a table of that name.
    pub in_migration: bool,
}

/// A stage that an earlier run left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageFacts {
    /// What it was loaded from and for.
    pub fingerprint: StageFingerprint,
    /// Tables whose rows are all there.
    pub loaded: Vec<String>,
    /// Tables whose rows are there in part, and how many.
    pub begun: Vec<(String, u64)>,
    /// Indexes, constraints and foreign keys of the migration that are not there yet.
    pub keys_missing: usize,
}

impl Facts {
    /// Looks at the target (and at the source's header, for the fingerprint). Reads only.
    pub async fn gather(source: &Source, target: &Target, migration: &Migration) -> Result<Self, Error> {
        let mut connection = target.connect().await?;
        let schema = &migration.target.schema;
        let row = sqlx::query(include_str!("facts/server.sql")).bind(schema.as_str()).fetch_one(&mut connection).await;
        let row = row.map_err(TargetError::query("look at the server"))?;
        let state = StageState::read(&mut connection).await?;
        Ok(Self {
            server_version: row.get::<i32, _>(0).unsigned_abs() / 10_000,
            encoding: row.get(1),
            may_create_schema: row.get(2),
            may_create_table: row.get(3),
            schema_present: row.get(4),
            existing: existing(&mut connection, migration).await?,
            stage: state.map(|state| StageFacts::of(state, migration)),
            fingerprint: StageFingerprint::of(source, migration)?,
        })
    }

    /// Says what is in the way, if something is.
    pub fn check(&self) -> Result<(), Error> {
        if self.server_version < VERSION_MIN {
            return Err(Error::Version { found: self.server_version });
        }
        if self.encoding != "UTF8" {
            return Err(Error::Encoding { encoding: self.encoding.clone() });
        }
        if !self.may_create_schema {
            return Err(Error::NoRight { what: "create schemas in the target database".to_owned() });
        }
        if !self.may_create_table {
            return Err(Error::NoRight { what: "create tables in the schema of the target".to_owned() });
        }
        let in_use = self.existing.iter().filter(|table| table.rows > 0 && table.table != PRISMA_TABLE);
        let tables: Vec<_> = in_use.map(|table| (table.table.clone(), table.rows)).collect();
        if tables.is_empty() { Ok(()) } else { Err(Error::NotEmpty { tables }) }
    }

    /// Tables that are there, empty, and that publishing replaces.
    pub fn replaced(&self) -> impl Iterator<Item = &ExistingTable> {
        self.existing.iter().filter(|table| table.in_migration && table.rows == 0)
    }

    /// True when no stage is left and every table of the migration is in its schema: what a run looks like that was
    /// cut off after publishing and before it could write so into its journal.
    pub fn seems_published(&self, migration: &Migration) -> bool {
        let there = |name: &str| self.existing.iter().any(|table| table.table == name);
        self.stage.is_none() && migration.tables.iter().all(|map| there(map.target.as_str()))
    }
}

impl StageFacts {
    fn of(state: StageState, migration: &Migration) -> Self {
        let target = &migration.target;
        let indexes = target.indexes.iter().filter(|index| !(state.has_index(index) && state.has_constraint(index)));
        let keys = target.foreign_keys.iter().filter(|key| !state.has_foreign_key(key));
        let keys_missing = indexes.count() + keys.count();
        let loaded = state.loaded.into_keys().collect();
        let begun = state.begun.into_iter().map(|(table, begun)| (table, begun.report.rows)).collect();
        Self { fingerprint: StageFingerprint(state.fingerprint), loaded, begun, keys_missing }
    }
}

/// The tables of the schema with their numbers of rows; an empty table costs no more than a look.
pub(crate) async fn existing(
    connection: &mut PgConnection,
    migration: &Migration,
) -> Result<Vec<ExistingTable>, TargetError> {
    let doing = || TargetError::query("count the rows that are in the target already");
    let schema = &migration.target.schema;
    let rows = sqlx::query(include_str!("facts/tables.sql")).bind(schema.as_str()).fetch_all(&mut *connection).await;
    let mut found = Vec::new();
    for row in rows.map_err(doing())? {
        let table: String = row.get(0);
        let rows = count(connection, schema, &table).await.map_err(doing())?;
        let in_migration = migration.tables.iter().any(|map| map.target.as_str() == table);
        found.push(ExistingTable { table, rows, in_migration });
    }
    Ok(found)
}

async fn count(connection: &mut PgConnection, schema: &SchemaName, table: &str) -> Result<u64, sqlx::Error> {
    let Ok(table) = Name::new(table) else { return Ok(0) };
    let sql = format!("select count(*) from {}.{}", schema.quoted(), table.quoted());
    let rows: i64 = sqlx::query(AssertSqlSafe(sql)).fetch_one(connection).await?.get(0);
    Ok(rows.unsigned_abs())
}
