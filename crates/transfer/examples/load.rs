//! Loads and publishes an AutoBOT database with a hand-written migration, and says how long each part took.
//!
//! `cargo run --release -p autobot-transfer --example load -- SQLITE URL [SESSIONS] [INDEX_WORKERS]`

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::exit, reason = "a measuring tool")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use autobot_catalog::{
    ColumnMap, EpochUnit, ForeignKeyObject, IndexObject, Migration, NulRule, OnInvalid, PgType, RowKey, SequenceObject,
    TableMap, TableObject, TargetSchema, Utf8Rule,
};
use autobot_db::{ColumnName, SchemaName, Source, TableName, Target};
use autobot_plan::{Executor, Scope, Silent, Stop};
use autobot_transfer::{Change, Facts, Options, Transfer, plan, plan_publish};

/// Name, columns (name, type letter, `!` when NOT NULL), whether the first one is SERIAL.
const TABLES: &[(&str, &str)] = &[
    (
        "_prisma_migrations",
        "id:v36! checksum:v64! finished_at:z migration_name:v255! logs:s rolled_back_at:z started_at:z! applied_steps_count:i!",
    ),
    ("User", "id:s! username:s! passwordHash:s! role:s! createdAt:d! updatedAt:d!"),
    ("Bot", "id:s! userId:s! config:s! silencedChats:s! createdAt:d! updatedAt:d!"),
    (
        "Client",
        "id:s! chatId:s! name:s profilePicUrl:s status:s! notes:s tags:s! lastBroadcastAt:d isBotPaused:b! botId:s! createdAt:d! updatedAt:d!",
    ),
    (
        "Message",
        "id:S! botId:s! chatId:s! role:s! content:s! timestamp:d! isBroadcast:b! isReminder:b! isManual:b! status:s whatsappId:s hasMedia:b! mediaUrl:s mediaType:s",
    ),
    ("Reminder", "id:s! botId:s! chatId:s! dueDate:d! recurrenceDays:i createdAt:d!"),
];

/// Table, columns, unique.
const INDEXES: &[(&str, &str, bool)] = &[
    ("User", "username", true),
    ("Bot", "userId", true),
    ("Client", "botId chatId", true),
    ("Message", "botId chatId", false),
];

/// Table, column, parent, action.
const FOREIGN_KEYS: &[(&str, &str, &str, &str)] = &[
    ("Bot", "userId", "User", "RESTRICT"),
    ("Client", "botId", "Bot", "CASCADE"),
    ("Message", "botId", "Bot", "CASCADE"),
    ("Reminder", "botId", "Bot", "CASCADE"),
];

/// Defaults as Prisma declares them.
const DEFAULTS: &[(&str, &str, &str)] = &[
    ("_prisma_migrations", "started_at", "now()"),
    ("_prisma_migrations", "applied_steps_count", "0"),
    ("User", "role", "'user'"),
    ("User", "createdAt", "CURRENT_TIMESTAMP"),
    ("Bot", "silencedChats", "'[]'"),
    ("Bot", "createdAt", "CURRENT_TIMESTAMP"),
    ("Client", "status", "'lead'"),
    ("Client", "tags", "'[]'"),
    ("Client", "isBotPaused", "false"),
    ("Client", "createdAt", "CURRENT_TIMESTAMP"),
    ("Message", "timestamp", "CURRENT_TIMESTAMP"),
    ("Message", "isBroadcast", "false"),
    ("Message", "isReminder", "false"),
    ("Message", "isManual", "false"),
    ("Message", "hasMedia", "false"),
    ("Reminder", "createdAt", "CURRENT_TIMESTAMP"),
];

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let source = PathBuf::from(arguments.next().expect("SQLITE URL [SESSIONS] [INDEX_WORKERS]"));
    let url = arguments.next().expect("a URL").parse().unwrap();
    let mut options = Options::for_cores(std::thread::available_parallelism().map_or(2, usize::from));
    options.analyze = false;
    if let Some(sessions) = arguments.next() {
        options.sessions_max = sessions.parse().unwrap();
    }
    if let Some(workers) = arguments.next() {
        options.index_workers = workers.parse().unwrap();
    }
    let source = Arc::new(Source::open(&source).unwrap());
    let migration = Arc::new(migration(&source));
    let target = Target::new(url);
    let started = Instant::now();
    let facts = Facts::gather(&source, &target, &migration).await.unwrap();
    let mut steps = plan(&facts, &migration, &options).unwrap().steps;
    steps.extend(plan_publish(&facts, &migration, &options).steps);
    let mut transfer = Transfer::new(source, target, migration, options);
    eprintln!("{:>8.3} s  looked", started.elapsed().as_secs_f64());
    for step in &steps {
        apply(&mut transfer, &step.change).await;
        eprintln!("{:>8.3} s  {}", started.elapsed().as_secs_f64(), autobot_plan::Change::id(&step.change));
    }
    println!("{}", serde_json::to_string(transfer.report()).unwrap());
}

