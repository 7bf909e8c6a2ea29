//! Tables of odd shapes: equal ones are equal, and damage to them is named as well as they allow.

use autobot_catalog::{ColumnMap, Generated, NulRule, OnInvalid, PgType, RowFilter, RowKey, TableMap};
use autobot_verify::{DifferenceKind, Error, digest_source};

use crate::world::{World, column, table};

#[tokio::test]
async fn a_table_without_a_key_is_a_bag() {
    autobot_testkit::skip_without_postgres!();
    let columns = [("a", PgType::Integer), ("b", PgType::Text), ("c", PgType::Text)];
    let world = World::new(
        "create table t (a int, b text, c text);
         insert into t values (1,'x','p'),(1,'x','p'),(1,'x','p'),(2,'y','q'),(null,null,null);",
        "create table t (a int, b text, c text);
         insert into t values (null,null,null),(1,'x','p'),(2,'y','q'),(1,'x','p'),(1,'x','p');",
        vec![table("t", &columns, RowKey::None)],
    )
    .await;
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
    let connection = rusqlite::Connection::open(&world.source.path).unwrap();
    let (rows, digest) = digest_source(&connection, &world.migration.tables[0]).unwrap();
    assert_eq!((rows, Some(digest)), (equal.rows_source, equal.digest_source));
    // One copy less of a row that is there three times.
    world.database.execute("delete from t where ctid = (select min(ctid) from t where a = 1)").await;
    let found = world.one().await;
    assert_eq!((found.differences_count, found.differences.len()), (1, 1));
    assert_eq!((found.differences[0].kind, found.differences[0].rowid), (DifferenceKind::Missing, Some(1)));
    // Put back, and another value in another row: one row that changed, in one column.
    world.database.execute("insert into t values (1,'x','p'); update t set b = 'Y' where a = 2").await;
    let found = world.one().await;
    assert_eq!((found.differences_count, found.differences.len()), (1, 1), "{found:#?}");
    assert_eq!((found.differences[0].kind, found.differences[0].rowid), (DifferenceKind::Changed, Some(4)));
    assert_eq!(found.differences[0].columns[0].column.as_str(), "b");
}

#[tokio::test]
async fn composite_and_text_keys_and_tables_without_rowid() {
    autobot_testkit::skip_without_postgres!();
    let pair = [("a", PgType::Integer), ("b", PgType::Text), ("v", PgType::Text)];
    let world = World::new(
        "create table \"pair \"\"x\" (a int, b text, v text, primary key (a, b)) without rowid;
         insert into \"pair \"\"x\" values (1,'23','v'),(12,'3','w');
         create table \"Text\" (k text primary key, rowid text, _rowid_ int, oid int);
         insert into \"Text\" values ('señor', 'r', 1, 2), ('Ñ', null, 3, 4); create table empty (id integer primary key);",
        "create table \"pair \"\"x\" (a int, b text, v text);
         insert into \"pair \"\"x\" values (12,'3','w'),(1,'23','v');
         create table \"Text\" (k text, rowid text, _rowid_ int, oid int);
         insert into \"Text\" values ('Ñ', null, 3, 4), ('señor', 'r', 1, 2); create table empty (id int);",
        vec![
            table("pair \"x", &pair, RowKey::Columns(vec![0, 1])),
            table(
                "Text",
                &[("k", PgType::Text), ("rowid", PgType::Text), ("_rowid_", PgType::Integer), ("oid", PgType::Integer)],
                RowKey::Columns(vec![0]),
            ),
            table("empty", &[("id", PgType::Integer)], RowKey::RowidColumn(0)),
        ],
    )
    .await;
    let equal = world.compare().await;
    assert!(equal.is_equal(), "{equal:#?}");
    world.database.execute("update \"pair \"\"x\" set v = 'W' where a = 12; update \"Text\" set oid = 5 where k = 'Ñ'; insert into empty values (1)").await;
    let found = world.compare().await;
    let rows: Vec<_> =
        found.tables.iter().map(|table| (table.differences[0].key.join(","), table.differences_count)).collect();
    assert_eq!(rows, [("12,3".to_owned(), 1), ("Ñ".to_owned(), 1), ("1".to_owned(), 1)]);
    assert_eq!(found.tables[2].differences[0].kind, DifferenceKind::Extra);
}

