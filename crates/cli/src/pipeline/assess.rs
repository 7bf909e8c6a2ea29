use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;

use autobot_assess::{
    Error, Forecast, Progress, ScanOptions, UniqueKey, changed_values, duplicates, locate, look_alikes, scan,
    violations, wide_rows,
};
use autobot_catalog::{Evidence, Migration, SourceCatalog, TableMap};
use autobot_convert::Interest;
use autobot_db::TableName;
use autobot_plan::{Event, Observer, Unit};
use rusqlite::Connection;

use super::Looked;
use crate::{Context, Exit, Failure, Result};

/// Places kept of each form of value.
const PLACES_MAX: usize = 8;

/// One pass over every value of the source. `expected` is what declarations and rules alone lead to: it tells what to
/// look for beyond what a declared type asks for.
pub async fn evidence(
    context: &Context,
    mut connections: Vec<Connection>,
    catalog: &SourceCatalog,
    expected: &Migration,
    check_pages: bool,
) -> Result<(Evidence, Vec<Connection>)> {
    let options = ScanOptions { interests: interests(expected), check_pages, places_max: PLACES_MAX };
    let (catalog, stop) = (catalog.clone(), context.stop.clone());
    let (sender, mut progress) = tokio::sync::mpsc::unbounded_channel::<(TableName, u64)>();
    let scanning = tokio::task::spawn_blocking(move || {
        let scanned = scan(&mut connections, &catalog, &options, &|progress: Progress<'_>| {
            // Nobody listens any more only when the command has ended.
            let _ = sender.send((progress.table.clone(), progress.rows));
            if stop.is_requested() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        scanned.map(|evidence| (evidence, connections))
    });
    let mut rows: BTreeMap<TableName, u64> = BTreeMap::new();
    while let Some((table, more)) = progress.recv().await {
        let read = rows.entry(table.clone()).or_default();
        *read += more;
        let part = table.to_string();
        context.terminal.on(&Event::Progress { id: "assess".into(), part, done: *read, total: None, unit: Unit::Rows });
    }
    context.terminal.end("assess");
    let scanned = scanning.await.map_err(|error| Failure::new(Exit::Bug, error, None))?;
    scanned.map_err(failure)
}

/// What the chosen types make equal under a unique key is part of the evidence too; true when something was found.
pub fn find_duplicates(
    connection: &Connection,
    catalog: &SourceCatalog,
    migration: &Migration,
    evidence: &mut Evidence,
) -> Result<bool> {
    let mut any = false;
    for index in migration.target.indexes.iter().filter(|index| index.unique && !index.columns.is_empty()) {
        let Some(map) = migration.tables.iter().find(|map| map.target == index.table) else { continue };
        let (Some(table), Some(columns)) = (catalog.table(map.source.as_str()), positions(map, &index.columns)) else {
            continue;
        };
        let Some(of_table) = evidence.tables.get_mut(&map.source) else { continue };
        // A partial index is kept under its own name; without it nothing can be said of its rows.
        let partial = table.indexes.iter().find(|known| known.name.as_str() == index.name);
        let predicate = partial.and_then(|known| known.predicate.as_deref());
        if predicate.is_none() && index.sql.to_lowercase().contains(" where ") {
            continue;
        }
        let key = UniqueKey { columns: &columns, predicate };
        if let Some(seen) = duplicates(connection, table, map, key, of_table, PLACES_MAX).map_err(failure)? {
            of_table.duplicates.insert(index.name.clone(), seen);
            any = true;
        }
        if let Some(seen) = look_alikes(connection, table, map, key, of_table, PLACES_MAX).map_err(failure)? {
            of_table.look_alikes.insert(index.name.clone(), seen);
            any = true;
        }
    }
    Ok(any)
}

/// Rows of tables so wide that it takes a look at each row to know whether they fit; true when there are such tables.
pub fn find_wide_rows(
    connection: &Connection,
    catalog: &SourceCatalog,
    migration: &Migration,
    evidence: &mut Evidence,
) -> Result<bool> {
    let wide = migration.findings.iter().filter(|finding| finding.code.ends_with(" row-too-wide"));
    let mut any = false;
    for name in wide.filter_map(|finding| finding.table.as_ref()) {
        let Some(map) = migration.tables.iter().find(|map| map.source == *name) else { continue };
        let (Some(table), Some(of_table)) = (catalog.table(name.as_str()), evidence.tables.get_mut(name)) else {
            continue;
        };
        of_table.too_wide = Some(wide_rows(connection, table, map, PLACES_MAX).map_err(failure)?);
        any = true;
    }
    Ok(any)
}

/// Kinds of findings of which the pass over everything knows that there are some, not which.
const INEXACT: &[&str] = &["digits-cut", "nul-changed", "letter-case", "padded", "beyond-javascript"];

/// Which values the chosen types change, where that has to be looked at value by value; true when there are such columns.
pub fn find_changed(
    connection: &Connection,
    catalog: &SourceCatalog,
    migration: &Migration,
    evidence: &mut Evidence,
) -> Result<bool> {
    let mut columns: BTreeMap<&TableName, Vec<autobot_db::ColumnName>> = BTreeMap::new();
    for finding in &migration.findings {
        let inexact = INEXACT.iter().any(|name| finding.code.split(' ').nth(1) == Some(*name));
        if let (true, Some(table), Some(column)) = (inexact, &finding.table, &finding.column) {
            columns.entry(table).or_default().push(column.clone());
        }
    }
    let any = !columns.is_empty();
    for (name, columns) in columns {
        let Some(map) = migration.tables.iter().find(|map| map.source == *name) else { continue };
        let (Some(table), Some(of_table)) = (catalog.table(name.as_str()), evidence.tables.get_mut(name)) else {
            continue;
        };
        of_table.changed = changed_values(connection, table, map, &columns, PLACES_MAX).map_err(failure)?;
    }
    Ok(any)
}

/// Rows that break a CHECK that goes over; true when there are some.
pub fn find_violations(
    connection: &Connection,
    catalog: &SourceCatalog,
    migration: &Migration,
    evidence: &mut Evidence,
) -> Result<bool> {
    let mut any = false;
    for map in &migration.tables {
        let Some(table) = catalog.table(map.source.as_str()).filter(|table| !table.checks.is_empty()) else { continue };
        let Some(of_table) = evidence.tables.get_mut(&map.source) else { continue };
        let checks: Vec<usize> = (0..table.checks.len()).collect();
        for (number, seen) in violations(connection, table, map, &checks, PLACES_MAX).map_err(failure)? {
            any |= seen.count > 0;
            of_table.violations.insert(number, seen);
        }
    }
    Ok(any)
}

fn positions(map: &TableMap, columns: &[autobot_db::ColumnName]) -> Option<Vec<usize>> {
    columns.iter().map(|name| map.columns.iter().position(|column| column.target == *name)).collect()
}

/// Lists every row that the chosen types refuse, one JSON object a line.
pub fn locate_all(looked: &Looked, sink: &mut dyn Write) -> Result<()> {
    let connection = looked.lend()?;
    locate(&connection, &looked.catalog, &looked.migration.tables, None, sink).map(|_| ()).map_err(failure)
}

/// Size and time that the migration will take.
pub fn forecast(looked: &Looked) -> Forecast {
    autobot_assess::forecast(&looked.evidence)
}

fn interests(expected: &Migration) -> BTreeMap<(TableName, autobot_db::ColumnName), Interest> {
    let columns = expected.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .map(|(table, column)| ((table.source.clone(), column.source.clone()), Interest::of_type(&column.target_type)))
        .collect()
}

fn failure(error: Error) -> Failure {
    let hint = error.hint();
    let exit = match error {
        Error::Stopped => Exit::Interrupted,
        Error::Write(_) => Exit::Application,
        Error::NoColumn { .. } => Exit::Settings,
        Error::Thread | Error::NoConnection => Exit::Bug,
        _ => Exit::Source,
    };
    Failure::new(exit, error, hint)
}
