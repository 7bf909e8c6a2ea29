//! Random schemas: whatever SQLite takes is decided without a panic, and what was decided is made without an error.

use std::ops::ControlFlow;

use autobot_assess::{ScanOptions, scan};
use autobot_catalog::{ColumnMap, Migration, Rules, Severity, SourceCatalog};
use autobot_convert::Converter;
use autobot_db::{Source, Target};
use autobot_schema::{create, ddl_text, decide, interests, introspect, write_rules};

use sqlx::PgConnection;

use crate::made::options_in;

/// Schemas in one run.
const SCHEMAS: u64 = 60;

/// A generator of pseudo-random numbers (SplitMix64): the same in every run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn pick(&mut self, from: &[&str]) -> String {
        from[self.below(from.len())].to_owned()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const NAMES: &[&str] = &[
    "a",
    "B",
    "c d",
    "sel\"ect",
    "select",
    "user",
    "naïve",
    "😀",
    "x'y",
    "t1",
    "T_pkey",
    "a_key",
    "camelCase",
    "1st",
    "a.b",
];
const TYPES: &[&str] = &[
    "integer",
    "int",
    "text",
    "varchar(10)",
    "real",
    "boolean",
    "datetime",
    "date",
    "blob",
    "numeric",
    "decimal(8,2)",
    "json",
    "",
    "string",
    "any type",
    "bigint unsigned",
    "point",
    "uuid",
    "time",
    "jsonb",
    "double precision",
    "timestamptz",
    "clob",
];
const DEFAULTS: &[&str] = &[
    "0",
    "1",
    "'x'",
    "''",
    "\"dq\"",
    "null",
    "current_timestamp",
    "(1+1)",
    "-1.5",
    "x'00'",
    "true",
    "'2020-01-01'",
    "(datetime('now'))",
    "(abs(-3))",
    "'{}'",
    "(random())",
    "1e30",
    "current_date",
    "(strftime('%s','now'))",
    "bare",
];
const CHECKS: &[&str] = &[
    "@ > 0",
    "@ in (0, 1)",
    "@ <> ''",
    "length(@) < 100",
    "@ is not null or 1",
    "@ like 'a%'",
    "@ glob '[a-z]*'",
    "typeof(@) = 'text'",
    "@ between 1 and 'z'",
    "coalesce(@, 1) = 1",
    "@ = @",
    "@ || 'x' <> 'y'",
    "case when @ then 1 else 0 end",
    "@ + 1 > 0",
    "not @",
    "cast(@ as text) = '1'",
    "@ is true",
    "json_valid(@)",
    "@ = x'00'",
    "hex(@) <> ''",
    "@ > '2020-01-01'",
    "lower(@) = @",
];
const VALUES: &[&str] = &[
    "null",
    "0",
    "1",
    "5",
    "-7",
    "2.5",
    "'x'",
    "''",
    "'12'",
    "x'ff'",
    "'2020-01-02'",
    "'2020-01-02 03:04:05'",
    "1627303906122",
    "'{\"a\":1}'",
    "9e999",
    "'ÀÉ'",
    "9007199254740993",
];

/// A schema of some tables, as SQL for SQLite.
fn schema(random: &mut Random) -> String {
    let mut sql = String::new();
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for number in 0..=random.below(4) {
        let name = quoted(&format!("{}{number}", random.pick(NAMES)));
        let columns: Vec<String> =
            (0..=random.below(5)).map(|at| quoted(&format!("{}{at}", random.pick(NAMES)))).collect();
        let mut lines: Vec<String> = columns.iter().map(|column| column_line(random, column, &tables)).collect();
        if random.chance(20) {
            lines.push(format!("g as ({}) ", random.pick(CHECKS).replace('@', &columns[0])));
        }
        if random.chance(30) {
            lines.push(format!("unique ({})", columns.join(", ")));
        }
        if random.chance(40) {
            lines.insert(0, "id integer primary key".to_owned());
        } else if random.chance(50) {
            lines.push(format!("primary key ({})", columns[columns.len() - 1]));
        }
        sql.push_str(&format!("create table {name} ({});\n", lines.join(", ")));
        for number in 0..random.below(3) {
            sql.push_str(&index_line(random, &name, &columns, number));
        }
        for _ in 0..random.below(4) {
            let values: Vec<String> = columns.iter().map(|_| random.pick(VALUES)).collect();
            sql.push_str(&format!(
                "insert or ignore into {name} ({}) values ({});\n",
                columns.join(", "),
                values.join(", ")
            ));
        }
        tables.push((name, columns));
    }
    sql
}

