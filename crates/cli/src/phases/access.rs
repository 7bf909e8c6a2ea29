use std::collections::BTreeSet;

use autobot_catalog::{Migration, TableMap};
use autobot_db::{QualifiedName, Target, TargetError, execute};
use autobot_plan::{Event, Observer};
use autobot_report::{Access, Written};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::application::{look, originals_dir, places};
use crate::settings::UrlForm;
use crate::{Context, Desk, Result};

/// Enters the target with the URL of the application's `.env` and changes, removes and puts in again a row of each table,
/// in transactions that are taken back. None where the URL is not one that this machine can use.
///
/// What the application's login may not do is a warning: the application would find out only when it is used.
pub async fn try_access(desk: &Desk<'_>, migration: &Migration) -> Result<Option<Access>> {
    let context = desk.context();
    if context.settings.env.url_form == UrlForm::Container {
        return Ok(None);
    }
    let facts = look(context, &places(context, originals_dir(desk)?, Vec::new()))?;
    let Some((env, url)) = facts.env.as_ref().and_then(|env| Some((env, env.target_of(&facts.key)?))) else {
        return Ok(None);
    };
    let mut session = match Target::new(url).connect().await {
        Ok(session) => session,
        Err(error) => {
            warn(context, format!("the URL of {} does not open the database: {error}", env.file));
            return Ok(None);
        }
    };
    let referred = referred(&mut session, migration).await?;
    let mut tables = Vec::new();
    for table in &migration.tables {
        let name = QualifiedName { schema: migration.target.schema.clone(), table: table.target.clone() };
        match change(&mut session, &name, table).await {
            Ok(true) => {
                // Removing a row that others refer to may remove those too.
                let inserted = !referred.contains(table.target.as_str()) && replace(&mut session, &name, table).await?;
                tables.push(Written { table: table.target.to_string(), inserted });
            }
            Ok(false) => {}
            Err(error) => {
                let why =
                    error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
                warn(context, format!("the application's login cannot change a row of `{}`: {why}", table.target));
            }
        }
    }
    Ok(Some(Access { env: env.file.to_string(), tables }))
}

fn warn(context: &Context, text: String) {
    context.terminal.on(&Event::Warning { text });
}

/// The tables that others refer to.
async fn referred(session: &mut PgConnection, migration: &Migration) -> Result<BTreeSet<String>> {
    let sql = "select relname::text from pg_constraint join pg_class on pg_class.oid = confrelid \
               join pg_namespace as space on space.oid = relnamespace where contype = 'f' and nspname = $1";
    let asked = sqlx::query(sql).bind(migration.target.schema.as_str()).fetch_all(session).await;
    let rows = asked.map_err(TargetError::query("look for foreign keys"))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Sets a column of some row to what it holds; false for an empty table.
async fn change(session: &mut PgConnection, name: &QualifiedName, table: &TableMap) -> sqlx::Result<bool> {
    let name = name.quoted();
    // The last column: the first is the key.
    let Some(column) = columns(table).pop() else { return Ok(false) };
    let statement =
        format!("update {name} set {column} = {column} where ctid = (select ctid from {name} limit 1) returning 1");
    tried(session, &statement).await
}

/// Removes some row and puts it in again; false where a rule of the table does not let the same row in twice at a time.
async fn replace(session: &mut PgConnection, name: &QualifiedName, table: &TableMap) -> Result<bool> {
    let (name, columns) = (name.quoted(), columns(table).join(", "));
    let statement = format!(
        "with gone as (delete from {name} where ctid = (select ctid from {name} limit 1) returning *) \
         insert into {name} ({columns}) overriding system value select {columns} from gone returning 1"
    );
    Ok(tried(session, &statement).await.unwrap_or_default())
}

fn columns(table: &TableMap) -> Vec<String> {
    let stored = table.columns.iter().filter(|column| column.generated.is_none());
    stored.map(|column| column.target.quoted()).collect()
}

/// Runs a statement in a transaction that is taken back; true when it touched a row.
async fn tried(session: &mut PgConnection, statement: &str) -> sqlx::Result<bool> {
    let sql = format!("begin; set local lock_timeout = '2s';\n{statement};\nrollback");
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut *session).await;
    if done.is_err() {
        // What cannot be taken back here is when the session ends.
        let _ = execute(session, "end a trial", "rollback".to_owned()).await;
    }
    Ok(!done?.is_empty())
}
