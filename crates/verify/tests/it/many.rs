//! Many changes, each found; many equal tables, no false alarm. The seed is printed when a test fails.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use autobot_catalog::{PgType, RowKey};
use autobot_verify::{DifferenceKind, Level};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::world::{World, table};

const ROWS: i64 = 20_000;
const CHANGES: usize = 10_000;

/// A column: its values in SQLite and in PostgreSQL for row `n`, and a change of one.
struct Column {
    name: &'static str,
    source: &'static str,
    target_type: PgType,
    target: &'static str,
    change: &'static str,
}

/// One column of each type.
fn columns() -> Vec<Column> {
    let labels = vec!["lead".to_owned(), "client".to_owned()];
    let status = PgType::Enum { name: autobot_db::Name::new("status").unwrap(), labels };
    let column = |name, source, target_type, target, change| Column { name, source, target_type, target, change };
    vec![
        column("id", "n", PgType::Integer, "n", "id"),
        column("b", "n % 2", PgType::Boolean, "n % 2 = 1", "not b"),
        column("s", "n % 1000", PgType::SmallInt, "(n % 1000)::smallint", "s - 1"),
        column("i", "n * 7", PgType::Integer, "n * 7", "-i"),
        column("l", "n * 7000000000", PgType::BigInt, "n * 7000000000", "l + 1"),
        column("r", "n / 2.0", PgType::Real, "(n / 2.0)::real", "r + 0.5"),
        column("d", "n / 3.0", PgType::Double, "n / 3.0::float8", "-d"),
        column("m", "n || '.25'", PgType::Decimal { limits: None }, "n + 0.25", "m + 0.01"),
        column("x", "'text ' || n", PgType::Text, "'text ' || n", "upper(x)"),
        column("v", "'v' || n", PgType::Varchar(20), "('v' || n)::varchar(20)", "v || ' '"),
        column("c", "'c' || n", PgType::Char(8), "('c' || n)::char(8)", "'C' || id"),
        column("y", "cast('y' || n as blob)", PgType::Bytea, "('y' || n)::bytea", "set_byte(y, 0, 0)"),
        column("day", "date('2000-01-01', n || ' days')", PgType::Date, "'2000-01-01'::date + n", "day - 1"),
        column(
            "hour",
            "time('00:00:00', n || ' seconds')",
            PgType::Time(3),
            "('00:00'::time + n * interval '1 s')::time(3)",
            "hour + interval '1 ms'",
        ),
        column(
            "at",
            "1700000000000 + n",
            PgType::Timestamp(3),
            "('2023-11-14 22:13:20'::timestamp + n * interval '1 ms')::timestamp(3)",
            "at - interval '1 ms'",
        ),
        column(
            "zoned",
            "1700000000000 + n",
            PgType::Timestamptz(3),
            "('2023-11-14 22:13:20Z'::timestamptz + n * interval '1 ms')::timestamptz(3)",
            "zoned + interval '1 hour'",
        ),
        column("j", "'[' || n || ']'", PgType::Json, "('[' || n || ']')::json", "('[ ' || id || ']')::json"),
        column(
            "k",
            "'{\"a\":' || n || '}'",
            PgType::Jsonb,
            "jsonb_build_object('a', n)",
            "jsonb_build_object('a', id + 1)",
        ),
        column(
            "u",
            "printf('%08x-0000-4000-8000-000000000000', n)",
            PgType::Uuid,
            "(lpad(to_hex(n), 8, '0') || '-0000-4000-8000-000000000000')::uuid",
            "replace(u::text, '-4000-', '-4001-')::uuid",
        ),
        column(
            "e",
            "case n % 2 when 0 then 'lead' else 'client' end",
            status,
            "(case n % 2 when 0 then 'lead' else 'client' end)::status",
            "(case e when 'lead' then 'client' else 'lead' end)::status",
        ),
    ]
}

