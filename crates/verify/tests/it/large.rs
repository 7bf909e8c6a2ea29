//! Values too large to be held: the server hashes them itself, and a difference is named like any other.

use autobot_catalog::{PgType, RowKey};
use autobot_verify::{Level, TableReport};

use crate::world::{World, table};

/// Beyond, at and below the size from which a value enters the comparison by its digest; the last column is read whole.
const SOURCE: &str = "create table t (id integer primary key, x text, v text, y blob, j text, i text, jb text);
    insert into t values
    (1, printf('%.*c', 65537, 'x'), 'ñ', x'00', '[]', 'a', '[]'),
    (2, 'short', replace(printf('%.*c', 50000, 'x'), 'x', 'ñ'), x'', '{}', null, null),
    (3, printf('%.*c', 65536, 'x'), null, zeroblob(2000000), '[' || printf('%.*c', 70000, ' ') || ']',
        printf('%.*c', 300000, 'Z'), '[\"' || printf('%.*c', 100000, 'q') || '\"]');";

const TARGET: &str = "create extension if not exists citext schema public;
    create table t (id int, x text, v varchar(60000), y bytea, j json, i public.citext, jb jsonb);
    insert into t values
    (3, repeat('x', 65536), null, decode(repeat('00', 2000000), 'hex'), ('[' || repeat(' ', 70000) || ']')::json,
        repeat('Z', 300000), ('[\"' || repeat('q', 100000) || '\"]')::jsonb),
    (2, 'short', repeat('ñ', 50000), '', '{}', null, null),
    (1, repeat('x', 65537), 'ñ', '\\x00', '[]', 'a', '[]');";

/// A change, and the column and what must be said of both sides.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    ("update t set x = overlay(x placing 'y' from 65537) where id = 1", "x", "text, 65537 bytes", "text, 65537 bytes"),
    ("update t set x = left(x, 65536) where id = 1", "x", "text, 65537 bytes", "text, 65536 bytes"),
    ("update t set x = x || 'x' where id = 3", "x", "text, 65536 bytes", "text, 65537 bytes"),
    ("update t set v = overlay(v placing 'n' from 7) where id = 2", "v", "text, 100000 bytes", "text, 99999 bytes"),
    ("update t set y = set_byte(y, 1999999, 1) where id = 3", "y", "bytes, 2000000 bytes", "bytes, 2000000 bytes"),
    ("update t set y = null where id = 3", "y", "bytes, 2000000 bytes", "null"),
    ("update t set j = '[]' where id = 3", "j", "text, 70002 bytes", "text, 2 bytes"),
    ("update t set i = lower(i) where id = 3", "i", "text, 300000 bytes", "text, 300000 bytes"),
    ("update t set jb = '[]' where id = 3", "jb", "text, 100005 bytes", "text, 2 bytes"),
];

async fn world() -> World {
    let columns = [
        ("id", PgType::Integer),
        ("x", PgType::Text),
        ("v", PgType::Varchar(60_000)),
        ("y", PgType::Bytea),
        ("j", PgType::Json),
        ("i", PgType::Citext),
        ("jb", PgType::Jsonb),
    ];
    World::new(SOURCE, TARGET, vec![table("t", &columns, RowKey::RowidColumn(0))]).await
}

#[tokio::test]
async fn a_difference_in_a_large_value_is_named() {
    autobot_testkit::skip_without_postgres!();
    let world = world().await;
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
    for (change, column, source, target) in CHANGES {
        world.database.execute(&format!("create table kept as table t; {change}")).await;
        let found = world.one().await;
        let said = |found: &TableReport| {
            let [one] = &found.differences[..] else { return false };
            let [only] = &one.columns[..] else { return false };
            only.column.as_str() == *column
                && only.source.starts_with(source)
                && only.target.starts_with(target)
                && only.source != only.target
        };
        assert!(said(&found), "{change}: {found:#?}");
        world.database.execute("truncate t; insert into t table kept; drop table kept").await;
    }
    assert!(world.try_compare(Level::Rows, 9).await.unwrap().is_equal());
}

/// Rows that are large although none of their values is.
#[tokio::test]
async fn large_rows_are_compared_whole() {
    autobot_testkit::skip_without_postgres!();
    let names: Vec<String> = (0..20).map(|number| format!("c{number}")).collect();
    let list = |item: &dyn Fn(&String) -> String| names.iter().map(item).collect::<Vec<_>>().join(", ");
    let rows = "with recursive n(n) as (select 1 union all select n + 1 from n where n < 150)";
    let source = format!(
        "create table t (id integer primary key, {}); {rows} insert into t select n, {} from n",
        names.join(", "),
        list(&|name| format!("printf('%.*c', 4000, 'x') || n || '{name}'"))
    );
    let target = format!(
        "create table t as {rows} select n as id, {} from n",
        list(&|name| format!("repeat('x', 4000) || n || '{name}' as {name}"))
    );
    let mut columns = vec![("id", PgType::Integer)];
    columns.extend(names.iter().map(|name| (name.as_str(), PgType::Text)));
    let world = World::new(&source, &target, vec![table("t", &columns, RowKey::RowidColumn(0))]).await;
    let equal = world.one().await;
    assert!(equal.is_equal(), "{equal:#?}");
    world.database.execute("update t set c19 = c19 || ' ' where id in (7, 149)").await;
    let found = world.one().await;
    let places: Vec<_> = found.differences.iter().map(|one| (one.rowid, one.columns[0].column.as_str())).collect();
    assert_eq!(places, [(Some(7), "c19"), (Some(149), "c19")]);
}
