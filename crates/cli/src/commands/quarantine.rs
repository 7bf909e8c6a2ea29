use autobot_db::TargetError;
use serde_json::{Value, json};
use sqlx::Row;

use super::source::target;
use crate::args::QuarantineWhat;
use crate::{Context, Exit, Failure, Result};

/// `autobot quarantine list|retry`: rows that a rule set aside, with their reasons.
pub async fn quarantine(context: &Context, what: &QuarantineWhat) -> Result<Exit> {
    let mut session = target(context)?.connect().await?;
    let there = sqlx::query("select to_regclass('autobot_quarantine.rows') is not null").fetch_one(&mut session).await;
    if !there.map_err(TargetError::query("look for quarantined rows"))?.get::<bool, _>(0) {
        context.output.result("no row is in quarantine", &json!({ "rows": [] }));
        return Ok(Exit::Done);
    }
    if matches!(what, QuarantineWhat::Retry) {
        return Err(Failure::line(
            Exit::InTheWay,
            "putting quarantined rows back is not done yet by this version",
            "correct them by hand: `autobot quarantine list --json` shows each whole",
        ));
    }
    let sql = "select table_name, row_id, key::text, reason, row::text from autobot_quarantine.rows order by 1, 2";
    let rows = sqlx::query(sql).fetch_all(&mut session).await.map_err(TargetError::query("list quarantined rows"))?;
    let document = |row: &sqlx::postgres::PgRow| {
        let parsed = |text: Option<String>| text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        json!({
            "table": row.get::<String, _>(0), "rowid": row.get::<Option<i64>, _>(1), "key": parsed(row.get(2)),
            "reason": row.get::<String, _>(3), "row": parsed(row.get(4)),
        })
    };
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let place = row
                .get::<Option<i64>, _>(1)
                .map_or_else(|| row.get::<Option<String>, _>(2).unwrap_or_default(), |id| format!("rowid {id}"));
            format!("{} {place}: {}", row.get::<String, _>(0), row.get::<String, _>(3))
        })
        .collect();
    let text = format!("{}\n{} rows are in quarantine", lines.join("\n"), lines.len());
    context.output.result(&text, &json!({ "rows": rows.iter().map(document).collect::<Vec<_>>() }));
    Ok(Exit::Done)
}
