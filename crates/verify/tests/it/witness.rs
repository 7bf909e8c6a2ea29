//! Whoever reads the source's rows for something else can let a witness see them: the comparison then reads only the target.

use autobot_catalog::{OnInvalid, PgType, RowFilter, RowKey, TableMap};
use autobot_db::{SchemaName, Source};
use autobot_plan::{Scope, Silent, Stop};
use autobot_verify::{Error, Level, Options, Sides, TableReport, Testimony, Witness, compare_table};
use rusqlite::Connection;

use crate::world::{World, table};

const STATEMENT: &str = r#"select "id", "s", "n", "at", "b" from "t" not indexed"#;

const SOURCE: &str = "create table t (id integer primary key, s, n, at, b);
    insert into t values (1, 'uno', 5, 1700000000001, x'00ff'), (2, 4.5, null, 1700000000002, null),
        (3, null, 7, null, x''), (4, replace(printf('%.*c', 70000, 'x'), 'x', 'ñ'), -1, 1600000000000, zeroblob(70000));";

const TARGET: &str = "create table t (id int primary key, s text, n bigint, at timestamp(3), b bytea);
    insert into t values (1, 'uno', 5, '2023-11-14 22:13:20.001', '\\x00ff'), (2, '4.5', null, '2023-11-14 22:13:20.002', null),
        (3, null, 7, null, ''), (4, repeat('ñ', 70000), -1, '2020-09-13 12:26:40', decode(repeat('00', 70000), 'hex'));";

/// Changes of the target, and how many differences each must make.
const CHANGES: &[(&str, u64)] = &[
    ("update t set s = 'unO' where id = 1", 1),
    ("update t set at = at + interval '1 ms' where id = 2", 1),
    ("update t set n = case id when 1 then 7 else 5 end where id in (1, 3)", 2),
    ("update t set n = n + 1 where id = 1; update t set n = n - 1 where id = 3", 2),
    ("delete from t where id = 3", 1),
    ("insert into t values (5)", 1),
    ("update t set b = set_byte(b, 69999, 1) where id = 4", 1),
    ("update t set s = '' where id = 3", 1),
];

fn map() -> TableMap {
    let columns = [
        ("id", PgType::Integer),
        ("s", PgType::Text),
        ("n", PgType::BigInt),
        ("at", PgType::Timestamp(3)),
        ("b", PgType::Bytea),
    ];
    TableMap { rows: Some(4), ..table("t", &columns, RowKey::RowidColumn(0)) }
}

fn connection(world: &World) -> Connection {
    Source::open(&world.source.path).unwrap().connect().unwrap()
}

/// What a witness says of the rows that the statement gives.
fn testimony(world: &World, map: &TableMap, sql: &str) -> Option<Testimony> {
    let (source, mut witness) = (connection(world), Witness::of(map, sql)?);
    let mut statement = source.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        (0..map.columns.len()).for_each(|index| witness.value(row.get_ref(index).unwrap()));
        witness.end_row();
    }
    witness.testimony()
}

async fn compare(world: &World, source: Connection, testimony: Option<Testimony>) -> Result<TableReport, Error> {
    let schema = SchemaName::new("public").unwrap();
    let options = Options { level: Level::Content, schema, show_values: false, differences_max: 100 };
    let scope = Scope { id: "verify", observer: &Silent, stop: &Stop::new() };
    let (sides, map) = (Sides { source, session: None }, &world.migration.tables[0]);
    compare_table(sides, &world.target(), map, testimony, &options, &scope).await.map(|(report, _)| report)
}

#[tokio::test]
async fn with_a_testimony_the_source_is_not_read_and_the_same_is_said() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(SOURCE, TARGET, vec![map()]).await;
    let read = compare(&world, connection(&world), None).await.unwrap();
    assert!(read.is_equal(), "{read:#?}");
    let other = || {
        let other = Connection::open_in_memory().unwrap();
        other
            .execute_batch("create table t (id integer primary key, s, n, at, b); insert into t (id) values (9)")
            .unwrap();
        other
    };
    assert!(!compare(&world, other(), None).await.unwrap().is_equal());
    let attested = compare(&world, other(), testimony(&world, &map(), STATEMENT)).await.unwrap();
    assert_eq!(TableReport { took_ms: 0, ..attested }, TableReport { took_ms: 0, ..read });
}

#[tokio::test]
async fn what_differs_from_a_testimony_is_named_as_without_one() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(SOURCE, TARGET, vec![map()]).await;
    for (change, differences) in CHANGES {
        world.database.execute(&format!("create table kept as table t; {change}")).await;
        let attested = compare(&world, connection(&world), testimony(&world, &map(), STATEMENT)).await.unwrap();
        let read = compare(&world, connection(&world), None).await.unwrap();
        assert_eq!(attested.differences_count, *differences, "{change}: {attested:#?}");
        assert_eq!(TableReport { took_ms: 0, ..attested }, TableReport { took_ms: 0, ..read }, "{change}");
        world.database.execute("truncate t; insert into t table kept; drop table kept").await;
    }
}

#[tokio::test]
async fn rows_that_the_rules_put_in_quarantine_are_counted() {
    autobot_testkit::skip_without_postgres!();
    let mut map = map();
    map.columns[2].on_invalid = OnInvalid::Quarantine;
    let source = format!("{SOURCE} update t set n = 'many' where id in (2, 3);");
    let target = format!("{TARGET} delete from t where id in (2, 3);");
    let world = World::new(&source, &target, vec![map.clone()]).await;
    let (read, seen) = (connection(&world), testimony(&world, &map, STATEMENT));
    assert!(seen.is_some());
    let attested = compare(&world, read, seen).await.unwrap();
    assert!(attested.is_equal() && attested.rows_quarantined == 2, "{attested:#?}");
}

#[test]
fn a_witness_wants_the_very_statement_and_every_row() {
    let source = autobot_testkit::sqlite(SOURCE);
    let wanted = |map: &TableMap, sql: &str| Witness::of(map, sql).is_some();
    assert!(wanted(&map(), STATEMENT));
    let others = [
        r#"select "id", "n", "s", "at", "b" from "t" not indexed"#,
        r#"select "id", "s", "n", "at", "b" from "t""#,
        r#"select "id", "s", "n", "at", "b" from "t" not indexed where "id" > 1"#,
    ];
    assert!(others.iter().all(|sql| !wanted(&map(), sql)));
    assert!(!wanted(&TableMap { rows: None, ..map() }, STATEMENT));
    assert!(!wanted(&TableMap { filter: Some(RowFilter::Where("true".to_owned())), ..map() }, STATEMENT));
    // A row too few, a value too few, a value that no bigint is.
    let connection = Connection::open(&source.path).unwrap();
    let seen = |rows: &str, values: usize| {
        let map = map();
        let mut witness = Witness::of(&map, STATEMENT).unwrap();
        let mut statement = connection.prepare(&format!("{STATEMENT} {rows}")).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            (0..values).for_each(|index| witness.value(row.get_ref(index).unwrap()));
            witness.end_row();
        }
        witness.testimony().is_some()
    };
    assert!(seen("", 5) && !seen("where id > 1", 5) && !seen("", 4));
    connection.execute("update t set n = 'many' where id = 3", []).unwrap();
    assert!(!seen("", 5));
}