/// A table of many rows and its equal copy.
async fn copied(columns: &[Column]) -> World {
    let rows = format!("with recursive n(n) as (select 1 union all select n + 1 from n where n < {ROWS})");
    let list = |item: fn(&Column) -> String| columns.iter().map(item).collect::<Vec<_>>().join(", ");
    let source = format!(
        "create table t ({}); {rows} insert into t select {} from n",
        list(|column| match column.name {
            "id" => "id integer primary key".to_owned(),
            name => name.to_owned(),
        }),
        list(|column| column.source.to_owned())
    );
    let target = format!(
        "create type status as enum ('lead', 'client');
         create table t as {rows} select {} from n; create index on t (id)",
        list(|column| format!("{} as {}", column.target, column.name))
    );
    let map: Vec<_> = columns.iter().map(|column| (column.name, column.target_type.clone())).collect();
    let world = World::new(&source, &target, vec![table("t", &map, RowKey::RowidColumn(0))]).await;
    let equal = world.compare().await;
    assert!(equal.is_equal(), "{equal:#?}");
    world
}

/// Rows gone, new, doubled, and values swapped between rows: a thousand faults, each found.
#[tokio::test]
async fn a_thousand_faults_of_rows_are_all_named() {
    autobot_testkit::skip_without_postgres!();
    let seed: u64 = rand::random();
    let mut random = StdRng::seed_from_u64(seed);
    let world = copied(&columns()).await;
    let mut rows: Vec<i64> = (1..=ROWS).collect();
    for at in 0..1200 {
        let other = random.random_range(at..rows.len());
        rows.swap(at, other);
    }
    let list = |rows: &[i64]| rows.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let (gone, doubled, swapped) = (&rows[..300], &rows[300..600], &rows[600..1200]);
    let mut sql = format!(
        "delete from t where id in ({}); insert into t select * from t where id in ({});
         insert into t (id) select n from generate_series({ROWS} + 1, {ROWS} + 400) n;",
        list(gone),
        list(doubled)
    );
    for pair in swapped.as_chunks::<2>().0 {
        let [a, b] = pair;
        write!(sql, "update t set x = 'text ' || ({a} + {b} - id) where id in ({a}, {b});").unwrap();
    }
    world.database.execute(&sql).await;
    let report = world.try_compare(Level::Content, 10_000).await.unwrap();
    let found = &report.tables[0];
    let of = |kind| -> BTreeSet<i64> {
        let rows = found.differences.iter().filter(|one| one.kind == kind);
        rows.map(|one| one.key[0].parse().unwrap()).collect()
    };
    assert_eq!(of(DifferenceKind::Missing), gone.iter().copied().collect(), "seed {seed}");
    assert_eq!(of(DifferenceKind::Changed), swapped.iter().copied().collect(), "seed {seed}");
    let extra = doubled.iter().copied().chain(ROWS + 1..=ROWS + 400).collect();
    assert_eq!(of(DifferenceKind::Extra), extra, "seed {seed}");
    assert_eq!((found.differences_count, found.differences.len()), (1600, 1600), "seed {seed}");
}

#[tokio::test]
async fn ten_thousand_changed_values_are_all_named() {
    autobot_testkit::skip_without_postgres!();
    let seed: u64 = rand::random();
    let mut random = StdRng::seed_from_u64(seed);
    let columns = columns();
    let world = copied(&columns).await;
    let mut expected: BTreeSet<(i64, &str)> = BTreeSet::new();
    let mut rows = vec![Vec::new(); columns.len()];
    while expected.len() < CHANGES {
        let (row, at) = (random.random_range(1..=ROWS), random.random_range(1..columns.len()));
        if expected.insert((row, columns[at].name)) {
            rows[at].push(row.to_string());
        }
    }
    let updates = columns.iter().zip(&rows).skip(1).map(|(column, rows)| {
        format!("update t set {} = {} where id in ({})", column.name, column.change, rows.join(", "))
    });
    world.database.execute(&updates.collect::<Vec<_>>().join("; ")).await;
    let report = world.try_compare(Level::Content, CHANGES).await.unwrap();
    let found = &report.tables[0];
    let named: BTreeSet<(i64, &str)> = (found.differences.iter())
        .flat_map(|one| one.columns.iter().map(|column| (one.rowid.unwrap(), column.column.as_str())))
        .collect();
    assert_eq!(named, expected, "seed {seed}");
    let changed: BTreeSet<i64> = expected.iter().map(|(row, _)| *row).collect();
    assert_eq!(found.differences_count, changed.len() as u64, "seed {seed}");
    assert_eq!(found.differences.len(), changed.len(), "seed {seed}");
}

