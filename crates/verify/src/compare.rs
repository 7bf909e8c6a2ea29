use autobot_catalog::Migration;
use autobot_db::Target;
use autobot_plan::Scope;
use rusqlite::Connection;

use crate::content::{Options, compare_table};
use crate::counts::count_table;
use crate::{Error, Level, Report};

/// Compares every table of the migration, one after the other, on one snapshot of the source.
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
    let mut source = source;
    for table in &migration.tables {
        let one = match options.level {
            Level::Counts => count_table(&source, target, table, options).await?,
            Level::Content => {
                let (one, back) = compare_table(source, target, table, options, scope).await?;
                source = back;
                one
            }
        };
        report.tables.push(one);
    }
    Ok(report)
}
