//! Orphans that the rules set aside are not expected in the target, nor what refers to them.

use autobot_catalog::{OnInvalid, PgType, RowKey, TableMap};
use autobot_db::{ColumnName, TableName};
use autobot_verify::Level;

use crate::world::{World, table};

fn referring(mut map: TableMap, columns: &[&str], parent: &str, parents: &[&str]) -> TableMap {
    let names = |names: &[&str]| names.iter().map(|name| ColumnName::new(*name).unwrap()).collect();
    map.quarantine_orphans.push((names(columns), TableName::new(parent).unwrap(), names(parents)));
    map
}

#[tokio::test]
async fn the_closure_is_left_out() {
    autobot_testkit::skip_without_postgres!();
    let columns = [("id", PgType::Integer), ("up", PgType::Integer)];
    let mut first = table("a", &columns, RowKey::RowidColumn(0));
    first.columns[1].on_invalid = OnInvalid::Quarantine;
    let tables = vec![
        referring(table("c", &columns, RowKey::RowidColumn(0)), &["up"], "b", &["id"]),
        referring(table("b", &columns, RowKey::RowidColumn(0)), &["up"], "a", &["id"]),
        first,
        referring(table("tree", &columns, RowKey::RowidColumn(0)), &["up"], "tree", &["id"]),
        referring(table("lost", &columns, RowKey::RowidColumn(0)), &["up"], "nowhere", &["id"]),
    ];
    // a2 goes by its value, b2 after it, c2 after that; c3 refers to nothing; the tree's 1..4 hang on a missing 9.
    let source = "create table a (id integer primary key, up int); insert into a values (1, 0), (2, 'bad');
         create table b (id integer primary key, up int); insert into b values (1, 1), (2, 2), (3, null);
         create table c (id integer primary key, up int); insert into c values (1, 1), (2, 2), (3, 77), (4, '3');
         create table tree (id integer primary key, up int);
         insert into tree values (1, 2), (2, 3), (3, 4), (4, 9), (5, null), (6, 5), (7, 7);
         create table lost (id integer primary key, up int); insert into lost values (1, 1), (2, null);";
    let target = "create table a (id int, up int); insert into a values (1, 0);
         create table b (id int, up int); insert into b values (1, 1), (3, null);
         create table c (id int, up int); insert into c values (1, 1), (4, 3);
         create table tree (id int, up int); insert into tree values (5, null), (6, 5), (7, 7);
         create table lost (id int, up int); insert into lost values (2, null);";
    let world = World::new(source, target, tables).await;
    for level in [Level::Content, Level::Counts, Level::Rows] {
        let equal = world.try_compare(level, 9).await.unwrap();
        assert!(equal.is_equal(), "{equal:#?}");
        let aside: Vec<u64> = equal.tables.iter().map(|table| table.rows_quarantined).collect();
        assert_eq!(aside, [2, 1, 1, 4, 1]);
    }
    world.database.execute("insert into c values (2, 2)").await;
    assert_eq!(world.compare().await.tables[0].differences[0].key, ["2"]);
}

/// Both sides of a foreign key need not have one type.
#[tokio::test]
async fn numbers_of_different_types_are_one_key() {
    autobot_testkit::skip_without_postgres!();
    let (whole, decimal) = ([("up", PgType::BigInt)], PgType::Decimal { limits: None });
    let tables = vec![
        referring(table("c", &whole, RowKey::None), &["up"], "p", &["id"]),
        referring(table("d", &whole, RowKey::None), &["up"], "q", &["id"]),
        table("p", &[("id", decimal)], RowKey::None),
        table("q", &[("id", PgType::Double)], RowKey::None),
    ];
    let source = "create table c (up int); insert into c values (1), (20), (-3), (4);
         create table d (up int); insert into d values (1), (20), (-3), (4);
         create table p (id numeric); insert into p values (1), (20), (-3.0);
         create table q (id real); insert into q values (1), (20), (-3);";
    let target = "create table c (up bigint); insert into c values (1), (20), (-3);
         create table d (up bigint); insert into d values (1), (20), (-3);
         create table p (id numeric); insert into p values (1), (20), (-3);
         create table q (id double precision); insert into q values (1), (20), (-3);";
    let world = World::new(source, target, tables).await;
    let equal = world.compare().await;
    assert!(equal.is_equal(), "{equal:#?}");
    assert_eq!(equal.tables.iter().map(|table| table.rows_quarantined).collect::<Vec<_>>(), [1, 1, 0, 0]);
}