fn column_line(random: &mut Random, column: &str, tables: &[(String, Vec<String>)]) -> String {
    let mut line = format!("{column} {}", random.pick(TYPES));
    if random.chance(30) {
        line.push_str(" not null");
    }
    if random.chance(40) {
        line.push_str(&format!(" default {}", random.pick(DEFAULTS)));
    }
    if random.chance(15) {
        line.push_str(&format!(" collate {}", random.pick(&["nocase", "rtrim", "binary"])));
    }
    if random.chance(15) {
        line.push_str(" unique");
    }
    if random.chance(25) {
        line.push_str(&format!(" check ({})", random.pick(CHECKS).replace('@', column)));
    }
    if random.chance(25) && !tables.is_empty() {
        let (table, columns) = &tables[random.below(tables.len())];
        let parent =
            if random.chance(50) { String::new() } else { format!(" ({})", columns[random.below(columns.len())]) };
        let action = random.pick(&["", " on delete cascade", " on update set null deferrable initially deferred"]);
        line.push_str(&format!(" references {table}{parent}{action}"));
    }
    line
}

fn index_line(random: &mut Random, table: &str, columns: &[String], number: usize) -> String {
    let column = &columns[random.below(columns.len())];
    let key = match random.below(4) {
        0 => random.pick(CHECKS).replace('@', column),
        1 => format!("{column} collate nocase desc"),
        _ => columns.join(", "),
    };
    let condition =
        if random.chance(30) { format!(" where {}", random.pick(CHECKS).replace('@', column)) } else { String::new() };
    let unique = if random.chance(30) { "unique " } else { "" };
    let name = quoted(&format!("i{number}_{}", table.replace('"', "")));
    format!("create {unique}index {name} on {table} ({key}){condition};\n")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A database of as many of the statements as SQLite takes.
fn database(sql: &str) -> autobot_testkit::TempSqlite {
    let file = autobot_testkit::sqlite("pragma journal_mode = off");
    let connection = rusqlite::Connection::open(&file.path).unwrap();
    connection.execute_batch("pragma foreign_keys = off; begin").unwrap();
    for statement in sql.split(";\n").filter(|statement| !statement.is_empty()) {
        // Some are not valid: a CHECK that fails, a name twice.
        let _ = connection.execute_batch(statement);
    }
    connection.execute_batch("commit").unwrap();
    file
}

/// Makes the tables, loads the rows as they are converted, then makes keys and foreign keys: what was assessed as clear
/// must not fail in any of it.
async fn load(
    connection: &mut PgConnection,
    source: &rusqlite::Connection,
    catalog: &SourceCatalog,
    migration: &Migration,
    schema: &str,
) -> Result<(), String> {
    let target = &migration.target;
    run(connection, &format!("set search_path = {schema}")).await?;
    for table in &target.tables {
        run(connection, &table.sql).await?;
    }
    for map in &migration.tables {
        let copied: Vec<&ColumnMap> = map.columns.iter().filter(|column| column.generated.is_none()).collect();
        let names =
            |name: fn(&ColumnMap) -> String| copied.iter().map(|column| name(column)).collect::<Vec<_>>().join(", ");
        let table = catalog.table(map.source.as_str()).unwrap();
        let select = format!("select {} from {}", names(|column| column.source.quoted()), table.name.quoted());
        let copy = format!(
            "copy {} ({}) from stdin (format binary)",
            map.target.quoted(),
            names(|column| column.target.quoted())
        );
        let bytes = binary(source, &select, &copied)?;
        let mut copying = connection.copy_in_raw(&copy).await.map_err(|error| error.to_string())?;
        copying.send(bytes).await.map_err(|error| error.to_string())?;
        copying.finish().await.map_err(|error| format!("{copy}: {error}"))?;
    }
    for index in &target.indexes {
        run(connection, &index.sql).await?;
        if let Some(sql) = &index.constraint_sql {
            run(connection, sql).await?;
        }
    }
    for key in &target.foreign_keys {
        run(connection, &key.sql).await?;
    }
    Ok(())
}

/// The rows of a SELECT in the binary form of COPY.
fn binary(source: &rusqlite::Connection, select: &str, columns: &[&ColumnMap]) -> Result<Vec<u8>, String> {
    let converters: Vec<Converter> = columns.iter().map(|column| Converter::for_column(column)).collect();
    let count = i16::try_from(columns.len()).unwrap();
    let mut bytes = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec();
    let mut statement = source.prepare(select).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        bytes.extend(count.to_be_bytes());
        for (at, converter) in converters.iter().enumerate() {
            let encoded = converter.encode(row.get_ref(at).unwrap(), &mut bytes);
            encoded.map_err(|refusal| format!("{}: {refusal}", columns[at].source))?;
        }
    }
    bytes.extend((-1_i16).to_be_bytes());
    Ok(bytes)
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), String> {
    autobot_db::execute(connection, "run", sql.to_owned()).await.map(|_| ()).map_err(|error| {
        format!("{sql}: {}", std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default())
    })
}

