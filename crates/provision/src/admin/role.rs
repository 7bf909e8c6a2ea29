//! The application's role.

use autobot_db::{Name, Secret, Target, TargetError, TargetUrl, execute, quote_literal};
use sqlx::{PgConnection, Row as _};

use super::Administrator;
use crate::{Error, Result, scram};

/// What came of trying a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Login {
    Accepted,
    Refused,
}

/// Whether there is such a role.
pub(crate) async fn exists(connection: &mut PgConnection, role: &Name) -> Result<bool> {
    let row = sqlx::query("select exists (select from pg_roles where rolname = $1)")
        .bind(role.as_str())
        .fetch_one(connection)
        .await
        .map_err(TargetError::query(format!("look for role `{role}`")))?;
    Ok(row.get(0))
}

/// Tries a password. The database need not be there: PostgreSQL asks for the password first.
pub(crate) async fn may_log_in(target: &TargetUrl) -> Result<Login> {
    match Target::new(target.clone()).connect().await {
        // No such database, or no right to connect to it: the password was right.
        Ok(_) | Err(TargetError::NoDatabase { .. }) => Ok(Login::Accepted),
        Err(TargetError::Connect { source, .. }) if code(&source) == "42501" => Ok(Login::Accepted),
        Err(TargetError::Refused { .. }) => Ok(Login::Refused),
        Err(error) => Err(error.into()),
    }
}

/// Makes a role that may log in and nothing else, or make databases too.
pub(crate) async fn create_role(
    connection: &mut PgConnection,
    administrator: &Administrator,
    role: &Name,
    password: &Secret,
    may_create_databases: bool,
) -> Result<()> {
    let databases = if may_create_databases { "createdb" } else { "nocreatedb" };
    let sql = format!(
        "create role {} login nosuperuser nocreaterole noreplication nobypassrls {databases} password {}",
        role.quoted(),
        verifier(role, password)?
    );
    execute(connection, &format!("create role `{role}`"), sql).await?;
    join(connection, administrator, role).await
}

/// Gives a role of ours another password.
pub(crate) async fn set_password(connection: &mut PgConnection, role: &Name, password: &Secret) -> Result<()> {
    let sql = format!("alter role {} login password {}", role.quoted(), verifier(role, password)?);
    execute(connection, &format!("set the password of role `{role}`"), sql).await?;
    Ok(())
}

/// Removes a role that owns nothing any more.
pub(crate) async fn drop_role(connection: &mut PgConnection, role: &Name) -> Result<()> {
    execute(connection, &format!("drop role `{role}`"), format!("drop role if exists {}", role.quoted())).await?;
    Ok(())
}

/// An administrator who is no superuser (managed servers) has to be a member of a role to make it an owner.
async fn join(connection: &mut PgConnection, administrator: &Administrator, role: &Name) -> Result<()> {
    if !administrator.superuser {
        let sql = format!("grant {} to current_user", role.quoted());
        execute(connection, &format!("become a member of role `{role}`"), sql).await?;
    }
    Ok(())
}

fn verifier(role: &Name, password: &Secret) -> Result<String> {
    let verifier = scram::verifier(password).ok_or_else(|| Error::PasswordForm { role: role.to_string() })?;
    Ok(quote_literal(&verifier))
}

pub(super) fn code(error: &sqlx::Error) -> String {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default().into_owned()
}
