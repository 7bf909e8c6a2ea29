//! Messages of AutoBOT from SQLite into their canonical form and its digest: `cargo bench -p autobot-verify`.
//!
//! `read` only steps and looks at the values, `read_and_digest` is one side of a content comparison.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement")]

use autobot_catalog::{ColumnMap, EpochUnit, NulRule, OnInvalid, PgType, RowKey, TableMap, Utf8Rule};
use autobot_db::{ColumnName, TableName};
use autobot_verify::digest_source;
use divan::Bencher;
use divan::counter::ItemsCount;
use rusqlite::Connection;

const ROWS: u64 = 50_000;

const SQL: &str = include_str!("../../convert/benches/messages.sql");

fn main() {
    divan::main();
}

fn messages() -> (Connection, TableMap) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SQL).unwrap();
    let mut statement = connection.prepare("select name, type from pragma_table_info('m')").unwrap();
    let listed = statement.query_map([], |row| Ok(column(row.get(0)?, row.get::<_, String>(1)?.as_str()))).unwrap();
    let columns = listed.collect::<rusqlite::Result<_>>().unwrap();
    drop(statement);
    let name = TableName::new("m").unwrap();
    let map = TableMap {
        source: name.clone(),
        target: name,
        columns,
        key: RowKey::RowidColumn(0),
        filter: None,
        rows: None,
        bytes: None,
        quarantine_orphans: Vec::new(),
    };
    (connection, map)
}

fn column(name: String, declared: &str) -> ColumnMap {
    let name = ColumnName::new(name).unwrap();
    let target_type = match declared {
        "INTEGER" => PgType::Integer,
        "boolean" => PgType::Boolean,
        "datetime" => PgType::Timestamp(3),
        _ => PgType::Text,
    };
    ColumnMap {
        source: name.clone(),
        target: name,
        target_type,
        not_null: false,
        unit: Some(EpochUnit::Milliseconds),
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    }
}

#[divan::bench(sample_count = 20)]
fn read(bencher: Bencher<'_, '_>) {
    let (connection, map) = messages();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let mut statement = connection.prepare("select * from m").unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..map.columns.len() {
                divan::black_box_drop(row.get_ref(column).unwrap());
            }
        }
    });
}

#[divan::bench(sample_count = 20)]
fn read_and_digest(bencher: Bencher<'_, '_>) {
    let (connection, map) = messages();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| digest_source(&connection, &map).unwrap());
}
