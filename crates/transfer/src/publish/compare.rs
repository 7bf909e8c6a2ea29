use std::collections::{BTreeMap, BTreeSet};

use autobot_db::TargetError;
use sqlx::{PgConnection, Row};

/// What the server's catalog says of each table of a schema: a line per column, constraint and index.
pub(super) type Definitions = BTreeMap<String, BTreeSet<String>>;

/// Reads them, names of the schema itself left out, so that equal tables of two schemas read equal.
///
/// The order of columns does not count: nothing that reads a table by name depends on it.
pub(super) async fn definitions(connection: &mut PgConnection, schema: &str) -> Result<Definitions, TargetError> {
    let doing = || TargetError::query("compare the tables that are there with those of the stage");
    let sql = "select set_config('search_path', quote_ident($1) || ', public', true)";
    sqlx::query(sql).bind(schema).execute(&mut *connection).await.map_err(doing())?;
    let rows = sqlx::query(include_str!("sql/definitions.sql")).bind(schema).fetch_all(connection).await;
    let mut found = Definitions::new();
    for row in rows.map_err(doing())? {
        found.entry(row.get(0)).or_default().insert(row.get(1));
    }
    Ok(found)
}

/// The first difference between the two tables of that name, none when they are equal.
pub(super) fn difference(staged: &Definitions, present: &Definitions, table: &str) -> Option<String> {
    let empty = BTreeSet::new();
    let (staged, present) = (staged.get(table).unwrap_or(&empty), present.get(table).unwrap_or(&empty));
    let missing = staged.difference(present).next();
    let extra = present.difference(staged).next();
    match (missing, extra) {
        (None, None) => None,
        (Some(missing), None) => Some(format!("it lacks {missing}")),
        (None, Some(extra)) => Some(format!("it has {extra}, which is not in the migration")),
        (Some(missing), Some(extra)) => Some(format!("it has {extra}, the migration has {missing}")),
    }
}
