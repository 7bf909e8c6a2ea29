//! The rights that a role needs in its database.

use autobot_db::{Name, SchemaName, TargetError, execute};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, Row as _};

use crate::Result;

const RIGHTS: &str = include_str!("../../sql/rights.sql");

/// One right that was missing and is granted. Since PostgreSQL 15 nobody may make tables in `public` unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grant {
    /// Connect to the database, make schemas and temporary tables in it.
    Database,
    /// The schema itself, made with the role as its owner.
    MakeSchema,
    /// Use the schema and make tables in it.
    Schema,
}

/// What `role` lacks in the session's database.
pub(crate) async fn missing(connection: &mut PgConnection, role: &Name, schema: &SchemaName) -> Result<Vec<Grant>> {
    let row = sqlx::query(RIGHTS)
        .bind(role.as_str())
        .bind(schema.as_str())
        .fetch_one(connection)
        .await
        .map_err(TargetError::query(format!("look at the rights of role `{role}`")))?;
    let (in_database, schema_exists, in_schema): (bool, bool, bool) = (row.get(0), row.get(1), row.get(2));
    let mut missing = Vec::new();
    if !in_database {
        missing.push(Grant::Database);
    }
    match (schema_exists, in_schema) {
        (false, _) => missing.push(Grant::MakeSchema),
        (true, false) => missing.push(Grant::Schema),
        (true, true) => {}
    }
    Ok(missing)
}

/// Grants one right.
pub(crate) async fn grant(
    connection: &mut PgConnection,
    what: Grant,
    role: &Name,
    database: &Name,
    schema: &SchemaName,
) -> Result<()> {
    execute(connection, &format!("grant rights to role `{role}`"), what.grant_sql(role, database, schema)).await?;
    Ok(())
}

/// Takes one right back.
pub(crate) async fn revoke(
    connection: &mut PgConnection,
    what: Grant,
    role: &Name,
    database: &Name,
    schema: &SchemaName,
) -> Result<()> {
    execute(connection, &format!("revoke rights of role `{role}`"), what.revoke_sql(role, database, schema)).await?;
    Ok(())
}

impl Grant {
    pub(crate) fn grant_sql(self, role: &Name, database: &Name, schema: &SchemaName) -> String {
        let (role, database, schema) = (role.quoted(), database.quoted(), schema.quoted());
        match self {
            Self::Database => format!("grant connect, create, temporary on database {database} to {role}"),
            Self::MakeSchema => format!("create schema if not exists {schema} authorization {role}"),
            Self::Schema => format!("grant usage, create on schema {schema} to {role}"),
        }
    }

    fn revoke_sql(self, role: &Name, database: &Name, schema: &SchemaName) -> String {
        let (role, database, schema) = (role.quoted(), database.quoted(), schema.quoted());
        match self {
            Self::Database => format!("revoke connect, create, temporary on database {database} from {role}"),
            // Not `cascade`: a schema that holds something stays.
            Self::MakeSchema => format!("drop schema if exists {schema} restrict"),
            Self::Schema => format!("revoke usage, create on schema {schema} from {role}"),
        }
    }
}
