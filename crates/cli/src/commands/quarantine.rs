use std::fmt::Display;

use autobot_db::{QualifiedName, TableName, TargetError};
use autobot_report::Lang;
use serde_json::{Map, Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::source::{schema_name, target};
use crate::args::QuarantineWhat;
use crate::render::{row_text, table, words};
use crate::{Context, Exit, Failure, Result};

/// Rows that are looked at in one go.
const ROWS_MAX: i64 = 1000;

/// A row that a rule set aside.
struct Quarantined {
    place: String,
    table: String,
    rowid: Option<i64>,
    key: Option<Value>,
    reason: String,
    form: String,
    row: Value,
}

/// `autobot quarantine list|retry`: rows that a rule set aside, with their reasons.
pub async fn quarantine(context: &Context, what: &QuarantineWhat) -> Result<Exit> {
    let target = target(context)?;
    let mut session = target.connect().await?;
    let there = sqlx::query("select to_regclass('autobot_quarantine.rows') is not null").fetch_one(&mut session).await;
    if !there.map_err(TargetError::query("look for quarantined rows"))?.get::<bool, _>(0) {
        context.output.result(words::NONE_IN_QUARANTINE.to(context.lang()), &json!({ "rows": [] }));
        return Ok(Exit::Done);
    }
    match what {
        QuarantineWhat::List => list(context, &mut session).await,
        QuarantineWhat::Retry => retry(context, &mut session, &target.url().schema).await,
    }
}

async fn list(context: &Context, session: &mut PgConnection) -> Result<Exit> {
    let lang = context.lang();
    let header = [words::TABLE, words::ROW, words::REASON].map(|words| words.to(lang));
    let (mut shown, mut rows) = (table(header), Vec::new());
    let mut after = String::from("(0,0)");
    loop {
        let found = read(session, &after).await?;
        let Some(last) = found.last() else { break };
        after.clone_from(&last.place);
        for one in &found {
            shown.add_row([one.table.clone(), one.named(lang), one.reason.clone()]);
            rows.push(json!({
                "table": one.table, "rowid": one.rowid, "key": one.key, "reason": one.reason, "row": one.row,
            }));
        }
    }
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let text = format!("{shown}\n{}", words::IN_QUARANTINE.counted(lang, count));
    context.output.result(&text, &json!({ "rows": rows }));
    Ok(Exit::Done)
}

/// Puts those rows back that the target takes now, each in a transaction of its own together with its removal from the
/// quarantine. Values are read as PostgreSQL reads their text, points in time by what was decided for their column.
async fn retry(context: &Context, session: &mut PgConnection, schema: &str) -> Result<Exit> {
    let schema = schema_name(schema)?;
    let (mut back, mut left) = (0_u64, Vec::new());
    let mut after = String::from("(0,0)");
    loop {
        let found = read(session, &after).await?;
        let Some(last) = found.last() else { break };
        after.clone_from(&last.place);
        for one in &found {
            let name = TableName::new(one.table.as_str()).map_err(|error| Failure::new(Exit::Bug, error, None))?;
            match put_back(session, &QualifiedName { schema: schema.clone(), table: name }, one).await {
                Ok(()) => back += 1,
                Err(why) => left.push(json!({ "table": one.table, "row": one.named(Lang::En), "why": why })),
            }
        }
    }
    let lines: Vec<String> =
        left.iter().map(|one| format!("{} {}: {}", word(one, "table"), word(one, "row"), word(one, "why"))).collect();
    let values: [(&str, &dyn Display); 2] = [("back", &back), ("left", &left.len())];
    let text = format!("{}\n{}", lines.join("\n"), words::BACK.filled(context.lang(), &values));
    context.output.result(text.trim_start(), &json!({ "outcome": "done", "back": back, "left": left }));
    Ok(if left.is_empty() { Exit::Done } else { Exit::InTheWay })
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

async fn read(session: &mut PgConnection, after: &str) -> Result<Vec<Quarantined>> {
    let sql = "select ctid::text, table_name, row_id, key::text, reason, form, row::text from autobot_quarantine.rows \
               where ctid > $1::tid order by ctid limit $2";
    let rows = sqlx::query(sql).bind(after).bind(ROWS_MAX).fetch_all(session).await;
    let rows = rows.map_err(TargetError::query("read quarantined rows"))?;
    let parsed = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    let one = |row: &sqlx::postgres::PgRow| Quarantined {
        place: row.get(0),
        table: row.get(1),
        rowid: row.get(2),
        key: parsed(row.get(3)),
        reason: row.get(4),
        form: row.get(5),
        row: parsed(row.get(6)).unwrap_or_default(),
    };
    Ok(rows.iter().map(one).collect())
}

/// Inserts one row and takes it out of the quarantine; why not, in the server's words.
async fn put_back(
    session: &mut PgConnection,
    table: &QualifiedName,
    one: &Quarantined,
) -> std::result::Result<(), String> {
    let row = if one.form == "target" { one.row.clone() } else { plain(&instants(session, &one.row).await?)? };
    let name = table.quoted();
    let insert = format!("insert into {name} select * from jsonb_populate_record(null::{name}, $1::jsonb)");
    let words = |error: sqlx::Error| error.to_string();
    let mut transaction = session.begin().await.map_err(words)?;
    sqlx::query(AssertSqlSafe(insert)).bind(row.to_string()).execute(&mut *transaction).await.map_err(words)?;
    let delete = "delete from autobot_quarantine.rows where ctid = $1::tid";
    sqlx::query(delete).bind(one.place.as_str()).execute(&mut *transaction).await.map_err(words)?;
    transaction.commit().await.map_err(words)
}

/// A row with its points in time as PostgreSQL reads them: numbers by the unit that was decided for their column, texts with
/// an offset as the instant that they name, others as UTC.
async fn instants(session: &mut PgConnection, row: &Value) -> std::result::Result<Value, String> {
    let mut read = row.as_object().cloned().unwrap_or_default();
    for (column, value) in &mut read {
        let Some(unit) = value.get("instant") else { continue };
        let sql = match (value.get("integer"), value.get("text"), unit.as_str().and_then(per_second)) {
            (Some(_), _, Some((per_second, offset))) => format!(
                "select (timestamp 'epoch' + interval '1 second' * ($1::int8 / {per_second} + {offset}) \
                 + interval '1 microsecond' * ($1::int8 % {per_second} * 1000000 / {per_second}))::text || '+00'"
            ),
            (None, Some(_), _) => "select ($1::timestamptz at time zone 'UTC')::text || '+00'".to_owned(),
            _ => return Err(format!("`{column}` holds a number of which it is not known what it counts")),
        };
        let stored = ["integer", "text"].iter().find_map(|class| value.get(class)?.as_str()).unwrap_or_default();
        let text = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).bind(stored).fetch_one(&mut *session).await;
        *value = json!({ "text": text.map_err(|error| format!("`{column}`: {error}"))? });
    }
    Ok(Value::Object(read))
}

/// How many of a unit make a second, and the second that they count from.
fn per_second(unit: &str) -> Option<(i64, i64)> {
    Some(match unit {
        "seconds" => (1, 0),
        "milliseconds" => (1_000, 0),
        "microseconds" => (1_000_000, 0),
        "apple_seconds" => (1, 978_307_200),
        _ => return None,
    })
}

/// A row in the source's typed form as plain text values.
fn plain(row: &Value) -> std::result::Result<Value, String> {
    let mut plain = Map::new();
    for (column, value) in row.as_object().into_iter().flatten() {
        let text = match value {
            Value::Null => Value::Null,
            value => {
                let known = ["integer", "real", "text"].iter().find_map(|class| value.get(class)?.as_str());
                let blob = value.get("blob_hex").and_then(Value::as_str).map(|hex| format!("\\x{hex}"));
                let text = known.map(str::to_owned).or(blob);
                Value::String(text.ok_or_else(|| format!("`{column}` is not text that PostgreSQL can hold"))?)
            }
        };
        plain.insert(column.clone(), text);
    }
    Ok(Value::Object(plain))
}

impl Quarantined {
    fn named(&self, lang: Lang) -> String {
        let key = self.key.as_ref().map(Value::to_string);
        row_text(lang, key.as_deref().filter(|_| self.rowid.is_none()), self.rowid)
    }
}
