use autobot_catalog::{SequenceObject, TargetSchema};
use autobot_db::quote_literal;
use autobot_plan::Standing;
use sqlx::{AssertSqlSafe, Row};

use crate::STAGE_SCHEMA;
use crate::error::{Error, statement};
use crate::stage::Session;

/// Sets every sequence past every id ever given out (one that gave none out yet begins at 1), and adds comments. In one
/// transaction.
pub(crate) async fn set_sequences(session: &mut Session, target: &TargetSchema) -> Result<(), Error> {
    let mut sql = String::new();
    for sequence in &target.sequences {
        let (value, called) = stands_at(sequence);
        sql.push_str(&format!("select setval({}, {value}, {called});\n", name_of(sequence)));
    }
    for comment in &target.comments {
        sql.push_str(&comment.sql);
        sql.push_str(";\n");
    }
    session.run("set the sequences", sql).await
}

/// How far the sequences are, comments left out: adding one again changes nothing.
pub(crate) async fn sequences_standing(session: &mut Session, target: &TargetSchema) -> Result<Standing, Error> {
    let Some(first) = target.sequences.first() else { return Ok(Standing::ToDo) };
    let table = quote_literal(&format!("{STAGE_SCHEMA}.{}", first.table.quoted()));
    let sql = format!("select to_regclass({table}) is not null");
    let looked = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut session.connection).await;
    if !looked.map_err(statement("look at the sequences"))?.get::<bool, _>(0) {
        return Ok(Standing::ToDo);
    }
    let states = target.sequences.iter().map(|sequence| {
        let (value, called) = stands_at(sequence);
        let next = if called { format!("{value}") } else { "null".to_owned() };
        // The last value of a sequence that was never used is null in this function (PostgreSQL documentation, 9.17).
        format!("(pg_sequence_last_value(({})::regclass) is not distinct from {next}::bigint)", name_of(sequence))
    });
    let sql = format!("select {}", states.collect::<Vec<_>>().join(" and "));
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut session.connection).await;
    let so: bool = row.map_err(statement("look at the sequences"))?.try_get(0).unwrap_or(false);
    Ok(if so && target.comments.is_empty() { Standing::AlreadySo } else { Standing::ToDo })
}

fn stands_at(sequence: &SequenceObject) -> (i64, bool) {
    sequence.last.filter(|last| *last >= 1).map_or((1, false), |last| (last, true))
}

/// The call that names the sequence behind a column.
fn name_of(sequence: &SequenceObject) -> String {
    let table = quote_literal(&format!("{STAGE_SCHEMA}.{}", sequence.table.quoted()));
    format!("pg_get_serial_sequence({table}, {})", quote_literal(sequence.column.as_str()))
}
