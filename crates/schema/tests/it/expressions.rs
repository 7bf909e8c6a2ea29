//! Every translated expression gives the same in both databases, value by value: SQLite and PostgreSQL compute the same
//! generated columns over the same rows.

use autobot_catalog::Generated;
use autobot_db::quote_literal;
use sqlx::{AssertSqlSafe, Row as _};

use crate::made::{assessed, decided, made};

/// Type and expression of generated columns; `i`, `j` integers, `r` real, `t` text, `n` text without case, `f` boolean,
/// `b` blob.
const EXPRESSIONS: &[(&str, &str)] = &[
    ("integer", "i + j * 2 - 1"),
    ("integer", "i / j"),
    ("integer", "i % j"),
    ("integer", "-i"),
    ("integer", "i & 6 | 1"),
    ("integer", "i << 3"),
    ("integer", "i >> 1"),
    ("integer", "~i"),
    ("integer", "abs(i)"),
    ("integer", "1000 * 1000 * 10000"),
    ("real", "r * 1.5 + i"),
    ("real", "r / i"),
    ("real", "abs(r)"),
    ("real", "-r"),
    ("real", "r * -1"),
    ("real", "i / -r"),
    ("real", "abs(r * -1)"),
    ("integer", "i = j"),
    ("integer", "i == 1 or j <> 2"),
    ("integer", "i is j"),
    ("integer", "i is not null and j isnull"),
    ("integer", "i between -1 and 5"),
    ("integer", "i not between j and 7"),
    ("integer", "i in (1, 2, 7)"),
    ("integer", "i not in (1, null)"),
    ("integer", "i > 1.5"),
    ("integer", "i = '7'"),
    ("integer", "r >= 2"),
    ("integer", "r < 2.5"),
    ("integer", "t = 'abc'"),
    ("integer", "t > 'B'"),
    ("integer", "t between 'A' and 'b'"),
    ("integer", "t = 10"),
    ("integer", "n = 'ABC'"),
    ("integer", "'aBc' = n"),
    ("integer", "n in ('aBC', 'äÉ')"),
    ("integer", "n < 'b'"),
    ("integer", "+n = 'ABC'"),
    ("integer", "cast(n as text) = 'ABC'"),
    ("integer", "n = 'abc' collate binary"),
    ("integer", "coalesce(n, 'x') = 'ABC'"),
    ("integer", "lower(n) > 'B'"),
    ("integer", "+i = 7"),
    ("integer", "t = 'ABC' collate nocase"),
    ("integer", "t = 'abc' collate rtrim"),
    ("integer", "t collate rtrim = ' pad'"),
    ("integer", "t = 5 collate rtrim"),
    ("integer", "t < 'zz' collate rtrim"),
    ("text", "case when t = 'abc' collate nocase then 'B' else t end"),
    ("text", "nullif(t, 'ABC' collate nocase)"),
    ("integer", "trim(t collate nocase) collate binary = 'ABC'"),
    ("integer", "t collate binary = lower(n collate nocase)"),
    ("integer", "t like 'a%'"),
    ("integer", "t like '_b_'"),
    ("integer", "t like 'x\\_y' escape '\\'"),
    ("integer", "t like '%\\%'"),
    ("integer", "t not like '%b%'"),
    ("integer", "t like 'ä%'"),
    ("integer", "t glob '[a-c]*'"),
    ("integer", "t glob '*[^a-z]*'"),
    ("integer", "t not glob '?b?'"),
    ("integer", "t glob '*]'"),
    ("integer", "t glob '*[]x]*'"),
    ("integer", "t glob 'line*'"),
    ("integer", "t glob '*.(c'"),
    ("text", "lower(t)"),
    ("text", "upper(t) || '-' || i"),
    ("integer", "length(t)"),
    ("integer", "length(i)"),
    ("integer", "length(b)"),
    ("text", "hex(b)"),
    ("text", "trim(t)"),
    ("text", "ltrim(t) || '|' || rtrim(t)"),
    ("text", "substr(t, 2)"),
    ("text", "substr(t, 1, 2)"),
    ("text", "replace(t, 'b', 'xx')"),
    ("integer", "instr(t, 'b')"),
    ("text", "coalesce(t, 'none')"),
    ("integer", "ifnull(i, j)"),
    ("integer", "nullif(i, 1)"),
    ("text", "case when i > 1 then 'big' when i = 1 then 'one' else 'small' end"),
    ("text", "case i when 0 then 'zero' when 1 then 'one' end"),
    ("text", "iif(f, 'yes', 'no')"),
    ("integer", "coalesce(f, 0) = 0"),
    ("integer", "case when i > 1 then f else 1 end"),
    ("integer", "iif(f, i, 5)"),
    ("integer", "iif(i, j)"),
    ("integer", "f = 1"),
    ("integer", "f in (0)"),
    ("integer", "not f"),
    ("integer", "f is true"),
    ("integer", "i is not true"),
    ("integer", "f and i or not j"),
    ("integer", "i + f"),
    ("integer", "typeof(i) = 'integer'"),
    ("integer", "typeof(t) <> 'null'"),
    ("text", "typeof(trim(t))"),
    ("text", "typeof(i + 1)"),
    ("integer", "cast(i as text) = '7'"),
    ("real", "cast(i as real) / 2"),
    ("integer", "b = x'00ff'"),
    ("integer", "b > x'01'"),
    ("integer", "not (i > 1 and (j < 3 or t is null))"),
];

