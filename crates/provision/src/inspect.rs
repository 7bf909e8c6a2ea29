//! What a role finds in a database: version, encoding, rights, contents. Reads only.

use autobot_db::{QualifiedName, SchemaName, TableName, Target, TargetError, TargetUrl};
use serde::Serialize;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use crate::{Error, Expect, Result};

const SESSION: &str = include_str!("../sql/session.sql");
const TABLES: &str = include_str!("../sql/tables.sql");

/// The oldest server that will do: 12 has generated columns, COPY with conditions and `REINDEX CONCURRENTLY`.
const OLDEST: i32 = 120_000;
/// The version for which the plan is written.
const PLANNED_MAJOR: i32 = 15;
/// How many tables an error names.
const NAMED_MAX: usize = 5;
/// Prisma's own table, whose rows are not the application's.
const PRISMA_LOG: &str = "_prisma_migrations";

/// What a role finds in a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// `150018` for 15.18.
    pub version_number: i32,
    /// As the server says it: `15.18 (Debian 15.18-0+deb12u1)`.
    pub version: String,
    /// The database.
    pub database: String,
    /// The database's encoding.
    pub encoding: String,
    /// The role.
    pub role: String,
    /// Whether the role is a superuser.
    pub superuser: bool,
    /// Whether the role may make schemas in the database (for the staging schema).
    pub may_create_schemas: bool,
    /// The application's schema.
    pub schema: String,
    /// Whether the role may make tables in it.
    pub may_create_tables: bool,
    /// What is in the schema.
    pub contents: Contents,
}

/// The tables of a schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Tables with at least one row (or that the role may not look into).
    pub with_rows: Vec<QualifiedName>,
    /// Tables without any.
    pub empty: Vec<QualifiedName>,
}

/// Logs in and looks.
pub async fn inspect(target: &TargetUrl) -> Result<Inspection> {
    let mut connection = Target::new(target.clone()).connect().await?;
    let schema = schema_name(target)?;
    let row = sqlx::query(SESSION)
        .bind(schema.as_str())
        .fetch_one(&mut connection)
        .await
        .map_err(TargetError::query("look at the server"))?;
    let contents = contents(&mut connection, &schema).await?;
    let schema_exists: bool = row.get("schema_exists");
    let may_create_schemas: bool = row.get("may_create_schemas");
    Ok(Inspection {
        version_number: row.get("version_number"),
        version: row.get("version"),
        database: row.get("database"),
        encoding: row.get("encoding"),
        role: row.get("role"),
        superuser: row.get("superuser"),
        may_create_schemas,
        schema: schema.as_str().to_owned(),
        may_create_tables: if schema_exists { row.get("may_create_tables") } else { may_create_schemas },
        contents,
    })
}

/// The tables of a schema, and whether they hold rows.
pub(crate) async fn contents(connection: &mut PgConnection, schema: &SchemaName) -> Result<Contents> {
    let rows = sqlx::query(TABLES)
        .bind(schema.as_str())
        .fetch_all(&mut *connection)
        .await
        .map_err(TargetError::query("list the tables"))?;
    let mut contents = Contents { with_rows: Vec::new(), empty: Vec::new() };
    for row in rows {
        let Ok(table) = TableName::new(row.get::<String, _>("name")) else { continue };
        let readable: bool = row.get("readable");
        let name = QualifiedName { schema: schema.clone(), table };
        if !readable || has_rows(connection, &name).await? {
            contents.with_rows.push(name);
        } else {
            contents.empty.push(name);
        }
    }
    Ok(contents)
}

async fn has_rows(connection: &mut PgConnection, table: &QualifiedName) -> Result<bool> {
    let sql = format!("select exists (select from {})", table.quoted());
    let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await;
    Ok(found.map_err(TargetError::query(format!("look into table {table}")))?)
}

pub(crate) fn schema_name(target: &TargetUrl) -> Result<SchemaName> {
    SchemaName::new(target.schema.as_str()).map_err(|_| {
        let reason = "its schema is empty or holds a NUL character".to_owned();
        TargetError::Url(autobot_db::InvalidUrl { reason }).into()
    })
}

impl Contents {
    /// The tables with rows that are the application's.
    pub fn application_rows(&self) -> impl Iterator<Item = &QualifiedName> {
        self.with_rows.iter().filter(|name| name.table.as_str() != PRISMA_LOG)
    }
}

impl Inspection {
    /// Refuses a target that cannot take the migration.
    pub fn check(&self, expect: Expect) -> Result<()> {
        check_version(self.version_number, &self.version)?;
        if self.encoding != "UTF8" {
            return Err(Error::Encoding { database: self.database.clone(), encoding: self.encoding.clone() });
        }
        if !self.may_create_tables {
            let right = format!("create tables in schema `{}` of database `{}`", self.schema, self.database);
            return Err(Error::NoRights { role: self.role.clone(), right });
        }
        if !self.may_create_schemas {
            let right = format!("create schemas in database `{}` (rows are staged in one)", self.database);
            return Err(Error::NoRights { role: self.role.clone(), right });
        }
        self.check_contents(expect)
    }

    /// Refuses a target that holds rows where none are expected.
    pub(crate) fn check_contents(&self, expect: Expect) -> Result<()> {
        if expect == Expect::Anything {
            return Ok(());
        }
        let tables: Vec<String> = self.contents.application_rows().map(|name| name.table.to_string()).collect();
        if tables.is_empty() {
            return Ok(());
        }
        let more = tables.len().saturating_sub(NAMED_MAX);
        Err(Error::NotEmpty {
            database: self.database.clone(),
            schema: self.schema.clone(),
            tables: tables.into_iter().take(NAMED_MAX).collect(),
            more,
        })
    }

    /// What the operator should know though it is no obstacle, one line each.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(version_note(self.version_number, &self.version));
        if self.superuser {
            notes.push(format!("role `{}` is a superuser: more than the application needs", self.role));
        }
        if !self.contents.empty.is_empty() {
            let count = self.contents.empty.len();
            notes.push(format!("schema `{}` has {count} empty tables, which phase 4 looks at", self.schema));
        }
        notes
    }
}

/// Refuses a server that is too old.
pub(crate) fn check_version(number: i32, version: &str) -> Result<()> {
    if number < OLDEST { Err(Error::Version { version: version.to_owned() }) } else { Ok(()) }
}

/// A line where the server is not of the plan's version.
pub(crate) fn version_note(number: i32, version: &str) -> Option<String> {
    (number / 10_000 != PLANNED_MAJOR)
        .then(|| format!("the server is PostgreSQL {version}; the plan is written for {PLANNED_MAJOR}"))
}

#[cfg(test)]
mod tests;
