use autobot_assess::{Error, locate};
use autobot_catalog::{OnInvalid, PgType, RowFilter, TableMap};

use crate::checks::open;
use crate::duplicates::{column_map, table_map};

const SQL: &str = "
    create table t (id integer primary key, n integer, d datetime, s text);
    insert into t values (1, 'abc', 1627303906122, 'ok'), (2, 2, '2021-02-30', cast(x'6100' as text)), (3, 3, null, null),
      (4, 2.5, 0, cast(x'61ff' as text))";

fn lines(map: TableMap, limit: Option<u64>) -> (Result<u64, Error>, Vec<serde_json::Value>) {
    let file = autobot_testkit::sqlite(SQL);
    let (connections, catalog) = open(&file, 1);
    let mut sink = Vec::new();
    let listed = locate(&connections[0], &catalog, &[map], limit, &mut sink);
    let text = String::from_utf8(sink).unwrap();
    (listed, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn map(filter: Option<RowFilter>) -> TableMap {
    let mut columns = vec![
        column_map("id", PgType::BigInt),
        column_map("n", PgType::Integer),
        column_map("d", PgType::Timestamp(3)),
        column_map("s", PgType::Text),
    ];
    columns[2].on_invalid = OnInvalid::Null;
    table_map("t", columns, filter)
}

fn check(filter: Option<RowFilter>, limit: Option<u64>, expected: &[(i64, &str, &str)]) {
    let (listed, lines) = lines(map(filter), limit);
    let found: Vec<_> = lines
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap();
            (line["rowid"].as_i64().unwrap(), text("column"), text("reason"))
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(listed.unwrap(), expected.len() as u64);
}

const ALL: [(i64, &str, &str); 6] = [
    (1, "n", "text-in-integer"),
    (2, "d", "impossible-date"),
    (2, "s", "nul-in-text"),
    (4, "n", "fraction-in-integer"),
    (4, "d", "impossible-date"),
    (4, "s", "invalid-utf8"),
];

#[test]
fn every_refused_value_is_listed() {
    check(None, None, &ALL);
    check(None, Some(2), &ALL[..2]);
    check(None, Some(6), &ALL);
}

#[test]
fn rows_that_stay_behind_are_not_listed() {
    check(Some(RowFilter::Where("id < 4 -- not the last".to_owned())), None, &ALL[..3]);
    let last = |count| RowFilter::Last { count, per: Vec::new(), by: "ID".to_owned() };
    check(Some(last(1)), None, &ALL[3..]);
    let unknown = RowFilter::Last { count: 1, per: vec!["x".to_owned()], by: "id".to_owned() };
    assert!(matches!(lines(map(Some(unknown)), None).0, Err(Error::NoColumn { .. })));
}

#[test]
fn a_line_says_all_that_a_person_needs() {
    let (_, lines) = lines(map(None), None);
    let line = serde_json::json!({
        "table": "t", "column": "s", "rowid": 2, "class": "text", "sample": "6100", "reason": "nul-in-text",
        "message": "a NUL character in text at byte 1", "on_invalid": "refuse"
    });
    assert_eq!(lines[2], line);
    assert_eq!(lines[1]["on_invalid"], "null");
}
