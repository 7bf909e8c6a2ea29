//! The comparison of the target's schema with the decided one.
//!
//! What is expected is not read out of statements: they are run in a schema that is never committed, and the server's own
//! description of what they made is held against its description of what is there.

mod definitions;
mod sequences;
mod trial;

use autobot_catalog::{Migration, SequenceObject, TargetSchema};
use autobot_db::{SchemaName, TableName, TargetError, execute};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::{Error, SchemaDifference};

use definitions::{Definitions, definitions};

/// The schema in which the expected objects are made; it exists only inside a transaction that is rolled back.
const EXPECTED_SCHEMA: &str = "autobot_expected";

/// How the server describes what the migration decided.
///
/// Can be asked for as soon as the extensions and types outside the schema are there, before any table is.
#[derive(Debug)]
pub struct ExpectedSchema {
    schema: SchemaName,
    definitions: Definitions,
}

impl ExpectedSchema {
    /// Asks the server. `schema` is the one that will be compared: the stage has no views and triggers yet. Needs the right
    /// to create a schema in the database, and leaves nothing behind.
    pub async fn of(session: &mut PgConnection, migration: &Migration, schema: &SchemaName) -> Result<Self, Error> {
        let is_published = *schema == migration.target.schema;
        let described = expected(session, migration, is_published).await;
        execute(session, "end describing the schema", "rollback".to_owned()).await?;
        Ok(Self { schema: schema.clone(), definitions: described? })
    }

    /// Compares the tables of the schema with what is expected: columns with type, nullability, default and generation,
    /// CHECKs, keys, foreign keys with actions and validity, indexes with order, predicate and validity, owned sequences and
    /// where they stand, that an insert gets the next id, triggers with their functions, and views.
    ///
    /// Tables and views that the migration does not know are not looked at.
    pub async fn compare(
        &self,
        session: &mut PgConnection,
        migration: &Migration,
    ) -> Result<Vec<SchemaDifference>, Error> {
        let Self { schema, definitions: expected } = self;
        let is_published = *schema == migration.target.schema;
        let found = found(session, schema).await?;
        let mut differences = Vec::new();
        for table in &migration.target.tables {
            definitions::compare(&table.table, expected, &found, &mut differences);
        }
        for view in migration.target.after.iter().filter(|object| is_published && object.kind == "view") {
            let view = TableName::new(view.name.as_str()).map_err(Error::Name)?;
            definitions::compare(&view, expected, &found, &mut differences);
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
}

/// Makes what the migration decided and describes it, in a transaction that stays open.
async fn expected(session: &mut PgConnection, migration: &Migration, is_published: bool) -> Result<Definitions, Error> {
    let sql = expected_sql(&migration.target, is_published);
    let made = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *session).await;
    let made = made.map_err(TargetError::query("make what the schema is compared with"))?;
    let tables: Option<String> = made.last().map(|row| row.get(0));
    // A view that reads no table is not temporary.
    definitions(session, &[EXPECTED_SCHEMA, tables.as_deref().unwrap_or(EXPECTED_SCHEMA)]).await
}

/// One text, since each statement by itself would be a round trip; its last row says in which schema the tables are.
///
/// They are temporary where the role may make such: of others the server syncs every index to the disk, which of many small
/// tables takes longer than to copy them. What temporary tables are made with cannot itself be temporary.
fn expected_sql(target: &TargetSchema, is_published: bool) -> String {
    let mut sql = format!("begin; create schema {EXPECTED_SCHEMA}; set local search_path = {EXPECTED_SCHEMA};\n");
    let mut add = |statement: &str| {
        sql.push_str(statement);
        sql.push_str(";\n");
    };
    target.types.iter().for_each(|object| add(&object.sql));
    add(&format!(
        "select set_config('search_path', concat(case when has_database_privilege(current_database(), 'temp') \
         then 'pg_temp, ' end, '{EXPECTED_SCHEMA}'), true)"
    ));
    target.tables.iter().for_each(|table| add(&table.sql));
    for index in &target.indexes {
        add(&index.sql);
        index.constraint_sql.iter().for_each(|sql| add(sql));
    }
    target.foreign_keys.iter().for_each(|key| add(&key.sql));
    add(&format!("set local search_path = {EXPECTED_SCHEMA}, pg_temp"));
    target.after.iter().filter(|_| is_published).for_each(|object| add(&object.sql));
    // What is in sight is described without its schema, in the same words on both sides.
    add(&format!("set local search_path = {EXPECTED_SCHEMA}, pg_temp, public"));
    add(&format!(
        "select coalesce((select nspname::text from pg_namespace where oid = pg_my_temp_schema()), '{EXPECTED_SCHEMA}')"
    ));
    sql
}

async fn found(session: &mut PgConnection, schema: &SchemaName) -> Result<Definitions, Error> {
    execute(session, "look at the schema", format!("set search_path = {}, public", schema.quoted())).await?;
    definitions(session, &[schema.as_str()]).await
}
