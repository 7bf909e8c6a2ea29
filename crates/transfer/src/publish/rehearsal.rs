use autobot_catalog::Migration;

use super::existing::{count_present, look, names};
use crate::error::Error;
use crate::stage::Session;

/// Where tables are there already: makes all tables and keys, empty, compares them with those that are there, and rolls
/// everything back. A difference is found before any row is copied.
pub(crate) async fn rehearse(session: &mut Session, migration: &Migration) -> Result<(), Error> {
    let target = &migration.target;
    if count_present(&mut session.connection, &target.schema, &names(migration)).await? == 0 {
        return Ok(());
    }
    let mut statements = vec!["begin; create schema autobot_stage", "set local search_path = 'autobot_stage'"];
    statements.extend(target.types.iter().map(|object| object.sql.as_str()));
    statements.extend(target.tables.iter().map(|table| table.sql.as_str()));
    for index in &target.indexes {
        statements.push(&index.sql);
        statements.extend(index.constraint_sql.as_deref());
    }
    statements.extend(target.foreign_keys.iter().map(|key| key.sql.as_str()));
    session.run("try the tables and keys", statements.join(";\n")).await?;
    look(&mut session.connection, migration).await?;
    session.run("end the trial", "rollback".to_owned()).await
}
