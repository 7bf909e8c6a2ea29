use autobot_catalog::SequenceObject;
use autobot_db::{SchemaName, TargetError, quote_literal};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::owned_sequence;
use crate::{Error, SchemaDifference};

/// Where a sequence stands.
pub(super) struct Standing {
    /// Its name in quotes, with its schema.
    pub(super) name: String,
    /// What it gives out next.
    pub(super) next: i64,
}

/// Checks that a sequence is beyond every id ever given out, by the source's account and by the table's content.
pub(super) async fn compare(
    session: &mut PgConnection,
    schema: &SchemaName,
    sequence: &SequenceObject,
    differences: &mut Vec<SchemaDifference>,
) -> Result<Option<Standing>, Error> {
    let object = format!("sequence of column `{}`", sequence.column);
    let Some(name) = owned_sequence(session, schema, sequence).await? else {
        differences.push(SchemaDifference {
            table: sequence.table.clone(),
            object,
            expected: "a sequence".to_owned(),
            found: "nothing".to_owned(),
        });
        return Ok(None);
    };
    let (column, table) = (sequence.column.quoted(), sequence.table.quoted());
    let sql = format!(
        "select last_value, case when is_called then seqincrement else 0 end, \
         (select max({column})::bigint from {}.{table}) from {name}, pg_sequence where seqrelid = {}::regclass",
        schema.quoted(),
        quote_literal(&name)
    );
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(session).await;
    let row = row.map_err(TargetError::query(format!("read where the sequence of `{}` stands", sequence.table)))?;
    let (last, step, highest): (i64, i64, Option<i64>) = (row.get(0), row.get(1), row.get(2));
    // After the highest id possible none follows, so none can come again.
    let Some(next) = last.checked_add(step) else { return Ok(None) };
    let given_out = sequence.last.max(highest);
    if given_out.is_some_and(|given_out| next <= given_out) {
        differences.push(SchemaDifference {
            table: sequence.table.clone(),
            object,
            expected: format!("next value above {}, the highest id given out", given_out.unwrap_or(0)),
            found: format!("next value {next}"),
        });
        return Ok(None);
    }
    Ok(Some(Standing { name, next }))
}
