use std::sync::Arc;

use autobot_catalog::Migration;
use autobot_db::{Target, TargetError};
use autobot_plan::Scope;
use rusqlite::Connection;

use crate::content::{Options, Place, compare_place};
use crate::counts::count_table;
use crate::schema::ExpectedSchema;
use crate::side::Orphans;
use crate::{Error, Level, Report};

/// Compares every table of the migration, one after the other, on one snapshot of the source, and (beyond
/// [`Level::Counts`]) the schema: keys and indexes are expected to be there.
///
/// Differences are in the report; an error means that the comparison could not be made.
pub async fn compare(
    source: Connection,
    target: &Target,
    migration: &Migration,
    options: &Options,
    scope: &Scope<'_>,
) -> Result<Report, Error> {
    let mut report = Report { level: options.level, tables: Vec::new(), schema: Vec::new() };
    let (mut source, orphans) = find_orphans(source, migration).await?;
    let (mut session, mut counting) = (None, None);
    for table in &migration.tables {
        let one = match options.level {
            Level::Counts => {
                let counting = match &mut counting {
                    Some(session) => session,
                    none => none.insert(target.connect().await?),
                };
                count_table(&source, counting, table, options, &orphans).await?
            }
            Level::Content | Level::Rows => {
                let place = Place::new(source, target, table, options, Arc::clone(&orphans))?;
                let (one, place) = compare_place(place.with_session(session), None, scope).await?;
                (source, session) = place.into_sides()?;
                one
            }
        };
        report.tables.push(one);
    }
    if options.level != Level::Counts && !migration.target.tables.is_empty() {
        let mut session = target.connect().await?;
        match ExpectedSchema::of(&mut session, migration, &options.schema).await {
            Ok(expected) => report.schema = expected.compare(&mut session, migration).await?,
            Err(error) if is_forbidden(&error) => {
                scope.warn("the schema was not compared: the role may not create a schema in the target database");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(report)
}

/// Works out, away from the runtime's threads, which rows the rules set aside as orphans.
async fn find_orphans(source: Connection, migration: &Migration) -> Result<(Connection, Arc<Orphans>), Error> {
    let tables = migration.tables.clone();
    let Some(first) = tables.iter().find(|table| !table.quarantine_orphans.is_empty()) else {
        return Ok((source, Arc::default()));
    };
    let cut_off = Error::CutOff { table: first.source.clone() };
    let found = tokio::task::spawn_blocking(move || {
        let orphans = Orphans::find(&source, &tables)?;
        Ok((source, Arc::new(orphans)))
    });
    found.await.map_err(|_| cut_off)?
}

/// True when the server refused for want of a right (PostgreSQL documentation, appendix A: 42501).
fn is_forbidden(error: &Error) -> bool {
    let Error::Target(TargetError::Query { source, .. }) = error else { return false };
    source.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| code == "42501")
}
