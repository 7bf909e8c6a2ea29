use std::collections::BTreeMap;

use autobot_catalog::SequenceObject;
use autobot_db::{SchemaName, TargetError, quote_literal};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::{Error, SchemaDifference};

/// Sequences asked about in one statement: each statement is a round trip.
const SEQUENCES_MAX: usize = 100;

/// Where a sequence stands.
pub(super) struct Standing<'a> {
    pub(super) sequence: &'a SequenceObject,
    /// Its name in quotes, with its schema.
    pub(super) name: String,
    /// What it gives out next.
    pub(super) next: i64,
}

/// What the server says of a sequence and of the column that it is for.
struct State {
    last: i64,
    /// Zero where the last value was not given out yet.
    step: i64,
    highest: Option<i64>,
}

/// Checks that sequences are beyond every id ever given out, by the source's account and by the table's content. Gives
/// those that are.
pub(super) async fn compare<'a>(
    session: &mut PgConnection,
    schema: &SchemaName,
    sequences: &[&'a SequenceObject],
    differences: &mut Vec<SchemaDifference>,
) -> Result<Vec<Standing<'a>>, Error> {
    let mut standing = Vec::new();
    for some in sequences.chunks(SEQUENCES_MAX) {
        let names = owned(session, schema, some).await?;
        let states = states(session, schema, some, &names).await?;
        for (at, (sequence, name)) in some.iter().copied().zip(names).enumerate() {
            match judge(sequence, name, states.get(&at)) {
                Ok(found) => standing.extend(found),
                Err(difference) => differences.push(difference),
            }
        }
    }
    Ok(standing)
}

/// Where a sequence stands, if ids follow at all; or in what way it is not beyond what was given out.
fn judge<'a>(
    sequence: &'a SequenceObject,
    name: Option<String>,
    state: Option<&State>,
) -> Result<Option<Standing<'a>>, SchemaDifference> {
    let differs = |expected: String, found: String| {
        let (table, object) = (sequence.table.clone(), format!("sequence of column `{}`", sequence.column));
        Err(SchemaDifference { table, object, expected, found })
    };
    let (Some(name), Some(state)) = (name, state) else { return differs("a sequence".into(), "nothing".into()) };
    // After the highest id possible none follows, so none can come again.
    let Some(next) = state.last.checked_add(state.step) else { return Ok(None) };
    match sequence.last.max(state.highest) {
        Some(given_out) if next <= given_out => {
            differs(format!("next value above {given_out}, the highest id given out"), format!("next value {next}"))
        }
        _ => Ok(Some(Standing { sequence, name, next })),
    }
}

/// The sequence behind each column as a literal that `regclass` reads, or nothing.
async fn owned(
    session: &mut PgConnection,
    schema: &SchemaName,
    sequences: &[&SequenceObject],
) -> Result<Vec<Option<String>>, Error> {
    let tables = sequences.iter().map(|sequence| format!("{}.{}", schema.quoted(), sequence.table.quoted()));
    let columns: Vec<&str> = sequences.iter().map(|sequence| sequence.column.as_str()).collect();
    let sql = "select pg_get_serial_sequence(name, of) from unnest($1::text[], $2::text[]) with ordinality \
               as asked(name, of, place) order by place";
    let rows = sqlx::query_scalar(sql).bind(tables.collect::<Vec<_>>()).bind(columns).fetch_all(session).await;
    Ok(rows.map_err(TargetError::query("look for the sequences"))?)
}

/// The states of the sequences that there are, by their place.
async fn states(
    session: &mut PgConnection,
    schema: &SchemaName,
    sequences: &[&SequenceObject],
    names: &[Option<String>],
) -> Result<BTreeMap<usize, State>, Error> {
    let there = sequences.iter().zip(names).enumerate();
    let selects = there.filter_map(|(at, (sequence, name))| {
        let (name, column) = (name.as_ref()?, sequence.column.quoted());
        Some(format!(
            "select {at}, last_value, case when is_called then seqincrement else 0 end, \
             (select max({column})::bigint from {}.{}) from {name}, pg_sequence where seqrelid = {}::regclass",
            schema.quoted(),
            sequence.table.quoted(),
            quote_literal(name)
        ))
    });
    let sql = selects.collect::<Vec<_>>().join(" union all ");
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(session).await;
    let rows = rows.map_err(TargetError::query("read where the sequences stand"))?;
    let state = |row: &sqlx::postgres::PgRow| State { last: row.get(1), step: row.get(2), highest: row.get(3) };
    Ok(rows.iter().filter_map(|row| Some((usize::try_from(row.get::<i32, _>(0)).ok()?, state(row)))).collect())
}
