//! The application's database.

use autobot_db::{Name, TargetError, execute};
use sqlx::{PgConnection, Row as _};

use super::role::code;
use crate::{Error, Result};

/// Gives a database's encoding; none when there is no such database.
pub(crate) async fn database(connection: &mut PgConnection, database: &Name) -> Result<Option<String>> {
    let row = sqlx::query("select pg_encoding_to_char(encoding)::text from pg_database where datname = $1")
        .bind(database.as_str())
        .fetch_optional(connection)
        .await
        .map_err(TargetError::query(format!("look for database `{database}`")))?;
    Ok(row.map(|row| row.get(0)))
}

/// Makes a UTF8 database owned by `owner`, with the server's locale, or `C` where that cannot go with UTF8.
pub(crate) async fn create_database(connection: &mut PgConnection, database: &Name, owner: &Name) -> Result<()> {
    let doing = format!("create database `{database}`");
    let sql =
        format!("create database {} owner {} template template0 encoding 'UTF8'", database.quoted(), owner.quoted());
    match execute(connection, &doing, sql.clone()).await {
        Err(TargetError::Query { source, .. }) if does_not_match_locale(&source) => {
            execute(connection, &doing, format!("{sql} lc_collate 'C' lc_ctype 'C'")).await?;
            Ok(())
        }
        other => other.map(|_| ()).map_err(Error::from),
    }
}

/// Drops a database, ending what sessions there still are.
pub(crate) async fn drop_database(connection: &mut PgConnection, database: &Name) -> Result<()> {
    let doing = format!("drop database `{database}`");
    let sql = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()";
    sqlx::query(sql).bind(database.as_str()).execute(&mut *connection).await.map_err(TargetError::query(&doing))?;
    execute(connection, &doing, format!("drop database if exists {}", database.quoted())).await?;
    Ok(())
}

/// `invalid_parameter_value`, which is also what other wrong options give; then the second try says so.
fn does_not_match_locale(error: &sqlx::Error) -> bool {
    code(error) == "22023"
}
