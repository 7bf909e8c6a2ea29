//! What an administrator's session sees and does: roles, databases, rights.

mod database;
mod rights;
mod role;

use autobot_db::{Target, TargetError, TargetUrl};
use sqlx::{PgConnection, Row as _};

pub(crate) use database::{create_database, database, drop_database};
pub(crate) use rights::{Grant, grant, missing, revoke};
pub(crate) use role::{Login, create_role, drop_role, exists, may_log_in, set_password};

use crate::Result;

const WHO: &str = include_str!("../sql/administrator.sql");

/// An administrator and what the server lets him do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Administrator {
    pub(crate) user: String,
    pub(crate) superuser: bool,
    pub(crate) may_create_roles: bool,
    pub(crate) may_create_databases: bool,
    pub(crate) version_number: i32,
    pub(crate) version: String,
}

/// Logs in as the administrator.
pub(crate) async fn connect(admin: &TargetUrl) -> Result<PgConnection> {
    Ok(Target::new(admin.clone()).connect().await?)
}

/// Who the session's role is.
pub(crate) async fn who(connection: &mut PgConnection) -> Result<Administrator> {
    let row = sqlx::query(WHO).fetch_one(connection).await.map_err(TargetError::query("look at the administrator"))?;
    Ok(Administrator {
        user: row.get("role"),
        superuser: row.get("superuser"),
        may_create_roles: row.get("may_create_roles"),
        may_create_databases: row.get("may_create_databases"),
        version_number: row.get("version_number"),
        version: row.get("version"),
    })
}
