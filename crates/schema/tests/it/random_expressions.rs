//! Random expressions: what is translated gives the same in both databases, value by value; the rest is left out.

use autobot_catalog::Migration;
use autobot_db::quote_literal;
use rusqlite::types::{Value, ValueRef};
use sqlx::{AssertSqlSafe, Row as _};

use crate::made::{assessed, made};
use crate::random::Random;

/// Expressions of one database, and databases in an ordinary run.
const EXPRESSIONS: usize = 150;
const DATABASES: u64 = 3;

/// Columns with the values that their rows take in turn; `s` has numeric affinity and holds texts, `u` has none.
const COLUMNS: &[(&str, &[&str])] = &[
    ("i int", &["0", "1", "7", "-3", "null", "1000000007", "5"]),
    ("j integer", &["2", "-1", "null", "0", "7", "3"]),
    ("r real", &["0.0", "2.5", "-1.5", "null", "10000000000.25", "7.0"]),
    ("t text", &["'abc'", "''", "'B'", "null", "'Äé'", "'5'", "'Ā'", "' pad '", "'abc  '", "'a%b'"]),
    ("n text collate nocase", &["'ABC'", "'abc'", "null", "'b'", "'äÉ'", "'5'", "'\u{1f600}'", "'\u{ff5e}'"]),
    ("s string", &["'x'", "'abc'", "null", "'B '"]),
    ("u", &["'5'", "'abc'", "null", "'Z'"]),
    ("w", &["0.0", "-2.5", "null", "5.5", "-0.0 * 1"]),
    ("f boolean", &["0", "1", "null"]),
    ("b blob", &["x''", "x'00ff'", "null", "x'61'"]),
];

/// Rows: every two columns meet in several combinations.
const ROWS: usize = 126;

/// Patterns: `#` stands for a number, `$` for a text, `?` for a condition, `@` for anything.
const NUMBERS: &[&str] = &[
    "# + #",
    "# - #",
    "# * #",
    "# / #",
    "# % #",
    "-#",
    "~#",
    "# & #",
    "# | #",
    "# << 2",
    "# >> 1",
    "abs(#)",
    "length($)",
    "length(#)",
    "instr($, $)",
    "coalesce(#, #)",
    "ifnull(#, 0)",
    "nullif(#, #)",
    "case when ? then # else # end",
    "case # when 1 then # else 2 end",
    "iif(?, #, #)",
    "cast(# as real)",
    "cast(# as integer)",
    "+#",
    "(?)",
    "max(#, #)",
    "round(#)",
    "unicode($)",
];
const TEXTS: &[&str] = &[
    "lower($)",
    "upper($)",
    "trim($)",
    "ltrim($)",
    "rtrim($)",
    "substr($, 2)",
    "substr($, 1, 2)",
    "replace($, 'a', 'bb')",
    "$ || $",
    "$ || #",
    "coalesce($, $)",
    "nullif($, $)",
    "case when ? then $ else $ end",
    "iif(?, $, $)",
    "cast(# as text)",
    "cast($ as text)",
    "hex(b)",
    "typeof(@)",
    "$ collate nocase",
    "$ collate rtrim",
    "$ collate binary",
    "+$",
];
const CONDITIONS: &[&str] = &[
    "# = #",
    "# <> #",
    "# < #",
    "# >= #",
    "$ = $",
    "$ <> $",
    "$ < $",
    "$ >= $",
    "@ = @",
    "@ < @",
    "@ is @",
    "@ is not @",
    "# between # and #",
    "$ between $ and $",
    "@ not between @ and @",
    "# in (#, 1, #)",
    "$ not in ($, 'abc')",
    "@ in (@, @)",
    "$ like 'a%'",
    "$ like '%B_'",
    "$ not like ''",
    "$ glob '*[a-c]*'",
    "@ is null",
    "@ is not null",
    "not ?",
    "? and ?",
    "? or ?",
    "? is true",
    "# is not false",
    "#",
    "f = #",
    "b = x'00ff'",
    "b > x''",
    "f is ?",
    "(?) = (?)",
];
const NUMBER_LEAVES: &[&str] = &["i", "j", "r", "w", "0", "1", "-1", "7", "2.5", "-0.5", "f", "true", "'5'"];
const TEXT_LEAVES: &[&str] = &["t", "n", "s", "u", "''", "'abc'", "'B'", "'5'", "'z '", "5"];

fn fill(random: &mut Random, pattern: &str, depth: usize) -> String {
    let mut sql = String::new();
    for character in pattern.chars() {
        match character {
            '#' | '$' | '?' | '@' => {
                let inner = expression(random, character, depth);
                sql.push_str(&if inner.len() > 6 { format!("({inner})") } else { inner });
            }
            other => sql.push(other),
        }
    }
    sql
}

fn expression(random: &mut Random, kind: char, depth: usize) -> String {
    let kind = match kind {
        '@' => ['#', '$', '?'][random.below(3)],
        _ if random.below(20) == 0 => ['#', '$'][random.below(2)],
        kind => kind,
    };
    let (patterns, leaves) = match kind {
        '#' => (NUMBERS, NUMBER_LEAVES),
        '$' => (TEXTS, TEXT_LEAVES),
        _ => (CONDITIONS, &["f", "i > 1", "t = 'abc'"][..]),
    };
    if depth == 0 || random.below(4) == 0 {
        return random.pick(leaves);
    }
    let pattern = random.pick(patterns);
    fill(random, &pattern, depth - 1)
}

