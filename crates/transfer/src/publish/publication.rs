use std::fmt::Write as _;

use autobot_catalog::{Migration, Object, TargetSchema};
use autobot_db::Name;
use autobot_plan::Standing;
use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::existing::{InTheWay, look};
use crate::error::{Error, statement};
use crate::stage::{Session, StageState};
use crate::{ExtraSql, load};

/// What publishing did beyond moving tables; kept in the journal, for taking it back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Published {
    /// The schema was made.
    pub(crate) made_schema: bool,
    /// The schema of the quarantine was made.
    pub(crate) made_quarantine: bool,
    /// Empty tables that were replaced.
    pub(crate) replaced: Vec<String>,
    /// Tables that stayed as they were, the staged ones dropped.
    pub(crate) kept: Vec<String>,
}

/// Moves everything from the stage into the schema, runs what comes after, and drops the stage and its marks: one
/// transaction, whose commit waits for the disk. Nobody sees a part of it.
pub(crate) async fn publish(
    session: &mut Session,
    migration: &Migration,
    extra: &[ExtraSql],
) -> Result<Published, Error> {
    check_staged(session, migration).await?;
    let begin = "begin; set local synchronous_commit = on; set local lock_timeout = '30s'";
    session.run("begin to publish", begin.to_owned()).await?;
    let target = &migration.target;
    let row = sqlx::query(include_str!("sql/before.sql")).bind(target.schema.as_str());
    let row = row.fetch_one(&mut session.connection).await.map_err(statement("look at the schemas"))?;
    let (schema_missing, set_aside, quarantine_missing): (bool, bool, bool) = (row.get(0), row.get(1), row.get(2));
    let in_the_way = look(&mut session.connection, migration).await?;
    let mut sql = String::new();
    if schema_missing {
        push(&mut sql, format_args!("create schema {}", target.schema.quoted()));
    }
    if set_aside {
        sql.push_str(include_str!("sql/quarantine.sql"));
    }
    move_tables(&mut sql, target, &in_the_way)?;
    push(&mut sql, format_args!("drop schema autobot_marks cascade"));
    push(&mut sql, format_args!("drop schema autobot_stage"));
    push(&mut sql, format_args!("set local search_path = {}", target.schema.quoted()));
    session.run("move the tables out of the stage", sql).await?;
    for object in &target.after {
        session.run(format!("create the {} `{}`", object.kind, object.name), object.sql.clone()).await?;
    }
    for extra in extra {
        session.run(extra.doing.clone(), extra.apply.clone()).await?;
    }
    session.run("publish", "commit".to_owned()).await?;
    let list = |tables: &[autobot_db::TableName]| tables.iter().map(ToString::to_string).collect();
    Ok(Published {
        made_schema: schema_missing,
        made_quarantine: set_aside && quarantine_missing,
        replaced: list(&in_the_way.replaced),
        kept: list(&in_the_way.kept),
    })
}

/// Refuses a stage that lacks anything of the migration.
async fn check_staged(session: &mut Session, migration: &Migration) -> Result<(), Error> {
    let missing = |reason: &str| Error::NotStaged { reason: reason.to_owned() };
    let state = StageState::read(&mut session.connection).await?.ok_or_else(|| missing("there is no stage"))?;
    if load::standing(&state, migration) == Standing::AlreadySo {
        return Ok(());
    }
    Err(missing("rows or keys are missing"))
}

fn move_tables(sql: &mut String, target: &TargetSchema, in_the_way: &InTheWay) -> Result<(), Error> {
    let schema = target.schema.quoted();
    if !in_the_way.replaced.is_empty() {
        let names = in_the_way.replaced.iter().map(|table| format!("{schema}.{}", table.quoted()));
        push(sql, format_args!("drop table {}", names.collect::<Vec<_>>().join(", ")));
        // The types of the replaced tables are equal too: a column's type is part of the comparison.
        for object in target.types.iter().filter(|object| object.kind == "type") {
            push(sql, format_args!("drop type if exists {schema}.{}", name(object)?));
        }
    }
    for object in &target.types {
        let kind = match object.kind.as_str() {
            "type" | "domain" => "type",
            "collation" => "collation",
            "function" => "function",
            other => return Err(Error::NotStaged { reason: format!("a {other} cannot be moved: `{}`", object.name) }),
        };
        push(sql, format_args!("alter {kind} autobot_stage.{} set schema {schema}", name(object)?));
    }
    for table in &target.tables {
        let staged = format!("autobot_stage.{}", table.table.quoted());
        if in_the_way.kept.contains(&table.table) {
            push(sql, format_args!("drop table {staged}"));
        } else {
            push(sql, format_args!("alter table {staged} reset (parallel_workers)"));
            push(sql, format_args!("alter table {staged} set schema {schema}"));
        }
    }
    Ok(())
}

fn name(object: &Object) -> Result<String, Error> {
    let name = Name::new(object.name.as_str()).map_err(|error| Error::NotStaged { reason: error.to_string() })?;
    Ok(name.quoted())
}

fn push(sql: &mut String, statement: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = writeln!(sql, "{statement};");
}
