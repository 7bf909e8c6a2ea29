use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use autobot_backup::Kind;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::project::Project;

/// Everything that a schema can hold, apart from values.
const SCHEMA: &str = r#"
    pragma user_version = 42; pragma application_id = 1234567;
    create table "order"("select" text, "a""b" integer, [c d], `e` real default ('it''s')); -- keywords and quotes
    create table 'quoted'(x);
    create table ids(id integer primary key autoincrement, v any);
    insert into ids values (5, 'five'), (900, 'gone'); delete from ids where id = 900;
    create table gaps(v text);
    insert into gaps(rowid, v) values (-5, 'minus'), (7, 'seven'), (9000000000, 'far');
    create table keyed(a text, b integer, v, primary key (b, a)) without rowid;
    insert into keyed values ('y', 2, 1.5), ('x', 2, null), ('z', -1, x'00');
    create table rowids_taken(rowid text, _rowid_ text, oid text); insert into rowids_taken values ('1', '2', '3');
    create table made(a integer, b integer generated always as (a * 2) stored, c text as (a || 'x') virtual);
    insert into made(a) values (1), (2);
    create table tight(i integer not null, t text, b blob, r real, a any) strict;
    insert into tight values (1, 't', x'ff', 1.0, 1), (2, null, null, null, '2');
    create table covered(a integer, b integer); create unique index covered_ba on covered(b, a);
    insert into covered values (3, 1), (1, 2), (2, 0);
    create table checked(a integer check (a > 0 /* ; */), b text collate nocase unique); insert into checked values (1, 'B');
    create view seen as select "select" as s from "order" where "a""b" > 1; -- a view
    create index partial on gaps(lower(v)) where v is not null;
    create trigger t1 after insert on gaps begin
        update gaps set v = case when new.v = ';' then 'end;' else v end where 0; select 'END;';
    end;
    create trigger t2 instead of insert on seen begin select 1; end;
    create virtual table words using fts5(body, tokenize = 'unicode61');
    insert into words values ('hola mundo'), ('it''s; a "test"');
    create trigger t3 after delete on gaps begin insert into words(body) values (old.v); end;
    create virtual table boxes using rtree(id, x0, x1); insert into boxes values (1, 0.5, 2.5);
    analyze;
"#;

/// Texts that lines, shells, Windows or encodings may break.
const TEXTS: &[&[u8]] = &[
    b"",
    b"'",
    b"''",
    b"a'b''c",
    b"\n",
    b".quit\n.exit",
    b"go\n/\n;",
    b"x\n/\ny",
    b"\r\n",
    b"\r",
    b"a\r\nb",
    b"--",
    b"/* x",
    b"a\0b",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\x1a",
    b"\t\\N \\. \\",
    "ñ 😀 \u{feff}".as_bytes(),
    "\u{feff}start".as_bytes(),
    "\u{feff}\r".as_bytes(),
    "a\u{fffe}\u{ffff}".as_bytes(),
    b"\\r \\n",
    b"X'00'",
    b"NULL",
    b"1e5",
    b";\nCOMMIT;\n",
    b"#line\n#line",
];

fn reals() -> Vec<f64> {
    let mut all = vec![0.1, -0.1, 0.1 + 0.2, 1e15, 1e16, 1e22, 1e23, 1e-7, 5e-324, f64::MIN_POSITIVE, f64::MAX];
    all.extend([
        f64::INFINITY,
        f64::NEG_INFINITY,
        -0.0,
        0.0,
        3.0,
        123_456_789.123,
        9_007_199_254_740_993.0,
        4.35,
        1.0 / 3.0,
    ]);
    // Values whose decimals older readers are known to miss by a bit are among these.
    let mut seed = 7_u64;
    all.extend((0..3000).filter_map(|_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(f64::from_bits(seed)).filter(|value| value.is_finite())
    }));
    all
}

fn odd_database(path: &Path, encoding: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(&format!("pragma encoding = '{encoding}'; {SCHEMA} create table odd(v)")).unwrap();
    let mut insert = connection.prepare("insert into odd values (?1)").unwrap();
    for text in TEXTS {
        // Through a cast, so that invalid bytes stay as they are.
        let _rows = match std::str::from_utf8(text) {
            Ok(text) => insert.execute(params![text]).unwrap(),
            Err(_) => connection.execute("insert into odd values (cast(?1 as text))", params![text]).unwrap(),
        };
        insert.execute(params![Value::Blob(text.to_vec())]).unwrap();
    }
    for integer in [0, 1, -1, i64::MIN, i64::MAX, 1_700_000_000_123] {
        insert.execute(params![integer]).unwrap();
    }
    for real in reals() {
        insert.execute(params![real]).unwrap();
    }
    insert.execute(params![Value::Null]).unwrap();
    insert.execute(params!["long 'text'\n".repeat(300_000)]).unwrap();
    insert.execute(params![vec![0xab_u8; 1_000_000]]).unwrap();
}

