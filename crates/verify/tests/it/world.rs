//! A source, a target and the map between them, made by hand.

use autobot_catalog::{
    ColumnMap, EpochUnit, Migration, NulRule, OnInvalid, PgType, RowKey, TableMap, TargetSchema, Utf8Rule,
};
use autobot_db::{ColumnName, SchemaName, Source, TableName, Target};
use autobot_plan::{Scope, Silent, Stop};
use autobot_testkit::{TempSqlite, TestDatabase};
use autobot_verify::{Error, Level, Options, Report, TableReport, compare};

pub(crate) struct World {
    pub source: TempSqlite,
    pub database: TestDatabase,
    pub migration: Migration,
}

impl World {
    pub(crate) async fn new(source_sql: &str, target_sql: &str, tables: Vec<TableMap>) -> Self {
        let (source, database) = (autobot_testkit::sqlite(source_sql), autobot_testkit::database().await);
        database.execute(&format!("set timezone = 'UTC'; {target_sql}")).await;
        let target = TargetSchema {
            schema: SchemaName::new("public").unwrap(),
            extensions: Vec::new(),
            types: Vec::new(),
            tables: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            sequences: Vec::new(),
            comments: Vec::new(),
            after: Vec::new(),
        };
        let migration = Migration { tables, skipped: Vec::new(), target, findings: Vec::new() };
        Self { source, database, migration }
    }

    pub(crate) fn target(&self) -> Target {
        Target::new(self.database.url.parse().unwrap())
    }

    pub(crate) async fn try_compare(&self, level: Level, differences_max: usize) -> Result<Report, Error> {
        self.try_compare_until(&Stop::new(), level, differences_max).await
    }

    pub(crate) async fn try_compare_until(
        &self,
        stop: &Stop,
        level: Level,
        differences_max: usize,
    ) -> Result<Report, Error> {
        let options =
            Options { level, schema: SchemaName::new("public").unwrap(), show_values: false, differences_max };
        let scope = Scope { id: "verify", observer: &Silent, stop };
        let source = Source::open(&self.source.path).unwrap().connect().unwrap();
        compare(source, &self.target(), &self.migration, &options, &scope).await
    }

    pub(crate) async fn compare(&self) -> Report {
        self.try_compare(Level::Content, 100).await.unwrap()
    }

    /// The comparison of the only table.
    pub(crate) async fn one(&self) -> TableReport {
        let mut report = self.compare().await;
        assert_eq!(report.tables.len(), 1);
        report.tables.remove(0)
    }
}

pub(crate) fn column(name: &str, target_type: PgType) -> ColumnMap {
    ColumnMap {
        source: ColumnName::new(name).unwrap(),
        target: ColumnName::new(name).unwrap(),
        target_type,
        not_null: false,
        unit: Some(EpochUnit::Milliseconds),
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    }
}

pub(crate) fn table(name: &str, columns: &[(&str, PgType)], key: RowKey) -> TableMap {
    TableMap {
        source: TableName::new(name).unwrap(),
        target: TableName::new(name).unwrap(),
        columns: columns.iter().map(|(name, kind)| column(name, kind.clone())).collect(),
        key,
        filter: None,
        rows: None,
        bytes: None,
        quarantine_orphans: Vec::new(),
    }
}