#[tokio::test]
async fn random_schemas_are_made_without_an_error() {
    autobot_testkit::skip_without_postgres!();
    let server = autobot_testkit::database().await;
    let target = Target::new(server.url.parse().unwrap());
    let mut connection = target.connect().await.unwrap();
    let mut clear = 0;
    for seed in 0..SCHEMAS {
        let sql = schema(&mut Random(seed));
        let file = database(&sql);
        let source = Source::open(&file.path).unwrap();
        let mut reading = [source.connect().unwrap()];
        let catalog = introspect(&reading[0]).unwrap();
        let place = format!("s{seed}");
        let options = options_in(&place);
        let looking = ScanOptions {
            interests: interests(&catalog, None, &Rules::default(), &options),
            check_pages: true,
            places_max: 3,
        };
        let evidence = scan(&mut reading, &catalog, &looking, &|_| ControlFlow::Continue(())).unwrap();
        let migration = decide(&catalog, &evidence, None, &Rules::default(), &options);
        let rules = write_rules(&migration);
        assert!(toml::from_str::<toml::Table>(&rules).is_ok(), "{rules}");
        server.execute(&format!("create schema {place}")).await;
        if migration.findings.iter().all(|finding| finding.severity < Severity::Problem) {
            clear += 1;
            server.execute(&format!("create schema rows_{seed}")).await;
            if let Err(error) = load(&mut connection, &reading[0], &catalog, &migration, &format!("rows_{seed}")).await
            {
                panic!("seed {seed}: {error}\nfrom: {sql}\nin: {}", ddl_text(&migration.target));
            }
        }
        if let Err(error) = create(&mut connection, &migration.target).await {
            let cause = std::error::Error::source(&error).and_then(|cause| cause.source()).map(ToString::to_string);
            let shown = ddl_text(&migration.target);
            panic!("seed {seed}: {error}: {}\nfrom: {sql}\nin: {shown}", cause.unwrap_or_default());
        }
    }
    assert!(clear > SCHEMAS / 10, "{clear} of {SCHEMAS} would go over");
}
