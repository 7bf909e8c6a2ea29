use autobot_catalog::{Migration, TargetSchema};
use autobot_db::Name;
use autobot_plan::Outcome;

use super::publication::Published;
use crate::ExtraSql;
use crate::error::Error;
use crate::stage::Session;

/// Takes a publication back, in one transaction: views, tables and types of the migration are dropped, with the rows
/// that were written since. Replaced empty tables are not made again. Safe to run twice.
pub(crate) async fn withdraw(
    session: &mut Session,
    migration: &Migration,
    extra: &[ExtraSql],
    outcome: &Outcome,
) -> Result<(), Error> {
    let published: Published = serde_json::from_value(outcome.facts.clone()).unwrap_or_default();
    let target = &migration.target;
    let schema = target.schema.quoted();
    let mut sql = format!("begin; set local synchronous_commit = on; set local search_path = {schema};\n");
    for extra in extra.iter().rev().filter(|extra| !extra.undo.is_empty()) {
        sql.push_str(&extra.undo);
        sql.push_str(";\n");
    }
    drop_objects(&mut sql, target, "view");
    let dropped =
        target.tables.iter().filter(|table| !published.kept.iter().any(|kept| *kept == *table.table.as_str()));
    let names: Vec<String> = dropped.map(|table| table.table.quoted()).collect();
    if !names.is_empty() {
        sql.push_str(&format!("drop table if exists {};\n", names.join(", ")));
    }
    // Triggers go with their tables, and only then their functions.
    drop_objects(&mut sql, target, "function");
    for object in target.types.iter().rev() {
        if let Ok(name) = Name::new(object.name.as_str()) {
            let kind = if object.kind == "domain" { "type" } else { object.kind.as_str() };
            sql.push_str(&format!("drop {kind} if exists {};\n", name.quoted()));
        }
    }
    if published.made_quarantine {
        sql.push_str("drop schema if exists autobot_quarantine cascade;\n");
    }
    if published.made_schema {
        sql.push_str(&format!("drop schema if exists {schema};\n"));
    }
    sql.push_str("commit");
    session.run("take the publication back", sql).await?;
    // The session goes on to work in the stage.
    session.run("set up the session again", "set search_path = 'autobot_stage'".to_owned()).await
}

fn drop_objects(sql: &mut String, target: &TargetSchema, kind: &str) {
    for object in target.after.iter().rev().filter(|object| object.kind == kind) {
        if let Ok(name) = Name::new(object.name.as_str()) {
            sql.push_str(&format!("drop {kind} if exists {};\n", name.quoted()));
        }
    }
}
