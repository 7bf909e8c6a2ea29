use std::collections::BTreeSet;

use autobot_catalog::TableMap;
use autobot_db::{QualifiedName, SchemaName, TargetError};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::Error;

/// Tables asked about in one statement: each statement is a round trip.
const TABLES_MAX: usize = 100;

/// What is looked at: first a table's beginning, since most columns that hold NULLs at all hold one there, then all of it
/// for what was not found.
const LOOKS: [&str; 2] = [" limit 10000", ""];

/// A table and a column, both by position.
pub(super) type Place = (usize, usize);

/// The columns that do hold NULLs.
pub(super) async fn with_nulls(
    session: &mut PgConnection,
    tables: &[TableMap],
    schema: &SchemaName,
) -> Result<BTreeSet<Place>, Error> {
    let mut found = BTreeSet::new();
    for limit in LOOKS {
        let open = |at: usize, table: &TableMap| -> Vec<usize> {
            let columns = table.columns.iter().enumerate().filter(|(_, column)| !column.not_null);
            columns.map(|(column, _)| column).filter(|column| !found.contains(&(at, *column))).collect()
        };
        let asked = tables.iter().enumerate().map(|(at, table)| (at, open(at, table)));
        let asked: Vec<_> = asked.filter(|(_, columns)| !columns.is_empty()).collect();
        for some in asked.chunks(TABLES_MAX) {
            let selects = some.iter().map(|(at, columns)| select(*at, &tables[*at], columns, schema, limit));
            let sql = selects.collect::<Vec<_>>().join(" union all ");
            let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *session).await;
            for row in rows.map_err(TargetError::query("look for NULLs"))? {
                found.extend(holding(&row, some));
            }
        }
    }
    Ok(found)
}

fn select(at: usize, table: &TableMap, columns: &[usize], schema: &SchemaName, limit: &str) -> String {
    let names: Vec<String> = columns.iter().map(|column| table.columns[*column].target.quoted()).collect();
    let tests = names.iter().map(|name| format!("bool_or({name} is null)")).collect::<Vec<_>>().join(", ");
    let name = QualifiedName { schema: schema.clone(), table: table.target.clone() };
    let rows = format!("select {} from only {}{limit}", names.join(", "), name.quoted());
    format!("select {at}, array[{tests}] from ({rows}) as looked_at")
}

/// The places that a row of the answer names.
fn holding(row: &sqlx::postgres::PgRow, asked: &[(usize, Vec<usize>)]) -> Vec<Place> {
    let (at, holds): (i32, Vec<Option<bool>>) = (row.get(0), row.get(1));
    let table = asked.iter().find(|(table, _)| i32::try_from(*table) == Ok(at));
    let columns = table.into_iter().flat_map(|(table, columns)| columns.iter().map(move |column| (*table, *column)));
    columns.zip(holds).filter(|(_, holds)| *holds == Some(true)).map(|(place, _)| place).collect()
}
