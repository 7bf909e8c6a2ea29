//! Times the content comparison of an `AutoBOT` database against its copy:
//! `cargo run --release -p autobot-verify --example content -- FILE TARGET_URL [ROUNDS]`.
//!
//! The copy is expected in `public`, as `prisma migrate` would make it. Prints, per round, the time of each table and of
//! all, what differs, and the peak of this process's memory.

use std::path::Path;
use std::time::Instant;

use autobot_catalog::{
    ColumnMap, EpochUnit, Migration, NulRule, OnInvalid, PgType, RowKey, TableMap, TargetSchema, Utf8Rule,
};
use autobot_db::{ColumnName, SchemaName, Source, TableName, Target, TargetUrl};
use autobot_plan::{Scope, Silent, Stop};
use autobot_verify::{Level, Options, compare};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const TABLES: [&str; 5] = ["User", "Bot", "Client", "Message", "Reminder"];

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example for a terminal")]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, url, rest @ ..] = words.as_slice() else { return Err("FILE and TARGET_URL".into()) };
    let rounds: u32 = rest.first().map_or(Ok(3), |word| word.parse())?;
    let source = Source::open(Path::new(file))?;
    let target = Target::new(url.parse::<TargetUrl>()?);
    let migration = migration(&source)?;
    let schema = SchemaName::new("public")?;
    let options = Options { level: Level::Content, schema, show_values: false, differences_max: 20 };
    let stop = Stop::new();
    let scope = Scope { id: "verify", observer: &Silent, stop: &stop };
    for _ in 0..rounds {
        let began = Instant::now();
        let report = compare(source.connect()?, &target, &migration, &options, &scope).await?;
        let tables = report.tables.iter().map(|table| format!("{} {} ms", table.target, table.took_ms));
        let different: u64 = report.tables.iter().map(|table| table.differences_count).sum();
        println!(
            "{:.3} s ({}), {different} rows differ, peak {}",
            began.elapsed().as_secs_f64(),
            tables.collect::<Vec<_>>().join(", "),
            peak()
        );
    }
    Ok(())
}

/// The types that Prisma gives these tables, told by the declared type and a few names.
fn migration(source: &Source) -> Result<Migration> {
    let connection = source.connect()?;
    let mut tables = Vec::new();
    for table in TABLES {
        let mut statement = connection.prepare("select name, type, pk from pragma_table_info(?1)")?;
        let listed = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let listed: Vec<(String, String, i64)> = listed.collect::<std::result::Result<_, _>>()?;
        let columns = listed.iter().map(|(name, declared, _)| column(name, declared)).collect::<Result<Vec<_>>>()?;
        let key = listed.iter().position(|(_, _, key)| *key > 0).ok_or("a table without a key")?;
        let is_integer = columns[key].target_type == PgType::Integer;
        tables.push(TableMap {
            source: TableName::new(table)?,
            target: TableName::new(table)?,
            columns,
            key: if is_integer { RowKey::RowidColumn(key) } else { RowKey::Columns(vec![key]) },
            filter: None,
            rows: None,
            bytes: None,
            quarantine_orphans: Vec::new(),
        });
    }
    let target = TargetSchema {
        schema: SchemaName::new("public")?,
        extensions: Vec::new(),
        types: Vec::new(),
        tables: Vec::new(),
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        sequences: Vec::new(),
        comments: Vec::new(),
        after: Vec::new(),
    };
    Ok(Migration { tables, skipped: Vec::new(), target, findings: Vec::new() })
}

fn column(name: &str, declared: &str) -> Result<ColumnMap> {
    let target_type = match declared {
        "INTEGER" => PgType::Integer,
        "BOOLEAN" => PgType::Boolean,
        "DATETIME" => PgType::Timestamp(3),
        _ => PgType::Text,
    };
    let name = ColumnName::new(name)?;
    Ok(ColumnMap {
        source: name.clone(),
        target: name,
        target_type,
        not_null: false,
        unit: Some(EpochUnit::Milliseconds),
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    })
}

/// Peak of resident memory as Linux tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}