/// Equal tables with random values of all classes, in one database of each side.
#[tokio::test]
async fn a_thousand_equal_tables_raise_no_alarm() {
    autobot_testkit::skip_without_postgres!();
    let seed: u64 = rand::random();
    let mut random = StdRng::seed_from_u64(seed);
    let decimal = PgType::Decimal { limits: None };
    let columns =
        [("i", PgType::BigInt), ("d", PgType::Double), ("x", PgType::Text), ("y", PgType::Bytea), ("n", decimal)];
    let (mut source, mut target) = (String::from("begin;"), String::from("begin;"));
    let (mut tables, mut inserts) = (Vec::new(), Vec::new());
    for number in 0..1000 {
        let name = format!("t{number}");
        // A column of REAL affinity would store -0.0 as 0.
        write!(source, "create table {name} (i int, d, x text, y blob, n decimal_text);").unwrap();
        write!(target, "create table {name} (i bigint, d float8, x text, y bytea, n numeric);").unwrap();
        let rows: Vec<[Value; 5]> = (0..random.random_range(0..6)).map(|_| row(&mut random)).collect();
        // The target's order is another one.
        for row in rows.iter().rev() {
            write!(target, "insert into {name} values ({});", row.each_ref().map(literal).join(", ")).unwrap();
        }
        inserts.extend(rows.into_iter().map(|row| (number, row)));
        tables.push(table(&name, &columns, RowKey::None));
    }
    let world = World::new(&format!("{source} commit;"), &format!("{target} commit;"), tables).await;
    let connection = Connection::open(&world.source.path).unwrap();
    connection.execute_batch("begin").unwrap();
    for (number, row) in &inserts {
        connection.execute(&format!("insert into t{number} values (?, ?, ?, ?, ?)"), params_from_iter(row)).unwrap();
    }
    connection.execute_batch("commit").unwrap();
    let report = world.compare().await;
    let unequal: Vec<_> = report.tables.iter().filter(|table| !table.is_equal()).collect();
    assert!(unequal.is_empty(), "seed {seed}: {unequal:#?}");
    assert_eq!(report.tables.iter().map(|table| table.rows_source).sum::<u64>(), inserts.len() as u64);
}

/// The values of one row, bound in SQLite: its literals of doubles are not exact.
fn row(random: &mut StdRng) -> [Value; 5] {
    let double = f64::from_bits(random.random::<u64>());
    let double = if double.is_nan() { -0.0 } else { double };
    let text: String = (0..random.random_range(0..40)).map(|_| random.random_range('\u{1}'..'\u{2FFFF}')).collect();
    let bytes: Vec<u8> = (0..random.random_range(0..20)).map(|_| random.random()).collect();
    let decimal = format!("{}.{}", random.random_range(-99_999..99_999), random.random_range(0..999_999));
    let values = [
        Value::Integer(random.random::<i64>() >> random.random_range(0..64)),
        Value::Real(double),
        Value::Text(text),
        Value::Blob(bytes),
        Value::Text(decimal),
    ];
    values.map(|value| if random.random_range(0..8) == 0 { Value::Null } else { value })
}

/// A value as PostgreSQL reads it.
fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Integer(integer) => integer.to_string(),
        Value::Real(real) if real.is_infinite() => format!("'{}Infinity'", if *real < 0.0 { "-" } else { "" }),
        Value::Real(real) => format!("'{real:e}'"),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(bytes) => {
            format!("'\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())
        }
    }
}