/// Those that order texts by their bytes: in a UTF-16 file by others than PostgreSQL's.
const BY_BYTES: &[&str] = &["t > 'B'", "t between 'A' and 'b'", "lower(n) > 'B'"];

const TEXTS: &[&str] = &[
    "",
    "abc",
    "ABC",
    "aBc",
    "Äé",
    "äÉ",
    "x_y",
    "xay",
    "a%b",
    "10",
    "b\\c",
    "50\\%",
    "line\nbreak",
    " pad ",
    "abc  ",
    "x]",
    "a.(c",
    "zz",
    "Ā",
    "\u{ff5e}",
    "\u{1f600}",
    "5",
    "5 ",
];
const INTEGERS: &[&str] = &["null", "-3", "0", "1", "2", "7", "1000000007"];
const REALS: &[&str] = &["null", "-1.5", "0.0", "2.0", "2.5", "10000000000.25"];
const BLOBS: &[&str] = &["null", "", "00ff", "01", "0102"];

#[tokio::test]
async fn both_databases_compute_the_same() {
    autobot_testkit::skip_without_postgres!();
    let all: Vec<_> = EXPRESSIONS.iter().collect();
    assert_same("UTF-8", &all).await;
    let by_equality: Vec<_> = EXPRESSIONS.iter().filter(|(_, text)| !BY_BYTES.contains(text)).collect();
    assert_same("UTF-16le", &by_equality).await;
    assert_same("UTF-16be", &by_equality).await;
}

#[test]
fn the_order_of_texts_in_utf_16_has_no_counterpart() {
    for encoding in ["UTF-16le", "UTF-16be"] {
        for text in BY_BYTES {
            let all = format!(
                "pragma encoding = '{encoding}';
                 create table v (k integer primary key, t text check ({text}), n text, g int as ({text}), d int default ('a' < 'b'));
                 create table w (k integer primary key, t text);
                 create unique index i on v (t) where {text};
                 create view x as select k from v where {text};
                 create view y as select max(t) from v;
                 create view z as select t from v order by t;
                 create trigger u after update on v when new.t < old.t begin delete from w where k = new.k; end;"
            );
            let migration = decided(&all);
            let why = "it orders texts by the bytes of UTF-16";
            let said = migration.findings.iter().filter(|finding| finding.message.contains(why)).count();
            assert_eq!(said, 8, "{text}: {:#?}", migration.findings);
            assert!(migration.target.after.is_empty());
            let ours = decided(&all.replace(encoding, "UTF-8"));
            assert_eq!(ours.target.after.len(), 5, "{:#?}", ours.findings);
        }
    }
}

#[test]
fn a_column_may_be_named_true() {
    let sql =
        "create table v (\"true\" int check (\"true\" is true), b int check (b is not false), c int as (TRUE + 1))";
    let made = &decided(sql).target.tables[0].sql;
    for expected in
        ["\"true\" IS NOT DISTINCT FROM \"true\"", "(\"b\" <> 0) IS NOT FALSE", "GENERATED ALWAYS AS (\"true\" + 1)"]
    {
        assert!(made.contains(expected), "{expected}: {made}");
    }
}

