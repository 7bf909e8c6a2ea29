use autobot_catalog::{Migration, SequenceObject};
use autobot_db::{SchemaName, execute};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::sequences::Standing;
use crate::{Error, SchemaDifference};

/// Inserts a copy of some row without its id, sees which id it gets, and rolls everything back.
///
/// A sequence is not part of a transaction, unless it was restarted in it (PostgreSQL documentation, "ALTER SEQUENCE"):
/// so it is, at the value it would give out anyway, and stands afterwards where it stood. A copy that another rule of the
/// table refuses (a unique e-mail) says nothing; nor does an empty table.
pub(super) async fn insert(
    session: &mut PgConnection,
    migration: &Migration,
    schema: &SchemaName,
    standing: &Standing<'_>,
    differences: &mut Vec<SchemaDifference>,
) -> Result<(), Error> {
    let sequence = standing.sequence;
    let Some(map) = migration.tables.iter().find(|map| map.target == sequence.table) else { return Ok(()) };
    let columns = map.columns.iter().filter(|column| column.generated.is_none() && column.target != sequence.column);
    let columns = columns.map(|column| column.target.quoted()).collect::<Vec<_>>().join(", ");
    let (table, id) = (format!("{}.{}", schema.quoted(), sequence.table.quoted()), sequence.column.quoted());
    let sql = if columns.is_empty() {
        format!("insert into {table} default values returning {id}::bigint")
    } else {
        format!("insert into {table} ({columns}) select {columns} from {table} limit 1 returning {id}::bigint")
    };
    // One text, one round trip, as long as nothing is refused.
    let sql = format!(
        "begin; set local lock_timeout = '2s'; alter sequence {} restart with {};\n{sql};\nrollback",
        standing.name, standing.next
    );
    let given = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *session).await;
    if given.is_err() {
        execute(session, "end a trial insert", "rollback".to_owned()).await?;
    }
    let given = given.map(|rows| rows.first().map(|row| row.get::<i64, _>(0)));
    let found = match given {
        Ok(Some(given)) if given != standing.next => format!("the id {given}"),
        Err(error) if refuses_null(&error, sequence) => "no id at all".to_owned(),
        // The role may not be the sequence's owner, or someone is busy with it: where it stands was compared already.
        _ => return Ok(()),
    };
    differences.push(SchemaDifference {
        table: sequence.table.clone(),
        object: format!("insert without `{}`", sequence.column),
        expected: format!("the id {}", standing.next),
        found,
    });
    Ok(())
}

/// True when the insert failed because the id's column got nothing.
fn refuses_null(error: &sqlx::Error, sequence: &SequenceObject) -> bool {
    let server =
        error.as_database_error().and_then(|error| error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>());
    server.is_some_and(|error| error.code() == "23502" && error.column() == Some(sequence.column.as_str()))
}
