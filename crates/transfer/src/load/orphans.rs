use std::collections::BTreeMap;

use autobot_catalog::{Migration, TableMap};
use autobot_db::{ColumnName, TableName, quote_literal};
use sqlx::{AssertSqlSafe, Executor};

use crate::STAGE_SCHEMA;
use crate::error::{Error, statement};
use crate::stage::Session;

/// Most rounds of the closure: a chain of orphans of orphans is at most as long as the chain of tables, but a table that
/// refers to itself can make it as long as its rows.
const ROUNDS_MAX: u32 = 1_000_000;

/// Moves rows whose foreign keys find no parent into the quarantine, and what refers to them after them, until nothing
/// moves any more: the result does not depend on the order. One transaction with its mark.
pub(super) async fn set_orphans_aside(
    session: &mut Session,
    migration: &Migration,
) -> Result<Vec<(TableName, u64)>, Error> {
    let mut moves = Vec::new();
    for map in &migration.tables {
        for (columns, parent, parent_columns) in &map.quarantine_orphans {
            let parent = migration.tables.iter().find(|other| other.source == *parent || other.target == *parent);
            moves.push((map, sql(map, columns, parent, parent_columns)));
        }
    }
    session.run("begin to set orphans aside", "begin".to_owned()).await?;
    let mut counts: BTreeMap<&TableName, u64> = BTreeMap::new();
    for _ in 0..ROUNDS_MAX {
        let mut rows_of_round = 0;
        for (map, sql) in &moves {
            let done = session.connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.clone()))).await;
            let rows = done.map_err(statement(format!("set orphans of table `{}` aside", map.target)))?.rows_affected();
            *counts.entry(&map.target).or_default() += rows;
            rows_of_round += rows;
        }
        if rows_of_round == 0 {
            break;
        }
    }
    let counts: Vec<_> = counts.into_iter().map(|(table, rows)| (table.clone(), rows)).collect();
    let mut end = String::new();
    for (table, rows) in &counts {
        end.push_str(&format!(
            "update autobot_marks.mark set report = (report::jsonb || jsonb_build_object('orphans', {rows}, 'rows', \
             (report::jsonb ->> 'rows')::bigint - {rows}))::text where table_name = {};\n",
            quote_literal(table.as_str())
        ));
    }
    end.push_str("insert into autobot_marks.mark (table_name, report) values ('', '{}'); commit");
    session.run("end setting orphans aside", end).await?;
    Ok(counts)
}

/// Deletes the orphans of one foreign key and keeps each as a row of the quarantine, its values by the target's names.
fn sql(map: &TableMap, columns: &[ColumnName], parent: Option<&TableMap>, parent_columns: &[ColumnName]) -> String {
    let child_columns: Vec<String> = columns.iter().map(|name| format!("c.{}", target_name(map, name))).collect();
    let present = child_columns.iter().map(|name| format!("{name} is not null")).collect::<Vec<_>>().join(" and ");
    let absent = parent.map_or_else(
        || "true".to_owned(),
        |parent| {
            let pairs = parent_columns.iter().zip(&child_columns);
            let equal = pairs.map(|(name, child)| format!("p.{} = {child}", target_name(parent, name)));
            let table = format!("{STAGE_SCHEMA}.{}", parent.target.quoted());
            format!("not exists (select from {table} p where {})", equal.collect::<Vec<_>>().join(" and "))
        },
    );
    let table = format!("{STAGE_SCHEMA}.{}", map.target.quoted());
    let reason = columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let reason = quote_literal(&format!("{reason}: refers to a row that is not there (orphan)"));
    let (rowid, key) = key_sql(map);
    format!(
        "with gone as (delete from {table} c where {present} and {absent} returning c.*) \
         insert into autobot_marks.quarantine (table_name, row_id, key, reason, form, row) \
         select {}, {rowid}, {key}, {reason}, 'target', to_jsonb(gone) from gone",
        quote_literal(map.target.as_str())
    )
}

/// How a row of `gone` says its rowid and its key.
fn key_sql(map: &TableMap) -> (String, String) {
    use autobot_catalog::RowKey;
    let column = |index: &usize| map.columns.get(*index).map(|column| format!("gone.{}", column.target.quoted()));
    let array = |indexes: &[usize]| {
        let parts = indexes.iter().filter_map(column).collect::<Vec<_>>().join(", ");
        format!("jsonb_build_array({parts})")
    };
    match &map.key {
        RowKey::RowidColumn(index) => {
            let rowid = column(index).unwrap_or_else(|| "null".to_owned());
            (format!("{rowid}::bigint"), array(std::slice::from_ref(index)))
        }
        RowKey::Columns(indexes) => ("null::bigint".to_owned(), array(indexes)),
        RowKey::None => ("null::bigint".to_owned(), "null::jsonb".to_owned()),
    }
}

/// The target's name of a column, given its name in the source.
fn target_name(map: &TableMap, name: &ColumnName) -> String {
    let column = map.columns.iter().find(|column| column.source == *name);
    column.map_or_else(|| name.quoted(), |column| column.target.quoted())
}