#[tokio::test]
async fn wide_rows_and_large_values() {
    autobot_testkit::skip_without_postgres!();
    let names: Vec<String> = (0..1000).map(|index| format!("c{index}")).collect();
    let list = names.iter().map(|name| format!("{name} int")).collect::<Vec<_>>().join(", ");
    let values = (0..1000).map(|value| value.to_string()).collect::<Vec<_>>().join(", ");
    let both = format!("create table wide (id integer primary key, {list}); insert into wide values (1, {values});");
    let mut columns = vec![("id", PgType::Integer)];
    columns.extend(names.iter().map(|name| (name.as_str(), PgType::Integer)));
    let world = World::new(
        &format!(
            "{both} create table big (id integer primary key, x text, y blob);
                  insert into big values (1, replace(hex(zeroblob(5000000)), '0', 'ñ'), zeroblob(8000000));"
        ),
        &format!(
            "{both} create table big (id int, x text, y bytea);
                  insert into big values (1, repeat('ñ', 10000000), decode(repeat('00', 8000000), 'hex'));"
        ),
        vec![
            table("wide", &columns, RowKey::RowidColumn(0)),
            table("big", &[("id", PgType::Integer), ("x", PgType::Text), ("y", PgType::Bytea)], RowKey::RowidColumn(0)),
        ],
    )
    .await;
    let equal = world.compare().await;
    assert!(equal.is_equal(), "{equal:#?}");
    world.database.execute("update wide set c777 = 0; update big set x = left(x, -1) || 'n', y = y || '\\x00'").await;
    let found = world.compare().await;
    let columns =
        |at: usize| found.tables[at].differences[0].columns.iter().map(|c| c.column.to_string()).collect::<Vec<_>>();
    assert_eq!((columns(0), columns(1)), (vec!["c777".to_owned()], vec!["x".to_owned(), "y".to_owned()]));
    // A difference says what the values are, not the values.
    let y = &found.tables[1].differences[0].columns[1];
    assert!(
        y.source.starts_with("bytes, 8000000 bytes, #") && y.target.starts_with("bytes, 8000001 bytes, #"),
        "{y:?}"
    );
}

#[tokio::test]
async fn rules_decide_what_is_expected() {
    autobot_testkit::skip_without_postgres!();
    let ruled = |name: &str, kind, on_invalid| ColumnMap { on_invalid, ..column(name, kind) };
    let map = TableMap {
        columns: vec![
            column("id", PgType::Integer),
            ruled("n", PgType::Integer, OnInvalid::Null),
            ruled("q", PgType::Integer, OnInvalid::Quarantine),
            ColumnMap { nul: NulRule::Strip, ..column("x", PgType::Text) },
            ColumnMap { generated: Some(Generated::ByExpression), ..column("g", PgType::Integer) },
        ],
        filter: Some(RowFilter::Where("id < 100 -- all but one".to_owned())),
        ..table("t", &[], RowKey::RowidColumn(0))
    };
    let world = World::new(
        "create table t (id integer primary key, n int, q int, x text, g int generated always as (id * 2));
         insert into t values (1, 'abc', 1, 'a' || char(0) || 'b'), (2, 2, 'no', 'x'), (3, 3, null, 0.1), (100, 0, 0, '');",
        "create table t (id int, n int, q int, x text, g int generated always as (id * 2) stored);
         insert into t values (1, null, 1, 'ab'), (3, 3, null, '0.1');",
        vec![map],
    )
    .await;
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
    assert_eq!((equal.rows_source, equal.rows_target, equal.rows_quarantined), (2, 2, 1));
}

#[tokio::test]
async fn the_last_rows_of_each_group() {
    autobot_testkit::skip_without_postgres!();
    let filter = RowFilter::Last { count: 2, per: vec!["bot".to_owned()], by: "at".to_owned() };
    let columns = [("bot", PgType::Text), ("n", PgType::Integer), ("at", PgType::Integer)];
    let map = TableMap { filter: Some(filter), ..table("t", &columns, RowKey::Columns(vec![0, 1])) };
    let world = World::new(
        "create table t (bot text, n int, at int, primary key (bot, n)) without rowid;
         insert into t values ('a',1,5),('a',2,5),('a',3,5),('b',1,9),('c',1,1),('c',2,2),('c',3,3);",
        "create table t (bot text, n int, at int); insert into t values ('a',3,5),('a',2,5),('b',1,9),('c',2,2),('c',3,3);",
        vec![map],
    )
    .await;
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
}

#[tokio::test]
async fn a_value_that_cannot_go_over_is_an_error_with_its_place() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(
        "create table t (a int); insert into t values (1), (2), ('abc');",
        "create table t (a int);",
        vec![table("t", &[("a", PgType::Integer)], RowKey::None)],
    )
    .await;
    let error = world.try_compare(autobot_verify::Level::Content, 9).await.unwrap_err();
    assert!(matches!(error, Error::Unfit { rowid: Some(3), .. }), "{error}");
    assert_eq!(error.to_string(), "a value of `t`.`a` in rowid 3 cannot be a INTEGER");
}

/// A real in a column of text: SQLite's own form of it, unless that form is another number or a subnormal one.
#[tokio::test]
async fn reals_that_become_text() {
    autobot_testkit::skip_without_postgres!();
    let reals = [
        (0.1, "0.1"),
        (-0.5e20, "-5.0e+19"),
        (0.1 + 0.2, "0.30000000000000004"),
        (5e-324, "5.0e-324"),
        (-1.234_567_8e-310, "-1.2345678e-310"),
        (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
    ];
    let values = reals.map(|(_, text)| format!("('{text}')")).join(", ");
    let target = format!("create table t (x text); insert into t values {values}");
    let world = World::new("create table t (x)", &target, vec![table("t", &[("x", PgType::Text)], RowKey::None)]).await;
    // A double in a statement's text is not read exactly.
    let source = rusqlite::Connection::open(&world.source.path).unwrap();
    for (real, _) in reals {
        source.execute("insert into t values (?1)", [real]).unwrap();
    }
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
}
