use std::collections::{BTreeMap, BTreeSet};

use autobot_catalog::{ForeignKeyObject, IndexObject};
use autobot_db::{TableName, TargetError};
use serde::Deserialize;
use sqlx::{PgConnection, Row, raw_sql};

use crate::TableReport;

/// Name of the mark that orphans were set aside. No table has it, since it is empty.
pub(crate) const ORPHANS_MARK: &str = "";

/// How far a stage is, as its marks and the server's catalog say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct StageState {
    /// What it was loaded from and for.
    pub(crate) fingerprint: String,
    /// Extensions that did not exist before the stage.
    pub(crate) extensions_made: Vec<String>,
    /// Tables whose rows are all there.
    pub(crate) loaded: BTreeMap<String, TableReport>,
    /// Tables whose rows are there in part: batches were committed, and not the last one.
    pub(crate) begun: BTreeMap<String, Begun>,
    /// Set when orphans were set aside.
    pub(crate) orphans_done: bool,
    tables: BTreeSet<String>,
    indexes: BTreeSet<String>,
    constraints: BTreeSet<(String, String)>,
}

/// How far a table is that is loaded in batches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Begun {
    /// Rows up to this rowid are there.
    pub(crate) up_to: i64,
    /// What became of them.
    pub(crate) report: TableReport,
}

#[derive(Deserialize)]
struct BatchMark {
    up_to: i64,
    report: String,
}

#[derive(Deserialize)]
struct Answer {
    fingerprint: Option<String>,
    extensions_made: Option<Vec<String>>,
    marks: BTreeMap<String, String>,
    batches: BTreeMap<String, BatchMark>,
    tables: BTreeSet<String>,
    indexes: BTreeSet<String>,
    constraints: BTreeSet<(String, String)>,
}

impl StageState {
    /// Looks at the stage of a database, none when there is none.
    pub(crate) async fn read(connection: &mut PgConnection) -> Result<Option<Self>, TargetError> {
        let doing = || TargetError::query("look at the stage");
        // The simple protocol takes one round trip, where a statement that is prepared takes two.
        let present = raw_sql("select to_regclass('autobot_marks.mark') is not null").fetch_one(&mut *connection);
        if !present.await.map_err(doing())?.get::<bool, _>(0) {
            return Ok(None);
        }
        let row = raw_sql(include_str!("sql/state.sql")).fetch_one(connection).await.map_err(doing())?;
        let unreadable = |error: serde_json::Error| doing()(sqlx::Error::Decode(error.into()));
        let answer: Answer = serde_json::from_str(row.get::<&str, _>(0)).map_err(unreadable)?;
        let mut state = Self {
            fingerprint: answer.fingerprint.unwrap_or_default(),
            extensions_made: answer.extensions_made.unwrap_or_default(),
            tables: answer.tables,
            indexes: answer.indexes,
            constraints: answer.constraints,
            ..Self::default()
        };
        for (table, mark) in answer.batches {
            let report = serde_json::from_str(&mark.report).map_err(unreadable)?;
            state.begun.insert(table, Begun { up_to: mark.up_to, report });
        }
        for (table, report) in answer.marks {
            if table == ORPHANS_MARK {
                state.orphans_done = true;
            } else {
                state.loaded.insert(table, serde_json::from_str(&report).map_err(unreadable)?);
            }
        }
        Ok(Some(state))
    }

    /// True when the table's rows are all there.
    pub(crate) fn has_rows(&self, table: &TableName) -> bool {
        self.loaded.contains_key(table.as_str()) && self.tables.contains(table.as_str())
    }

    /// True when the index is built.
    pub(crate) fn has_index(&self, index: &IndexObject) -> bool {
        self.indexes.contains(&index.name)
    }

    /// True when the index is a constraint, or need not be one.
    pub(crate) fn has_constraint(&self, index: &IndexObject) -> bool {
        let name = (index.table.as_str().to_owned(), index.name.clone());
        index.constraint_sql.is_none() || self.constraints.contains(&name)
    }

    /// True when the foreign key is there.
    pub(crate) fn has_foreign_key(&self, key: &ForeignKeyObject) -> bool {
        self.constraints.contains(&(key.table.as_str().to_owned(), key.name.clone()))
    }
}
