//! The comparison of the target's schema with the decided one.
//!
//! What is expected is not read out of statements: they are run in a schema that is never committed, and the server's own
//! description of what they made is held against its description of what is there.

mod definitions;
mod sequences;
mod trial;

use autobot_catalog::{Migration, SequenceObject};
use autobot_db::{SchemaName, TableName, TargetError, execute, quote_literal};
use sqlx::PgConnection;

use crate::{Error, SchemaDifference};

use definitions::{Definitions, definitions};

/// The schema in which the expected objects are made; it exists only inside a transaction that is rolled back.
const EXPECTED_SCHEMA: &str = "autobot_expected";

/// Compares the tables of `schema` with what the migration decided: columns with type, nullability, default and
/// generation, CHECKs, keys, foreign keys with actions and validity, indexes with order, predicate and validity, owned
/// sequences and where they stand, that an insert gets the next id, triggers with their functions, and views.
///
/// Works on the stage as on the published schema; the stage has no views and triggers yet. Needs the right to create a schema in the
/// database, and leaves nothing behind. Tables and views that the migration does not know are not looked at.
pub async fn compare_schema(
    session: &mut PgConnection,
    migration: &Migration,
    schema: &SchemaName,
) -> Result<Vec<SchemaDifference>, Error> {
    execute(session, "begin comparing the schema", "begin".to_owned()).await?;
    let is_published = *schema == migration.target.schema;
    let expected = expected(session, migration, is_published).await;
    execute(session, "end comparing the schema", "rollback".to_owned()).await?;
    let expected = expected?;
    let found = found(session, schema).await?;
    let mut differences = Vec::new();
    for table in &migration.target.tables {
        definitions::compare(&table.table, &expected, &found, &mut differences);
    }
    for view in migration.target.after.iter().filter(|object| is_published && object.kind == "view") {
        let view = TableName::new(view.name.as_str()).map_err(Error::Name)?;
        definitions::compare(&view, &expected, &found, &mut differences);
    }
    let there = |sequence: &SequenceObject| {
        let column = ("column".to_owned(), sequence.column.to_string());
        found.get(sequence.table.as_str()).is_some_and(|parts| parts.contains_key(&column))
    };
    for sequence in migration.target.sequences.iter().filter(|sequence| there(sequence)) {
        let Some(state) = sequences::compare(session, schema, sequence, &mut differences).await? else { continue };
        trial::insert(session, migration, schema, sequence, &state, &mut differences).await?;
    }
    execute(session, "end comparing the schema", "set search_path = ''".to_owned()).await?;
    Ok(differences)
}

/// Makes what the migration decided, inside the transaction that is open, and describes it.
async fn expected(session: &mut PgConnection, migration: &Migration, is_published: bool) -> Result<Definitions, Error> {
    let target = &migration.target;
    let begin = format!("create schema {EXPECTED_SCHEMA}; set local search_path = {EXPECTED_SCHEMA}");
    execute(session, "make a schema to compare with", begin).await?;
    let statements = target.types.iter().map(|object| &object.sql).chain(target.tables.iter().map(|table| &table.sql));
    let indexes = target.indexes.iter().flat_map(|index| std::iter::once(&index.sql).chain(&index.constraint_sql));
    let foreign_keys = target.foreign_keys.iter().map(|key| &key.sql);
    let after = target.after.iter().filter(|_| is_published).map(|object| &object.sql);
    for sql in statements.chain(indexes).chain(foreign_keys).chain(after) {
        execute(session, "make what the schema is compared with", sql.clone()).await?;
    }
    // What is in sight is described without its schema, in the same words on both sides.
    let sight = format!("set local search_path = {EXPECTED_SCHEMA}, public");
    execute(session, "make what the schema is compared with", sight).await?;
    definitions(session, EXPECTED_SCHEMA).await
}

async fn found(session: &mut PgConnection, schema: &SchemaName) -> Result<Definitions, Error> {
    execute(session, "look at the schema", format!("set search_path = {}, public", schema.quoted())).await?;
    definitions(session, schema.as_str()).await
}

/// The sequence behind a column as a literal that `regclass` reads, or nothing.
async fn owned_sequence(
    session: &mut PgConnection,
    schema: &SchemaName,
    sequence: &SequenceObject,
) -> Result<Option<String>, Error> {
    let table = format!("{}.{}", schema.quoted(), sequence.table.quoted());
    let sql = format!(
        "select pg_get_serial_sequence({}, {})",
        quote_literal(&table),
        quote_literal(sequence.column.as_str())
    );
    let row = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(session).await;
    row.map_err(TargetError::query(format!("look for the sequence of `{}`", sequence.table))).map_err(Error::from)
}
