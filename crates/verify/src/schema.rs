//! The comparison of the target's schema with the decided one.
//!
//! What is expected is not read out of statements: they are run in a schema that is never committed, and the server's own
//! description of what they made is held against its description of what is there.

mod definitions;
mod sequences;
mod trial;

use autobot_catalog::{Migration, SequenceObject};
use autobot_db::{SchemaName, TableName, execute};
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
    let sequences: Vec<_> = migration.target.sequences.iter().filter(|sequence| there(sequence)).collect();
    let standing = sequences::compare(session, schema, &sequences, &mut differences).await?;
    trial::insert(session, migration, schema, &standing, &mut differences).await?;
    execute(session, "end comparing the schema", "set search_path = ''".to_owned()).await?;
    Ok(differences)
}

/// Makes what the migration decided and describes it, in a transaction that stays open.
async fn expected(session: &mut PgConnection, migration: &Migration, is_published: bool) -> Result<Definitions, Error> {
    let target = &migration.target;
    let types = target.types.iter().map(|object| &object.sql);
    let tables = target.tables.iter().map(|table| &table.sql);
    let indexes = target.indexes.iter().flat_map(|index| std::iter::once(&index.sql).chain(&index.constraint_sql));
    let foreign_keys = target.foreign_keys.iter().map(|key| &key.sql);
    let after = target.after.iter().filter(|_| is_published).map(|object| &object.sql);
    // One text: each of them would be a round trip.
    let mut sql = format!("begin; create schema {EXPECTED_SCHEMA}; set local search_path = {EXPECTED_SCHEMA};\n");
    for statement in types.chain(tables).chain(indexes).chain(foreign_keys).chain(after) {
        sql.push_str(statement);
        sql.push_str(";\n");
    }
    // What is in sight is described without its schema, in the same words on both sides.
    sql.push_str(&format!("set local search_path = {EXPECTED_SCHEMA}, public"));
    execute(session, "make what the schema is compared with", sql).await?;
    definitions(session, EXPECTED_SCHEMA).await
}

async fn found(session: &mut PgConnection, schema: &SchemaName) -> Result<Definitions, Error> {
    execute(session, "look at the schema", format!("set search_path = {}, public", schema.quoted())).await?;
    definitions(session, schema.as_str()).await
}
