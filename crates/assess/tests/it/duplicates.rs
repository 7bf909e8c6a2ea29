use autobot_assess::{UniqueKey, duplicates, look_alikes};
use autobot_catalog::{ColumnMap, EpochUnit, NulRule, OnInvalid, PgType, RowFilter, RowKey, TableMap, Utf8Rule};
use autobot_convert::Interest;

use crate::checks::{column, of_table, open, scanned, table, with_interest};

pub(crate) fn column_map(name: &str, target_type: PgType) -> ColumnMap {
    ColumnMap {
        source: column(name),
        target: column(name),
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

pub(crate) fn table_map(name: &str, columns: Vec<ColumnMap>, filter: Option<RowFilter>) -> TableMap {
    TableMap {
        source: table(name),
        target: table(name),
        columns,
        key: RowKey::None,
        filter,
        rows: None,
        bytes: None,
        quarantine_orphans: Vec::new(),
    }
}

/// Rowids of rows that PostgreSQL would take for equal to an earlier one.
fn check(values: &str, declared: &str, target: &PgType, expected: &[i64]) {
    check_where(values, declared, target, None, expected);
}

fn check_where(values: &str, declared: &str, target: &PgType, predicate: Option<&str>, expected: &[i64]) {
    let file = autobot_testkit::sqlite(&format!("create table t (a {declared} unique); insert into t values {values}"));
    let evidence = scanned(&file, &with_interest("t", "a", Interest::of_type(target)));
    let (connections, catalog) = open(&file, 1);
    let map = table_map("t", vec![column_map("a", target.clone())], None);
    let key = UniqueKey { columns: &[0], predicate };
    let found = duplicates(&connections[0], &catalog.tables[0], &map, key, of_table(&evidence, "t"), 10).unwrap();
    let rowids: Vec<i64> = found.into_iter().flat_map(|seen| seen.first).filter_map(|place| place.rowid).collect();
    assert_eq!(rowids, expected, "{values} as {target}");
}

#[test]
fn values_that_become_equal() {
    check("(1), (2), (null), (null)", "integer", &PgType::Integer, &[]);
    check("('a'), ('A'), (null), (null)", "text", &PgType::Text, &[]);
    check("('5'), (5), (5.5), ('5.5')", "", &PgType::Text, &[2, 4]);
    check("('a'), (cast('a' as blob))", "", &PgType::Text, &[2]);
    check("(cast('a' as blob)), ('a')", "", &PgType::Bytea, &[2]);
    check("(1), ('true'), ('T'), (0)", "", &PgType::Boolean, &[2, 3]);
    check("(7), ('7')", "", &PgType::BigInt, &[2]);
    check("('1.0'), ('1.00'), (1), ('1e0'), (2)", "", &PgType::Decimal { limits: None }, &[2, 3, 4]);
    check("('é'), ('É'), ('e')", "text", &PgType::Citext, &[2]);
    check("('a'), ('a '), ('b')", "text", &PgType::Char(3), &[2]);
    let upper = "('d41d8cd9-8f00-b204-e980-0998ecf8427e'), ('D41D8CD9-8F00-B204-E980-0998ECF8427E')";
    check(upper, "text", &PgType::Uuid, &[2]);
}

#[test]
fn dates_that_become_equal() {
    let timestamp = PgType::Timestamp(3);
    check("(1704067200000), (1704067200001)", "datetime", &timestamp, &[]);
    let forms =
        "(1704067200000), ('2024-01-01'), ('2024-01-01 00:00:00'), ('2024-01-01T01:00:00+01:00'), ('2024-01-02')";
    check(forms, "datetime", &timestamp, &[2, 3, 4]);
    check("('2024-01-01 00:00:00.1234'), ('2024-01-01 00:00:00.1239')", "datetime", &timestamp, &[2]);
    check("('2024-01-01'), ('2024-01-02')", "date", &PgType::Date, &[]);
}

#[test]
fn the_condition_of_a_partial_index_counts() {
    check_where("('5'), (5), ('6'), (6)", "", &PgType::Text, Some("a >= '6' -- six"), &[]);
    check_where("('5'), (5), ('6'), (6)", "", &PgType::Text, Some("a in (6, '6')"), &[4]);
}

#[test]
fn keys_that_only_the_unicode_form_tells_apart() {
    let sql = "create table t (a text, b int, unique (a, b)); \
               insert into t values ('jos\u{e9}', 1), ('jose\u{301}', 2), ('jose\u{301}', 1), ('jose', 1), (null, 1)";
    let file = autobot_testkit::sqlite(sql);
    let evidence = scanned(&file, &with_interest("t", "a", Interest::of_type(&PgType::Text)));
    let (connections, catalog) = open(&file, 1);
    let map = table_map("t", vec![column_map("a", PgType::Text), column_map("b", PgType::BigInt)], None);
    let key = UniqueKey { columns: &[0, 1], predicate: None };
    let found = look_alikes(&connections[0], &catalog.tables[0], &map, key, of_table(&evidence, "t"), 10).unwrap();
    let found = found.unwrap();
    assert_eq!((found.count, found.first[0].rowid), (1, Some(3)));
}