async fn apply(transfer: &mut Transfer, change: &Change) {
    let scope = Scope { id: "bench", observer: &Silent, stop: &Stop::new() };
    if let Err(error) = transfer.apply(change, &scope).await {
        eprintln!("{error}: {:?}", std::error::Error::source(&error).map(ToString::to_string));
        std::process::exit(1);
    }
}

fn migration(source: &Source) -> Migration {
    let last = source
        .connect()
        .unwrap()
        .query_row("select seq from sqlite_sequence where name = 'Message'", [], |row| row.get(0))
        .ok();
    let target = TargetSchema {
        schema: SchemaName::new("public").unwrap(),
        extensions: Vec::new(),
        types: Vec::new(),
        tables: TABLES.iter().map(|(name, columns)| table_object(name, columns)).collect(),
        indexes: TABLES.iter().map(|(name, _)| primary(name)).chain(INDEXES.iter().map(index)).collect(),
        foreign_keys: FOREIGN_KEYS.iter().map(foreign_key).collect(),
        sequences: vec![SequenceObject { table: table("Message"), column: column("id"), last }],
        comments: Vec::new(),
        after: Vec::new(),
    };
    let tables = TABLES.iter().map(|(name, columns)| table_map(name, columns)).collect();
    Migration { tables, skipped: Vec::new(), target, findings: Vec::new() }
}

fn table(name: &str) -> TableName {
    TableName::new(name).unwrap()
}

fn column(name: &str) -> ColumnName {
    ColumnName::new(name).unwrap()
}

fn parts(columns: &str) -> impl Iterator<Item = (&str, &str, bool)> {
    columns.split(' ').map(|part| {
        let (name, kind) = part.split_once(':').unwrap();
        (name, kind.trim_end_matches('!'), kind.ends_with('!'))
    })
}

fn pg_type(kind: &str) -> PgType {
    match kind {
        "s" => PgType::Text,
        "i" | "S" => PgType::Integer,
        "b" => PgType::Boolean,
        "d" => PgType::Timestamp(3),
        "z" => PgType::Timestamptz(6),
        varchar => PgType::Varchar(varchar[1..].parse().unwrap()),
    }
}

fn table_object(name: &str, columns: &str) -> TableObject {
    let lines = parts(columns).map(|(column, kind, not_null)| {
        let declared = if kind == "S" { "SERIAL".to_owned() } else { pg_type(kind).to_string().replace("(6)", "") };
        let default = DEFAULTS.iter().find(|(table, of, _)| *table == name && *of == column);
        let default = default.map_or_else(String::new, |(_, _, value)| format!(" DEFAULT {value}"));
        format!("\"{column}\" {declared}{}{default}", if not_null { " NOT NULL" } else { "" })
    });
    let sql = format!("CREATE TABLE \"{name}\" ({})", lines.collect::<Vec<_>>().join(", "));
    TableObject { table: table(name), sql }
}

fn primary(name: &str) -> IndexObject {
    let key = format!("{name}_pkey");
    IndexObject {
        table: table(name),
        name: key.clone(),
        sql: format!("CREATE UNIQUE INDEX \"{key}\" ON \"{name}\"(\"id\")"),
        constraint_sql: Some(format!(
            "ALTER TABLE \"{name}\" ADD CONSTRAINT \"{key}\" PRIMARY KEY USING INDEX \"{key}\""
        )),
        columns: vec![column("id")],
        unique: true,
        primary: true,
    }
}

fn index((name, columns, unique): &(&str, &str, bool)) -> IndexObject {
    let names: Vec<&str> = columns.split(' ').collect();
    let index = format!("{name}_{}_{}", names.join("_"), if *unique { "key" } else { "idx" });
    let list = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let word = if *unique { "UNIQUE INDEX" } else { "INDEX" };
    IndexObject {
        table: table(name),
        sql: format!("CREATE {word} \"{index}\" ON \"{name}\"({list})"),
        name: index,
        constraint_sql: None,
        columns: names.iter().map(|name| column(name)).collect(),
        unique: *unique,
        primary: false,
    }
}

fn foreign_key((name, of, parent, action): &(&str, &str, &str, &str)) -> ForeignKeyObject {
    let key = format!("{name}_{of}_fkey");
    ForeignKeyObject {
        table: table(name),
        sql: format!(
            "ALTER TABLE \"{name}\" ADD CONSTRAINT \"{key}\" FOREIGN KEY (\"{of}\") REFERENCES \"{parent}\"(\"id\") \
             ON DELETE {action} ON UPDATE CASCADE"
        ),
        name: key,
        parent: table(parent),
        not_valid: false,
    }
}

fn table_map(name: &str, columns: &str) -> TableMap {
    let maps = parts(columns).map(|(name, kind, not_null)| ColumnMap {
        source: column(name),
        target: column(name),
        target_type: pg_type(kind),
        not_null,
        unit: matches!(kind, "d" | "z").then_some(EpochUnit::Milliseconds),
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    });
    TableMap {
        source: table(name),
        target: table(name),
        columns: maps.collect(),
        key: if name == "Message" { RowKey::RowidColumn(0) } else { RowKey::Columns(vec![0]) },
        filter: None,
        rows: None,
        bytes: None,
        quarantine_orphans: Vec::new(),
    }
}