/// The table with its rows, in the encodings of SQLite in turn.
fn table(seed: u64) -> String {
    let encoding = ["UTF-8", "UTF-16le", "UTF-16be"][usize::try_from(seed % 3).unwrap()];
    let plain = COLUMNS.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", ");
    let mut sql = format!("pragma encoding = '{encoding}'; create table v (k integer primary key, {plain});\n");
    for row in 0..ROWS {
        let values = COLUMNS.iter().enumerate().map(|(at, (_, values))| values[(row + row * at / 7) % values.len()]);
        sql.push_str(&format!("insert into v values ({row}, {});\n", values.collect::<Vec<_>>().join(", ")));
    }
    sql
}

/// Views over the table, one for each expression that SQLite takes and computes.
fn views(seed: u64, lite: &rusqlite::Connection) -> Vec<String> {
    let random = &mut Random(seed);
    let mut views = Vec::new();
    while views.len() < EXPRESSIONS {
        let kind = ['#', '$', '?'][random.below(3)];
        let depth = 1 + random.below(3);
        let select = format!("select k, ({}) as e from v", expression(random, kind, depth));
        let computes =
            |sql: &str| lite.prepare(sql)?.query(())?.mapped(|row| row.get_ref(1).map(drop)).collect::<Result<(), _>>();
        if computes(&select).is_ok() {
            views.push(format!("create view e{} as {select}", views.len()));
        }
    }
    views
}

#[tokio::test]
async fn what_is_translated_gives_the_same() {
    autobot_testkit::skip_without_postgres!();
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let first = number("AUTOBOT_EXPRESSIONS_SEED").unwrap_or(1);
    let mut translated = 0;
    for seed in first..first + number("AUTOBOT_EXPRESSIONS_DATABASES").unwrap_or(DATABASES) {
        translated += same(seed).await;
    }
    println!("{translated} expressions were translated");
    assert!(translated > 100, "too few: the generator is not what it was");
}

/// How many expressions of a seed were translated.
async fn same(seed: u64) -> usize {
    let file = autobot_testkit::sqlite(&table(seed));
    let lite = rusqlite::Connection::open(&file.path).unwrap();
    let views = views(seed, &lite);
    lite.execute_batch(&views.join(";\n")).unwrap();
    let migration =
        assessed(&format!("{}{};", table(seed), views.join(";\n")), "[tables.v.columns.u]\nas = \"text\"", None);
    let database = made(&migration).await;
    database.execute(&inserts(&lite, &migration)).await;
    let mut server = database.connect().await;
    for object in &migration.target.after {
        let sql = format!("select e from {} order by k", object.name);
        let mut statement = lite.prepare(&sql).unwrap();
        let here = statement.query_map([], |row| row.get(0)).unwrap();
        let here: Vec<Value> = here.collect::<Result<_, _>>().unwrap();
        let sql = format!("select coalesce(e::text, 'NULL') from {} order by k", object.name);
        let there = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut server).await;
        let view = views.iter().find(|view| view.contains(&format!("view {} as", object.name))).unwrap();
        let there = there.unwrap_or_else(|error| panic!("seed {seed}: {error}: {view}\n{}", object.sql));
        for (row, (one, other)) in here.iter().zip(&there).enumerate() {
            let other: String = other.get(0);
            let shown = format!("seed {seed}: row {row}: {one:?} here, {other} there: {view}\n{}", object.sql);
            assert!(is_same(one, &other), "{shown}");
        }
    }
    migration.target.after.len()
}

/// The rows as SQL for PostgreSQL.
fn inserts(lite: &rusqlite::Connection, migration: &Migration) -> String {
    let columns = &migration.tables[0].columns;
    let names = columns.iter().map(|column| column.source.as_str()).collect::<Vec<_>>().join(", ");
    let mut statement = lite.prepare(&format!("select {names} from v")).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut sql = String::new();
    while let Some(row) = rows.next().unwrap() {
        let value = |(at, column): (usize, &autobot_catalog::ColumnMap)| match row.get_ref(at).unwrap() {
            ValueRef::Null => "null".to_owned(),
            ValueRef::Integer(number) if column.source.as_str() == "f" => (number == 1).to_string(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => format!("'{number}'"),
            ValueRef::Text(text) => quote_literal(std::str::from_utf8(text).unwrap()),
            ValueRef::Blob(bytes) => quote_literal(&hex(bytes)),
        };
        let values = columns.iter().enumerate().map(value).collect::<Vec<_>>().join(", ");
        sql.push_str(&format!("insert into v ({names}) values ({values});\n"));
    }
    sql
}

fn is_same(here: &Value, there: &str) -> bool {
    match here {
        Value::Null => there == "NULL",
        Value::Integer(number) => there == number.to_string() || there == ["false", "true"][usize::from(*number == 1)],
        // Every bit: -0.0 is another number than 0.0.
        Value::Real(number) => there.parse::<f64>().is_ok_and(|there| there.to_bits() == number.to_bits()),
        Value::Text(text) => there == text,
        Value::Blob(bytes) => there == hex(bytes),
    }
}

/// Bytes as PostgreSQL writes them.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("\\x".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}