#[test]
fn what_postgresql_or_its_collations_cannot_do_in_a_generated_column() {
    for text in [
        "lower('B' || 'a') = 'ba'",
        "t = 'a' and 'a' = 'b'",
        "case 'a' when 'b' then 1 end",
        "lower(n collate rtrim) = 'abc'",
        "case when t = 'a' collate nocase then t end = 'A'",
        "cast(trim(t collate nocase) as text) < 'b'",
        "cast(length(t) collate rtrim as text) = '3 '",
        "t = lower('ABC' collate nocase)",
        "t in ('abc' collate nocase)",
        "nullif(trim(t collate nocase), 'abc')",
    ] {
        let migration = decided(&format!("create table v (t text, n text, g int as ({text}))"));
        assert_eq!(migration.tables[0].columns[2].generated, None, "{text}: {}", migration.target.tables[0].sql);
    }
}

/// An index in SQLite compares an expression by its bytes unless COLLATE stands around the whole.
#[test]
fn a_collation_inside_an_indexed_expression() {
    let sql = "create table v (t text); insert into v values ('a'), ('A');
               create unique index x on v (trim(t collate nocase))";
    let migration = assessed(sql, "", None);
    let made: Vec<_> = migration.target.indexes.iter().map(|index| index.sql.as_str()).collect();
    assert!(made.iter().any(|sql| sql.contains("btrim(\"t\", ' ')")), "{made:?}: {:#?}", migration.findings);
}

/// Of -0.0 a numeric affinity makes the integer 0.
#[tokio::test]
async fn zero_has_no_sign_in_columns_of_numeric_affinity() {
    autobot_testkit::skip_without_postgres!();
    let table = "create table v (k integer primary key, r real, g num as (r * -1), h integer as (r * -1),
                 d decimal(5, 1) as (r * -1) stored, m num as (g * 1));";
    let rows = "insert into v (k, r) values (1, 0.0), (2, 2.5);";
    let rules = "tables.v.columns = { h = { as = \"double precision\" }, d = { as = \"double precision\" } }";
    let migration = assessed(&format!("{table}{rows}"), rules, None);
    for column in &migration.tables[0].columns[2..] {
        assert_eq!(column.generated, Some(Generated::ByExpression), "{}: {:#?}", column.source, migration.findings);
    }
    let lite = autobot_testkit::sqlite(&format!("{table}{rows}"));
    let lite = rusqlite::Connection::open(&lite.path).unwrap();
    let database = made(&migration).await;
    database.execute(rows).await;
    let mut server = database.connect().await;
    let all = "select g || ' ' || h || ' ' || d || ' ' || m from v order by k";
    let mut statement = lite.prepare(all).unwrap();
    let here: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let there = sqlx::query(AssertSqlSafe(all)).fetch_all(&mut server).await.unwrap();
    let there: Vec<String> = there.iter().map(|row| row.get(0)).collect();
    assert_eq!(here, ["0 0 0 0", "-2.5 -2.5 -2.5 -2.5"]);
    assert_eq!(here, there);
}

#[test]
fn nullif_compares_by_no_affinity() {
    for text in ["nullif(t, 5)", "nullif('5', i)", "nullif(t, i)"] {
        let migration = decided(&format!("create table v (t text, i int, g text as ({text}))"));
        assert_eq!(migration.tables[0].columns[2].generated, None, "{text}: {}", migration.target.tables[0].sql);
    }
}

/// A numeric affinity makes a number of the text beside it, which comes before every text.
#[test]
fn texts_beside_a_column_of_numeric_affinity() {
    for (expression, translated) in [
        ("s > 'b'", true),
        ("s = '5'", true),
        ("s = '5.0'", false),
        ("s > '5'", false),
        ("'9' >= s", false),
        ("s < t", false),
    ] {
        let sql = format!(
            "create table v (s string, t text, check (({expression}) is not null)); insert into v values (' x', '5')"
        );
        let migration = assessed(&sql, "", None);
        let left_out = migration.findings.iter().any(|finding| finding.code == "AB067 check-left-out");
        assert_eq!(left_out, !translated, "{sql}: {:#?}", migration.findings);
    }
}

