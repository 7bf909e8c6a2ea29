//! Damage of every kind to a correct copy: each is found, and named to table, row and column.

use autobot_catalog::{PgType, RowKey};
use autobot_verify::{DifferenceKind, Level, TableReport};

use crate::world::{World, table};

const SOURCE: &str = "
create table t (id integer primary key, b boolean, s int, i int, l bigint, d real, n decimal, x text, v varchar(20),
  c char(4), y blob, day text, hour text, at datetime, zoned datetime, j text, jb text, u text, e text);
insert into t values
 (1, 1, 7, 70, 7000000000, 0.0, '12.5', 'Ana', 'uno', 'ab', x'00ff', '2024-02-29', '23:59:59.5', 1700000000123,
  '2023-11-14T22:13:20.123Z', '{\"a\": 1}', '{\"a\": 1}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'lead'),
 (2, 0, 8, 80, 8000000000, 1.5, '-0.5', '', null, 'cd', x'', '2024-03-01', '00:00', 1700000000124,
  1700000000124, '[]', '[]', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'client'),
 (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);";

const TARGET: &str = "
create type status as enum ('lead', 'client');
create table t (id bigint, b boolean, s smallint, i integer, l bigint, d double precision, n numeric, x text,
  v varchar(20), c char(4), y bytea, day date, hour time(3), at timestamp(3), zoned timestamptz(3), j json, jb jsonb,
  u uuid, e status);
insert into t values
 (1, true, 7, 70, 7000000000, 0.0, 12.50, 'Ana', 'uno', 'ab', '\\x00ff', '2024-02-29', '23:59:59.5',
  '2023-11-14 22:13:20.123', '2023-11-14 22:13:20.123Z', '{\"a\": 1}', '{\"a\":1}',
  'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'lead'),
 (2, false, 8, 80, 8000000000, 1.5, -0.5, '', null, 'cd', '', '2024-03-01', '00:00', '2023-11-14 22:13:20.124',
  '2023-11-14 22:13:20.124Z', '[]', '[]', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'client'),
 (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);";

fn all_types() -> Vec<(&'static str, PgType)> {
    let labels = vec!["lead".to_owned(), "client".to_owned()];
    let status = PgType::Enum { name: autobot_db::Name::new("status").unwrap(), labels };
    vec![
        ("id", PgType::BigInt),
        ("b", PgType::Boolean),
        ("s", PgType::SmallInt),
        ("i", PgType::Integer),
        ("l", PgType::BigInt),
        ("d", PgType::Double),
        ("n", PgType::Decimal { limits: None }),
        ("x", PgType::Text),
        ("v", PgType::Varchar(20)),
        ("c", PgType::Char(4)),
        ("y", PgType::Bytea),
        ("day", PgType::Date),
        ("hour", PgType::Time(3)),
        ("at", PgType::Timestamp(3)),
        ("zoned", PgType::Timestamptz(3)),
        ("j", PgType::Json),
        ("jb", PgType::Jsonb),
        ("u", PgType::Uuid),
        ("e", status),
    ]
}

/// Changes of one or more values, and the row and columns that must be named for each.
const CHANGES: &[(&str, &[(i64, &str)])] = &[
    ("update t set b = not b where id = 1", &[(1, "b")]),
    ("update t set s = s + 1 where id = 1", &[(1, "s")]),
    ("update t set i = -i where id = 2", &[(2, "i")]),
    ("update t set l = l + 1 where id = 1", &[(1, "l")]),
    ("update t set d = -d where id = 1", &[(1, "d")]), // the sign of a zero
    ("update t set d = 1.5000000000000002 where id = 2", &[(2, "d")]),
    ("update t set n = 12.51 where id = 1", &[(1, "n")]),
    ("update t set x = 'ana' where id = 1", &[(1, "x")]), // case of a letter
    ("update t set x = 'Ana ' where id = 1", &[(1, "x")]), // a blank
    ("update t set x = null where id = 2", &[(2, "x")]),  // NULL for ''
    ("update t set v = '' where id = 2", &[(2, "v")]),    // '' for NULL
    ("update t set v = 'Uno' where id = 1", &[(1, "v")]),
    ("update t set c = 'ac' where id = 1", &[(1, "c")]),
    ("update t set y = '\\x00fe' where id = 1", &[(1, "y")]),
    ("update t set y = null where id = 2", &[(2, "y")]),
    ("update t set day = '2024-02-28' where id = 1", &[(1, "day")]),
    ("update t set hour = '23:59:59.501' where id = 1", &[(1, "hour")]),
    ("update t set at = at + interval '1 ms' where id = 1", &[(1, "at")]),
    ("update t set zoned = zoned + interval '1 hour' where id = 2", &[(2, "zoned")]),
    ("update t set j = '{\"a\":1}' where id = 1", &[(1, "j")]), // json keeps its text
    ("update t set jb = '{\"a\": 2}' where id = 1", &[(1, "jb")]),
    ("update t set u = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a10' where id = 1", &[(1, "u")]),
    ("update t set e = 'client' where id = 1", &[(1, "e")]),
    // Two values swapped between rows, in two columns.
    ("update t set i = 150 - i where id < 3", &[(1, "i"), (2, "i")]),
    ("update t set at = (select max(at) from t) where id = 1", &[(1, "at")]),
    // A pair of changes that cancels in a plain sum.
    ("update t set l = l + case id when 1 then 5 else -5 end where id < 3", &[(1, "l"), (2, "l")]),
    ("update t set b = false, x = '' where id = 3", &[(3, "b"), (3, "x")]),
];

#[tokio::test]
async fn a_changed_value_is_named_to_row_and_column() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(SOURCE, TARGET, vec![table("t", &all_types(), RowKey::RowidColumn(0))]).await;
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
    for (sql, expected) in CHANGES {
        world.database.execute(sql).await;
        let found = world.one().await;
        assert!(!found.is_equal(), "not found: {sql}");
        assert_eq!(named(&found), *expected, "{sql}");
        assert!(found.differences.iter().all(|one| one.kind == DifferenceKind::Changed), "{sql}: {found:#?}");
        let rows = expected.iter().map(|(row, _)| row).collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!(found.differences_count, rows as u64, "{sql}");
        let rows = found.differences.iter().map(|one| one.key.join(","));
        assert!(rows.eq(found.differences.iter().map(|one| one.rowid.unwrap().to_string())), "{sql}");
        restore(&world).await;
    }
    assert!(world.one().await.is_equal());
}

async fn restore(world: &World) {
    let insert = TARGET.split("insert into").nth(1).unwrap();
    world.database.execute(&format!("set timezone = 'UTC'; truncate t; insert into{insert}")).await;
}

fn named(report: &TableReport) -> Vec<(i64, &str)> {
    let columns = report.differences.iter().flat_map(|one| one.columns.iter().map(|c| (one.rowid.unwrap(), c)));
    columns.map(|(rowid, column)| (rowid, column.column.as_str())).collect()
}

#[tokio::test]
async fn rows_gone_added_and_doubled_are_named() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(SOURCE, TARGET, vec![table("t", &all_types(), RowKey::RowidColumn(0))]).await;
    world
        .database
        .execute(
            "delete from t where id = 2; insert into t (id) values (9); insert into t select * from t where id = 1",
        )
        .await;
    let found = world.one().await;
    let rows: Vec<_> = found.differences.iter().map(|one| (one.kind, one.rowid, one.key.join(","))).collect();
    let expected = [
        (DifferenceKind::Missing, Some(2), "2".to_owned()),
        (DifferenceKind::Extra, None, "1".to_owned()),
        (DifferenceKind::Extra, None, "9".to_owned()),
    ];
    assert_eq!(rows, expected);
    assert_eq!((found.differences_count, found.rows_source, found.rows_target), (3, 3, 4));
    restore(&world).await;
    // A row with another key is one changed row, not one gone and one new.
    world.database.execute("update t set id = 5 where id = 2").await;
    let found = world.one().await;
    assert_eq!(named(&found), [(2, "id")]);
    assert_eq!(found.differences_count, 1);
}

#[tokio::test]
async fn counts_see_rows_and_rows_see_everything() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(SOURCE, TARGET, vec![table("t", &all_types(), RowKey::RowidColumn(0))]).await;
    assert!(world.try_compare(Level::Counts, 9).await.unwrap().is_equal());
    assert!(world.try_compare(Level::Rows, 0).await.unwrap().is_equal());
    world.database.execute("update t set i = 0").await;
    assert!(world.try_compare(Level::Counts, 9).await.unwrap().is_equal());
    let content = world.try_compare(Level::Content, 1).await.unwrap();
    assert_eq!((content.tables[0].differences_count, content.tables[0].differences.len()), (3, 1));
    let rows = world.try_compare(Level::Rows, 0).await.unwrap();
    assert_eq!((rows.tables[0].differences_count, rows.tables[0].differences.len()), (3, 3));
    world.database.execute("delete from t where id = 1").await;
    let counts = world.try_compare(Level::Counts, 9).await.unwrap();
    assert_eq!((counts.is_equal(), counts.tables[0].differences_count), (false, 1));
}
