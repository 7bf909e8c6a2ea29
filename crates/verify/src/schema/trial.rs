use autobot_catalog::{Migration, SequenceObject};
use autobot_db::{SchemaName, execute};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::sequences::Standing;
use crate::{Error, SchemaDifference};

/// Inserts a copy of some row of each table without its id, sees which id it gets, and rolls everything back.
///
/// A sequence is not part of a transaction, unless it was restarted in it (PostgreSQL documentation, "ALTER SEQUENCE"):
/// so it is, at the value it would give out anyway, and stands afterwards where it stood. A copy that another rule of the
/// table refuses (a unique e-mail) says nothing; nor does an empty table.
pub(super) async fn insert(
    session: &mut PgConnection,
    migration: &Migration,
    schema: &SchemaName,
    standing: &[Standing<'_>],
    differences: &mut Vec<SchemaDifference>,
) -> Result<(), Error> {
    // One text and one round trip a table: what is refused leaves a transaction that the next text ends.
    let mut left_open = false;
    for standing in standing {
        let Some(trial) = text(migration, schema, standing) else { continue };
        let sql = if left_open { format!("rollback; {trial}") } else { trial };
        let given = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *session).await;
        left_open = given.is_err();
        let given = given.map(|rows| rows.first().map(|row| row.get::<i64, _>(0)));
        differences.extend(judge(standing, given));
    }
    if left_open {
        execute(session, "end a trial insert", "rollback".to_owned()).await?;
    }
    Ok(())
}

/// The statements of a trial; none for a table that is not part of the migration.
fn text(migration: &Migration, schema: &SchemaName, standing: &Standing<'_>) -> Option<String> {
    let sequence = standing.sequence;
    let map = migration.tables.iter().find(|map| map.target == sequence.table)?;
    let columns = map.columns.iter().filter(|column| column.generated.is_none() && column.target != sequence.column);
    let columns = columns.map(|column| column.target.quoted()).collect::<Vec<_>>().join(", ");
    let (table, id) = (format!("{}.{}", schema.quoted(), sequence.table.quoted()), sequence.column.quoted());
    let insert = if columns.is_empty() {
        format!("insert into {table} default values returning {id}::bigint")
    } else {
        format!("insert into {table} ({columns}) select {columns} from {table} limit 1 returning {id}::bigint")
    };
    let (name, next) = (&standing.name, standing.next);
    Some(format!(
        "begin; set local lock_timeout = '2s'; alter sequence {name} restart with {next};\n{insert};\nrollback"
    ))
}

/// What differs from what was expected, if anything.
fn judge(standing: &Standing<'_>, given: Result<Option<i64>, sqlx::Error>) -> Option<SchemaDifference> {
    let sequence = standing.sequence;
    let found = match given {
        Ok(Some(given)) if given != standing.next => format!("the id {given}"),
        Err(error) if refuses_null(&error, sequence) => "no id at all".to_owned(),
        // The role may not be the sequence's owner, or someone is busy with it: where it stands was compared already.
        _ => return None,
    };
    Some(SchemaDifference {
        table: sequence.table.clone(),
        object: format!("insert without `{}`", sequence.column),
        expected: format!("the id {}", standing.next),
        found,
    })
}

/// True when the insert failed because the id's column got nothing.
fn refuses_null(error: &sqlx::Error, sequence: &SequenceObject) -> bool {
    let server =
        error.as_database_error().and_then(|error| error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>());
    server.is_some_and(|error| error.code() == "23502" && error.column() == Some(sequence.column.as_str()))
}
