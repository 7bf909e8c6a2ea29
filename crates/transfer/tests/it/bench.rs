//! What the tests work on: a SQLite file, a database, and a migration written in short.

use std::sync::Arc;

use autobot_catalog::{
    ColumnMap, EpochUnit, ForeignKeyObject, IndexObject, Migration, NulRule, OnInvalid, PgType, RowKey, TableMap,
    TableObject, TargetSchema, Utf8Rule,
};
use autobot_db::{ColumnName, SchemaName, Source, TableName, Target};
use autobot_plan::{Change as _, Executor, Outcome, Scope, Silent, Standing, Stop};
use autobot_testkit::{TempSqlite, TestDatabase};
use autobot_transfer::{Change, Error, Facts, Options, Transfer, TransferReport, plan, plan_publish};
use sqlx::{AssertSqlSafe, Row};

/// A source, a target and what goes from one to the other.
pub(crate) struct Bench {
    pub(crate) sqlite: TempSqlite,
    pub(crate) database: TestDatabase,
    pub(crate) migration: Migration,
    pub(crate) options: Options,
}

impl Bench {
    /// `tables`: name and columns as `name:type` with `!` for NOT NULL (`i` integer, `I` bigint, `s` text, `y` bytea,
    /// `d` timestamp(3), `b` boolean, `S` serial); the first column is the key. Every table exists in `sql` likewise.
    pub(crate) async fn new(sql: &str, tables: &[(&str, &str)]) -> Self {
        let target = TargetSchema {
            schema: SchemaName::new("public").unwrap(),
            extensions: Vec::new(),
            types: Vec::new(),
            tables: tables.iter().map(|(name, columns)| table_object(name, columns)).collect(),
            indexes: tables.iter().map(|(name, columns)| primary(name, columns)).collect(),
            foreign_keys: Vec::new(),
            sequences: Vec::new(),
            comments: Vec::new(),
            after: Vec::new(),
        };
        let tables = tables.iter().map(|(name, columns)| table_map(name, columns)).collect();
        Self {
            sqlite: autobot_testkit::sqlite(sql),
            database: autobot_testkit::database().await,
            migration: Migration { tables, skipped: Vec::new(), target, findings: Vec::new() },
            options: Options { analyze: false, ..Options::for_cores(2) },
        }
    }

    pub(crate) fn index(&mut self, name: &str, columns: &str) {
        let index = IndexObject {
            table: table(name),
            name: format!("{name}_{columns}_idx"),
            sql: format!("create index \"{name}_{columns}_idx\" on \"{name}\" ({columns})"),
            constraint_sql: None,
            columns: columns.split(", ").map(column).collect(),
            unique: false,
            primary: false,
        };
        self.migration.target.indexes.push(index);
    }

    pub(crate) fn foreign_key(&mut self, name: &str, of: &str, parent: &str) {
        let key = ForeignKeyObject {
            table: table(name),
            name: format!("{name}_{of}_fkey"),
            sql: format!(
                "alter table \"{name}\" add constraint \"{name}_{of}_fkey\" foreign key ({of}) references \"{parent}\" (id)"
            ),
            parent: table(parent),
            not_valid: false,
        };
        self.migration.target.foreign_keys.push(key);
    }

    pub(crate) fn column(&mut self, name: &str, of: &str) -> &mut ColumnMap {
        let map = self.migration.tables.iter_mut().find(|map| map.source.as_str() == name).unwrap();
        map.columns.iter_mut().find(|column| column.source.as_str() == of).unwrap()
    }

    pub(crate) fn target(&self) -> Target {
        Target::new(self.database.url.parse().unwrap())
    }

    pub(crate) fn source(&self) -> Arc<Source> {
        Arc::new(Source::open(&self.sqlite.path).unwrap())
    }

    pub(crate) async fn facts(&self) -> Facts {
        Facts::gather(&self.source(), &self.target(), &self.migration).await.unwrap()
    }

    pub(crate) fn transfer(&self) -> Transfer {
        Transfer::new(self.source(), self.target(), Arc::new(self.migration.clone()), self.options.clone())
    }