/// Every row as text: storage class, bytes of a text, bits of a real, and the rowid where there is one.
fn content(path: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(path).unwrap();
    let mut content = BTreeMap::new();
    let list = |sql: &str| -> Vec<(String, String)> {
        connection.prepare(sql).unwrap().query_map([], |row| row.try_into()).unwrap().map(Result::unwrap).collect()
    };
    let objects = "select type || ' ' || name || ' ' || tbl_name, coalesce(sql, '') from sqlite_schema where name not like 'sqlite_stat%' order by 1";
    let schema = list(objects).into_iter().map(|(name, sql)| format!("{name}: {sql}"));
    let pragmas = ["user_version", "application_id"].map(|name| {
        connection.query_row(&format!("pragma {name}"), [], |row| row.get::<_, i64>(0)).unwrap().to_string()
    });
    content.insert("schema".to_owned(), schema.chain(pragmas).collect());
    let tables = "select name, case when wr then '0' else 'rowid' end from pragma_table_list \
                  where schema = 'main' and type in ('table', 'shadow') and name not in ('sqlite_schema', 'sqlite_stat4')";
    for (table, rowid) in list(tables) {
        let columns = list(&format!("select name, '' from pragma_table_xinfo('{table}')"));
        let rowid = if table == "rowids_taken" { "0".to_owned() } else { rowid };
        let mut select = format!("select {rowid}");
        for (column, _) in columns {
            let quoted = format!("\"{}\"", column.replace('"', "\"\""));
            select += &format!(
                ", typeof({quoted}), case typeof({quoted}) when 'real' then {quoted} else hex(cast({quoted} as blob)) end"
            );
        }
        let mut statement = connection.prepare(&format!("{select} from \"{table}\"")).unwrap();
        let count = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut found = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..count).map(|at| match row.get::<_, Value>(at).unwrap() {
                Value::Real(value) => format!("{:016x}", value.to_bits()),
                other => format!("{other:?}"),
            });
            found.push(values.collect::<Vec<_>>().join(" "));
        }
        found.sort();
        content.insert(table, found);
    }
    content
}

/// Loads the dump with the `sqlite3` program; false where there is none.
fn load(dump: &Path, into: &Path) -> bool {
    let input = Stdio::from(File::open(dump).unwrap());
    let Ok(output) = Command::new("sqlite3").arg("-bail").arg(into).stdin(input).output() else {
        println!("skipped: no sqlite3 program");
        return false;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    true
}

async fn check(encoding: &str) {
    let project = Project::without_database();
    odd_database(&project.paths.database, encoding);
    let backup = project.backup().await;
    assert!(!backup.manifest().notes.iter().any(|note| note.contains("break a rule")), "{:?}", backup.manifest().notes);
    let dump = backup.only(Kind::Dump).unwrap().located(backup.folder());
    let loaded = project.folder.path().join("loaded.db");
    if !load(&dump, &loaded) {
        return;
    }
    let (expected, found) = (content(&project.paths.database), content(&loaded));
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (table, rows) in expected {
        for (at, (expected, found)) in rows.iter().zip(&found[&table]).enumerate() {
            assert_eq!(expected.get(..200), found.get(..200), "{table} {at}");
            assert!(expected == found, "{table} {at}");
        }
        assert_eq!(rows.len(), found[&table].len(), "{table}");
    }
    let connection = Connection::open(&loaded).unwrap();
    let ok: String = connection.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(ok, "ok");
    let hits: i64 =
        connection.query_row("select count(*) from words where words match 'mundo'", [], |row| row.get(0)).unwrap();
    assert_eq!(hits, 1);
}

#[tokio::test]
async fn the_sqlite3_program_loads_an_equal_database() {
    check("UTF-8").await;
}

#[tokio::test]
async fn the_same_for_both_kinds_of_utf_16() {
    check("UTF-16le").await;
    check("UTF-16be").await;
}

#[tokio::test]
async fn a_plain_database_is_dumped_as_the_program_dumps_it() {
    let project = Project::new();
    project.sql("create table plain(a integer, b text, c blob, d real); insert into plain values (1, 'it''s', x'0A', 2.5), (null, '', x'', -1.0)");
    let backup = project.backup().await;
    let dump = std::fs::read_to_string(backup.only(Kind::Dump).unwrap().located(backup.folder())).unwrap();
    let Ok(output) = Command::new("sqlite3").arg(&project.paths.database).arg(".dump").output() else {
        println!("skipped: no sqlite3 program");
        return;
    };
    // The program leaves out quotes where a name needs none, and writes line ends inside texts in another way.
    let same = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| !line.contains("prompt") && !line.starts_with("me\""));
        rows.map(|line| line.replace("INSERT INTO \"", "INSERT INTO ").replace("\" VALUES", " VALUES")).collect()
    };
    assert_eq!(same(&dump), same(&String::from_utf8_lossy(&output.stdout)));
}

#[tokio::test]
async fn an_empty_database_and_a_sequence_without_its_table() {
    let project = Project::without_database();
    project.sql("create table t(id integer primary key autoincrement); insert into t values (7); drop table t");
    let backup = project.backup().await;
    let loaded = project.folder.path().join("loaded.db");
    if load(&backup.only(Kind::Dump).unwrap().located(backup.folder()), &loaded) {
        assert_eq!(content(&loaded), content(&project.paths.database));
    }
}
