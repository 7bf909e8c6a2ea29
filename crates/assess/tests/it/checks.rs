//! Making a database, reading it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use autobot_assess::{Error, ScanOptions, scan};
use autobot_catalog::{ColumnEvidence, Evidence, Form, SourceCatalog, TableEvidence};
use autobot_convert::Interest;
use autobot_db::{ColumnName, Source, TableName};
use autobot_testkit::TempSqlite;
use rusqlite::Connection;

pub(crate) fn options() -> ScanOptions {
    ScanOptions { interests: BTreeMap::new(), check_pages: true, places_max: 3 }
}

pub(crate) fn table(name: &str) -> TableName {
    TableName::new(name).unwrap()
}

pub(crate) fn column(name: &str) -> ColumnName {
    ColumnName::new(name).unwrap()
}

/// The connections of a snapshot and what is in it.
pub(crate) fn open(file: &TempSqlite, threads: usize) -> (Vec<Connection>, SourceCatalog) {
    let mut snapshot = Source::open(&file.path).unwrap().snapshot(threads).unwrap();
    let connections: Vec<_> = std::iter::from_fn(|| snapshot.take()).collect();
    let catalog = crate::catalog::catalog(&connections[0]);
    (connections, catalog)
}

pub(crate) fn try_scan(file: &TempSqlite, threads: usize, options: &ScanOptions) -> Result<Evidence, Error> {
    let (mut connections, catalog) = open(file, threads);
    scan(&mut connections, &catalog, options, &|_| ControlFlow::Continue(()))
}

/// What two threads find, which must be what one finds.
pub(crate) fn scanned(file: &TempSqlite, options: &ScanOptions) -> Evidence {
    let evidence = try_scan(file, 1, options).unwrap();
    assert_eq!(try_scan(file, 2, options).unwrap(), evidence);
    evidence
}

pub(crate) fn scanned_sql(sql: &str) -> Evidence {
    scanned(&autobot_testkit::sqlite(sql), &options())
}

pub(crate) fn of_table<'a>(evidence: &'a Evidence, name: &str) -> &'a TableEvidence {
    &evidence.tables[&table(name)]
}

pub(crate) fn of_column<'a>(evidence: &'a Evidence, table: &str, name: &str) -> &'a ColumnEvidence {
    &of_table(evidence, table).columns[&column(name)]
}

/// Each form with its count and the rowids of the first places.
pub(crate) fn forms(evidence: &ColumnEvidence) -> Vec<(Form, u64, Vec<i64>)> {
    let rowids = |seen: &autobot_catalog::Seen| seen.first.iter().filter_map(|place| place.rowid).collect();
    evidence.forms.iter().map(|(form, seen)| (*form, seen.count, rowids(seen))).collect()
}

pub(crate) fn with_interest(table_name: &str, column_name: &str, interest: Interest) -> ScanOptions {
    ScanOptions { interests: BTreeMap::from([((table(table_name), column(column_name)), interest)]), ..options() }
}