    /// Everything up to the stage.
    pub(crate) async fn stage(&self) -> Result<TransferReport, Error> {
        let mut transfer = self.transfer();
        let steps = plan(&self.facts().await, &self.migration, &self.options)?.steps;
        for step in steps {
            run(&mut transfer, &step.change).await?;
        }
        Ok(transfer.report().clone())
    }

    pub(crate) async fn publish(&self) -> Result<Vec<(Change, Outcome)>, Error> {
        let mut transfer = self.transfer();
        let mut done = Vec::new();
        for step in plan_publish(&self.facts().await, &self.migration, &self.options).steps {
            if let Some(outcome) = run(&mut transfer, &step.change).await? {
                done.push((step.change, outcome));
            }
        }
        Ok(done)
    }

    pub(crate) async fn stage_and_publish(&self) -> TransferReport {
        let report =
            self.stage().await.unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)));
        self.publish().await.unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)));
        report
    }

    /// One text value from the target.
    pub(crate) async fn ask(&self, sql: &str) -> String {
        let mut connection = self.database.connect().await;
        let row = sqlx::query(AssertSqlSafe(format!("select ({sql})::text"))).fetch_one(&mut connection).await;
        row.unwrap_or_else(|error| panic!("{error}\nin: {sql}")).get::<Option<String>, _>(0).unwrap_or_default()
    }
}

/// Probes and applies one change, as the engine does; afterwards it must be so.
pub(crate) async fn run(transfer: &mut Transfer, change: &Change) -> Result<Option<Outcome>, Error> {
    if transfer.probe(change).await? == Standing::AlreadySo {
        return Ok(None);
    }
    let scope = Scope { id: &change.id(), observer: &Silent, stop: &Stop::new() };
    let outcome = transfer.apply(change, &scope).await?;
    assert_eq!(transfer.probe(change).await?, Standing::AlreadySo, "after {}", change.id());
    Ok(Some(outcome))
}

pub(crate) fn table(name: &str) -> TableName {
    TableName::new(name).unwrap()
}

pub(crate) fn column(name: &str) -> ColumnName {
    ColumnName::new(name).unwrap()
}

fn parts(columns: &str) -> impl Iterator<Item = (&str, &str, bool)> {
    columns.split(' ').map(|part| {
        let (name, kind) = part.split_once(':').unwrap();
        (name, kind.trim_end_matches('!'), kind.ends_with('!'))
    })
}

fn pg_type(kind: &str) -> PgType {
    match kind {
        "i" | "S" => PgType::Integer,
        "I" => PgType::BigInt,
        "y" => PgType::Bytea,
        "d" => PgType::Timestamp(3),
        "b" => PgType::Boolean,
        _ => PgType::Text,
    }
}

fn table_object(name: &str, columns: &str) -> TableObject {
    let lines = parts(columns).map(|(column, kind, not_null)| {
        let declared = if kind == "S" { "serial".to_owned() } else { pg_type(kind).to_string() };
        format!("\"{column}\" {declared}{}", if not_null { " not null" } else { "" })
    });
    TableObject {
        table: table(name),
        sql: format!("create table \"{name}\" ({})", lines.collect::<Vec<_>>().join(", ")),
    }
}

fn primary(name: &str, columns: &str) -> IndexObject {
    let (first, key) = (parts(columns).next().unwrap().0, format!("{name}_pkey"));
    IndexObject {
        table: table(name),
        sql: format!("create unique index \"{key}\" on \"{name}\" (\"{first}\")"),
        constraint_sql: Some(format!(
            "alter table \"{name}\" add constraint \"{key}\" primary key using index \"{key}\""
        )),
        name: key,
        columns: vec![column(first)],
        unique: true,
        primary: true,
    }
}

fn table_map(name: &str, columns: &str) -> TableMap {
    let maps = parts(columns).map(|(name, kind, not_null)| ColumnMap {
        source: column(name),
        target: column(name),
        target_type: pg_type(kind),
        not_null,
        unit: (kind == "d").then_some(EpochUnit::Milliseconds),
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    });
    TableMap {
        source: table(name),
        target: table(name),
        columns: maps.collect(),
        key: if columns.starts_with("id:s") { RowKey::Columns(vec![0]) } else { RowKey::RowidColumn(0) },
        filter: None,
        rows: None,
        bytes: None,
        quarantine_orphans: Vec::new(),
    }
}
