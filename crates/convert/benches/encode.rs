//! Messages of AutoBOT from SQLite into binary COPY: `cargo bench -p autobot-convert`.
//!
//! `read` only steps and looks at the values, `read_and_encode` converts them as well: the difference is this crate.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement")]

use autobot_catalog::{EpochUnit, PgType};
use autobot_convert::{Converter, Gauge, Interest};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

const ROWS: u64 = 50_000;

const SQL: &str = include_str!("messages.sql");

fn main() {
    divan::main();
}

fn messages() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SQL).unwrap();
    connection
}

fn types() -> Vec<PgType> {
    let text = || PgType::Text;
    let bool = || PgType::Boolean;
    vec![
        PgType::Integer,
        text(),
        text(),
        text(),
        text(),
        PgType::Timestamp(3),
        bool(),
        bool(),
        bool(),
        text(),
        text(),
        bool(),
        text(),
        text(),
    ]
}

/// Hands every value of every row over.
fn each(connection: &Connection, mut take: impl FnMut(usize, ValueRef<'_>)) {
    let mut statement = connection.prepare("select * from m").unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        for column in 0..14 {
            take(column, row.get_ref(column).unwrap());
        }
    }
}

#[divan::bench(sample_count = 20)]
fn read(bencher: Bencher<'_, '_>) {
    let connection = messages();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| each(&connection, |_, value| divan::black_box_drop(value)));
}

#[divan::bench(sample_count = 20)]
fn read_and_encode(bencher: Bencher<'_, '_>) {
    let connection = messages();
    let converters: Vec<_> =
        types().iter().map(|target| Converter::for_type(target, Some(EpochUnit::Milliseconds))).collect();
    let mut out = Vec::with_capacity(32 << 20);
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        out.clear();
        each(&connection, |column, value| {
            converters[column].encode(value, &mut out).unwrap();
        });
    });
}

#[divan::bench(sample_count = 20)]
fn read_and_gauge(bencher: Bencher<'_, '_>) {
    let connection = messages();
    let mut gauges: Vec<_> = types().iter().map(|target| Gauge::new(Interest::of_type(target))).collect();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        each(&connection, |column, value| {
            gauges[column].note(value);
        });
    });
}

/// One value over and over.
#[divan::bench(args = ["integer", "text date", "millis", "real", "decimal text", "uuid", "json"])]
fn one(bencher: Bencher<'_, '_>, kind: &str) {
    let (target, value) = match kind {
        "integer" => (PgType::BigInt, ValueRef::Integer(1_234_567)),
        "text date" => (PgType::Timestamp(3), ValueRef::Text(b"2023-11-14T22:13:20.123+00:00")),
        "millis" => (PgType::Timestamp(3), ValueRef::Integer(1_700_000_000_123)),
        "real" => (PgType::Decimal { limits: None }, ValueRef::Real(1234.5678)),
        "decimal text" => (PgType::Decimal { limits: None }, ValueRef::Text(b"-12345.6789")),
        "uuid" => (PgType::Uuid, ValueRef::Text(b"2f1c1a3e-8f00-4204-a980-0998ecf8427e")),
        _ => (PgType::Jsonb, ValueRef::Text(br#"{"a":[1,2.5,true,null],"b":{"c":"text with \u00e9"},"d":"x"}"#)),
    };
    let converter = Converter::for_type(&target, Some(EpochUnit::Milliseconds));
    let mut out = Vec::with_capacity(4096);
    bencher.bench_local(|| {
        out.clear();
        converter.encode(divan::black_box(value), &mut out)
    });
}

/// Text is bounded by memory: this is what validating and copying it costs.
#[divan::bench(args = [16, 256, 4096, 1 << 20])]
fn text(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = "ñandú y más ".repeat(bytes / 12 + 1).into_bytes();
    let converter = Converter::for_type(&PgType::Text, None);
    let mut out = Vec::with_capacity(text.len() + 4);
    bencher.counter(BytesCount::new(text.len())).bench_local(|| {
        out.clear();
        converter.encode(divan::black_box(ValueRef::Text(&text)), &mut out)
    });
}
