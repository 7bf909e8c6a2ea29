use autobot_catalog::Migration;
use autobot_db::{QualifiedName, SchemaName, TableName, TargetError, execute};
use sqlx::{PgConnection, Row};

use super::compare::{definitions, difference};
use crate::STAGE_SCHEMA;
use crate::error::Error;
use crate::facts::{self, PRISMA_TABLE};

/// Tables of the migration that are in the schema already.
#[derive(Debug, Default)]
pub(super) struct InTheWay {
    /// Empty and equal: dropped when the staged ones take their place.
    pub(super) replaced: Vec<TableName>,
    /// Prisma's own with rows: it stays, the staged one is dropped.
    pub(super) kept: Vec<TableName>,
}

/// How many of the tables are in the schema.
pub(crate) async fn count_present(
    connection: &mut PgConnection,
    schema: &SchemaName,
    tables: &[TableName],
) -> Result<usize, TargetError> {
    let names: Vec<&str> = tables.iter().map(|table| table.as_str()).collect();
    let sql = "select count(*) from pg_class where relnamespace = to_regnamespace(quote_ident($1)) \
               and relname = any ($2) and relkind in ('r', 'p')";
    let row = sqlx::query(sql).bind(schema.as_str()).bind(names).fetch_one(connection).await;
    let count: i64 = row.map_err(TargetError::query("look at the published tables"))?.get(0);
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Looks at the tables that are there already, inside the transaction that replaces them: they are locked, so that they
/// stay empty. All of the migration's tables must be in the stage, with their keys.
pub(super) async fn look(connection: &mut PgConnection, migration: &Migration) -> Result<InTheWay, Error> {
    let schema = &migration.target.schema;
    let mut found = InTheWay::default();
    if count_present(connection, schema, &names(migration)).await? == 0 {
        return Ok(found);
    }
    let there = facts::existing(connection, migration).await?;
    let there: Vec<_> = there.into_iter().filter(|table| table.in_migration).collect();
    let full = |name: &str| QualifiedName { schema: schema.clone(), table: name_of(migration, name) }.quoted();
    let list = there.iter().map(|table| full(&table.table)).collect::<Vec<_>>().join(", ");
    execute(connection, "lock the tables that are there", format!("lock table {list} in access exclusive mode"))
        .await?;
    let counted = facts::existing(connection, migration).await?;
    let in_use = counted.iter().filter(|table| table.in_migration && table.rows > 0 && table.table != PRISMA_TABLE);
    let in_use: Vec<_> = in_use.map(|table| (table.table.clone(), table.rows)).collect();
    if !in_use.is_empty() {
        return Err(Error::NotEmpty { tables: in_use });
    }
    let (staged, present) =
        (definitions(connection, STAGE_SCHEMA).await?, definitions(connection, schema.as_str()).await?);
    for table in counted.iter().filter(|table| table.in_migration) {
        let name = name_of(migration, &table.table);
        if table.rows > 0 {
            found.kept.push(name);
            continue;
        }
        if let Some(difference) = difference(&staged, &present, &table.table) {
            return Err(Error::Differs { table: table.table.clone(), difference });
        }
        found.replaced.push(name);
    }
    Ok(found)
}

pub(super) fn names(migration: &Migration) -> Vec<TableName> {
    migration.target.tables.iter().map(|table| table.table.clone()).collect()
}

fn name_of(migration: &Migration, name: &str) -> TableName {
    let known = migration.tables.iter().find(|map| map.target.as_str() == name);
    // Only tables of the migration are asked for.
    known.map_or_else(|| migration.tables[0].target.clone(), |map| map.target.clone())
}
