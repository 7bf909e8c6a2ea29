use std::time::Duration;

use autobot_catalog::TargetSchema;
use autobot_db::{Name, TargetError, execute, quote_literal};
use sqlx::{PgConnection, Row};

use super::Session;
use crate::error::{Error, statement};
use crate::fingerprint::StageFingerprint;

/// Version of the tables in the marks' schema.
const FORMAT: u32 = 2;

/// How long to wait for a cut-off session of an earlier run to end, in steps of [`LEFTOVER_STEP`].
const LEFTOVER_STEPS_MAX: u32 = 300;
const LEFTOVER_STEP: Duration = Duration::from_millis(100);

/// Makes the stage, its marks and the migration's types, in one transaction. There must be none.
pub(crate) async fn prepare(
    session: &mut Session,
    schema: &TargetSchema,
    fingerprint: &StageFingerprint,
) -> Result<(), Error> {
    let made = missing_extensions(&mut session.connection, &schema.extensions).await?;
    let mut sql = String::from("begin;\n");
    for extension in &schema.extensions {
        let name = Name::new(extension.as_str()).map_err(|error| Error::NotStaged { reason: error.to_string() })?;
        sql.push_str(&format!("create extension if not exists {} with schema public;\n", name.quoted()));
    }
    sql.push_str(include_str!("sql/create.sql"));
    let names = made.iter().map(|name| quote_literal(name)).collect::<Vec<_>>().join(", ");
    sql.push_str(&format!(
        "insert into autobot_marks.stage (fingerprint, format, extensions_made) \
         values ({}, {FORMAT}, array[{names}]::text[]);\n",
        quote_literal(&fingerprint.0)
    ));
    for object in &schema.types {
        sql.push_str(&object.sql);
        sql.push_str(";\n");
    }
    sql.push_str("commit");
    session.run("make the stage", sql).await
}

/// Drops the stage with everything in it, and the extensions that were made for it.
pub(crate) async fn drop_stage(connection: &mut PgConnection, extensions_made: &[String]) -> Result<(), Error> {
    end_leftovers(connection, &[]).await?;
    let mut sql = String::from("set lock_timeout = 0; drop schema if exists autobot_stage, autobot_marks cascade;\n");
    for extension in extensions_made {
        let name = Name::new(extension.as_str()).map_err(|error| Error::NotStaged { reason: error.to_string() })?;
        sql.push_str(&format!("drop extension if exists {};\n", name.quoted()));
    }
    execute(connection, "drop the stage", sql).await?;
    Ok(())
}

/// Ends sessions of an earlier run that was cut off: the server goes on with a statement (an index build) whose client
/// is gone. Only those of this role that hold locks in the stage, and none of `ours`.
pub(crate) async fn end_leftovers(connection: &mut PgConnection, ours: &[i32]) -> Result<(), Error> {
    for _ in 0..LEFTOVER_STEPS_MAX {
        let ended = sqlx::query(include_str!("sql/leftovers.sql")).bind(ours).fetch_all(&mut *connection).await;
        if ended.map_err(statement("end the sessions of an earlier run"))?.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(LEFTOVER_STEP).await;
    }
    Err(Error::NotStaged { reason: "a session of an earlier run does not end".to_owned() })
}

async fn missing_extensions(connection: &mut PgConnection, wanted: &[String]) -> Result<Vec<String>, Error> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "select name from unnest($1::text[]) name where name not in (select extname from pg_extension)";
    let rows = sqlx::query(sql).bind(wanted).fetch_all(connection).await;
    let rows = rows.map_err(TargetError::query("look at the extensions"))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