/// A generated column is computed by the affinity that it is declared with, whatever a rule makes of it.
#[test]
fn a_rule_does_not_change_the_affinity_of_a_generated_column() {
    for (declared, expression, computed) in [
        ("real", "trim(t)", false),
        ("numeric", "t", false),
        ("real", "i", false),
        ("integer", "i", true),
        ("text", "trim(t)", true),
        ("blob", "i", true),
    ] {
        let sql = format!("create table v (t text, i int, g {declared} as ({expression}) stored)");
        let migration = assessed(&sql, "[tables.v.columns.g]\nas = \"text\"", None);
        let expected = computed.then_some(Generated::ByExpression);
        assert_eq!(migration.tables[0].columns[2].generated, expected, "{sql}: {:#?}", migration.findings);
    }
}

/// Every expression is translated, and both databases compute the same by it.
async fn assert_same(encoding: &str, expressions: &[&(&str, &str)]) {
    let generated: Vec<String> =
        expressions.iter().enumerate().map(|(at, (kind, text))| format!("g{at} {kind} as ({text})")).collect();
    let columns = "k integer primary key, i int, j int, r real, t text, n text collate nocase, f boolean, b blob";
    let table = format!("pragma encoding = '{encoding}'; create table v ({columns}, {});", generated.join(", "));
    let migration = decided(&table);
    for column in &migration.tables[0].columns {
        let is_generated = column.source.as_str().starts_with('g');
        let expected = is_generated.then_some(Generated::ByExpression);
        assert_eq!(column.generated, expected, "{encoding}: {} of {:#?}", column.source, migration.findings);
    }
    let lite = autobot_testkit::sqlite(&table);
    let lite = rusqlite::Connection::open(&lite.path).unwrap();
    let database = made(&migration).await;
    lite.execute_batch(&format!("begin;{}commit", rows("x'", "'"))).unwrap();
    database.execute(&rows("'\\x", "'::bytea").replace("f_0", "false").replace("f_1", "true")).await;
    let mut server = database.connect().await;
    for (at, (_, text)) in expressions.iter().enumerate() {
        let sql = format!("select k, g{at} from v order by k");
        let mut statement = lite.prepare(&sql).unwrap();
        let here: Vec<String> =
            statement.query_map([], |row| Ok(shown(row.get_ref(1)?))).unwrap().collect::<Result<_, _>>().unwrap();
        let sql = format!("select coalesce(g{at}::text, 'NULL') from v order by k");
        let there = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut server).await.unwrap();
        assert!(!here.is_empty());
        for (number, (one, other)) in here.iter().zip(&there).enumerate() {
            let other: String = other.get(0);
            // Every bit: -0.0 is another number than 0.0.
            let bits = |text: &str| text.parse::<f64>().map(f64::to_bits).ok();
            let equal = *one == other || bits(one).is_some_and(|bits_of_one| bits(&other) == Some(bits_of_one));
            assert!(equal, "{encoding}: {text}: row {number}: {one} here, {other} there");
        }
        assert_eq!(here.len(), there.len());
    }
}

/// Rows of every text with different partners.
fn rows(blob_open: &str, blob_close: &str) -> String {
    let mut sql = String::new();
    for key in 0..TEXTS.len() * INTEGERS.len() {
        let pick = |from: &[&str], step: usize| from[key * step % from.len()].to_owned();
        let text = if key % 19 == 18 { "null".to_owned() } else { quote_literal(TEXTS[key % TEXTS.len()]) };
        let blob = match pick(BLOBS, 3).as_str() {
            "null" => "null".to_owned(),
            digits => format!("{blob_open}{digits}{blob_close}"),
        };
        let flag = ["null", "f_0", "f_1"][key % 3];
        let flag = if blob_open == "x'" { flag.replace("f_", "") } else { flag.to_owned() };
        sql.push_str(&format!(
            "insert into v (k, i, j, r, t, n, f, b) values ({key}, {}, {}, {}, {text}, {text}, {flag}, {blob});\n",
            INTEGERS[key / TEXTS.len()],
            pick(INTEGERS, 5),
            pick(REALS, 7),
        ));
    }
    sql
}

fn shown(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Null => "NULL".to_owned(),
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        rusqlite::types::ValueRef::Real(number) => number.to_string(),
        rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
        rusqlite::types::ValueRef::Blob(_) => "blob".to_owned(),
    }
}
