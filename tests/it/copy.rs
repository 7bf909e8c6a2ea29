//! `autobot copy`: any SQLite file, and what its JSON document says.

use autobot_testkit::{TempSqlite, database, database_hash, sqlite};
use serde_json::Value;

use crate::checkout::lines;
use crate::program::{Ran, copy};

/// A shop: keys, a reference, text that COPY treats specially, blobs, reals, NULL.
const SHOP: &str = r#"
    create table "Customer" (id integer primary key autoincrement, email text not null unique, note text);
    create table "Order" (
        id integer primary key,
        customer integer not null references "Customer" on delete cascade,
        total real, paid boolean not null default 0, receipt blob, "when" datetime);
    create index "Order_when" on "Order" ("when" desc);
    insert into "Customer" values
        (1, 'ada@example.org', 'tab	quote " backslash \. \N and' || char(10) || 'a new line'),
        (7, 'émile@example.org', ''), (9, 'null@example.org', null);
    insert into "Order" values
        (1, 1, 10.1, 1, x'00ff00', '2024-02-29T12:00:00.123Z'), (2, 1, -0.0, 0, x'', '1999-12-31 23:59:59'),
        (3, 7, 1e300, 1, null, null);
    delete from "Customer" where id = 9;
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_is_copied_and_the_document_says_so() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SHOP), database().await);
    let bytes = std::fs::read(&source.path).unwrap();
    let document = run(&source, &target.url).exits(0).json();
    assert!(["migrated", "migrated_with_warnings"].contains(&document["outcome"].as_str().unwrap()), "{document}");
    assert_eq!(rows(&document), [("Customer".to_owned(), 2, 2), ("Order".to_owned(), 3, 3)]);
    for table in document["tables"].as_array().unwrap() {
        assert!(table["digest"].as_str().unwrap().len() >= 32, "{document}");
    }
    assert_eq!(document["problems"].as_array().unwrap().len(), 0, "{document}");
    assert!(document["warnings"].is_array(), "{document}");
    let report = std::fs::read(document["report"].as_str().unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&report).unwrap()["format"], 1);
    assert_eq!(std::fs::read(&source.path).unwrap(), bytes, "the source was written to");

    let note = r#"select note from "Customer" order by id"#;
    assert_eq!(lines(&target.url, note).await, ["tab\tquote \" backslash \\. \\N and\na new line", ""]);
    let receipts = r#"select coalesce(encode(receipt, 'hex'), 'null') from "Order" order by id"#;
    assert_eq!(lines(&target.url, receipts).await, ["00ff00", "", "null"]);
    // 9 was given out and deleted: it is never given out again.
    let next = r#"select nextval(pg_get_serial_sequence('"Customer"', 'id'))::text"#;
    assert_eq!(lines(&target.url, next).await, ["10"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_assessment_sequences_are_past_every_id_too() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SHOP), database().await);
    let work = tempfile::tempdir().unwrap();
    Ran::of(copy(&source.path, &target.url, work.path()).args(["--assess", "none"])).exits(0);
    let next = r#"select nextval(pg_get_serial_sequence('"Customer"', 'id')) || ' ' ||
        nextval(pg_get_serial_sequence('"Order"', 'id'))"#;
    assert_eq!(lines(&target.url, next).await, ["10 4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused_and_the_target_untouched() {
    autobot_testkit::skip_without_postgres!();
    let source = sqlite(
        "create table fine (id integer primary key); insert into fine values (1);
         create table visit (id integer primary key, count integer not null, at datetime);
         insert into visit values (1, 3, '2024-01-01 00:00:00'), (2, 'a secret word', '2024-01-01 00:00:00'),
             (3, 4, '2021-02-30 25:61:00');",
    );
    let target = database().await;
    let before = database_hash(&target.url).await;
    let ran = run(&source, &target.url).exits(5).hides("a secret word");
    let document = ran.json();
    assert_eq!(document["outcome"], "refused", "{document}");
    let problems = document["problems"].to_string();
    for named in ["visit", "count", "at"] {
        assert!(problems.contains(named), "`{named}` is not named in {problems}");
    }
    ran.says("write-rules").says("nothing was touched");
    assert_eq!(database_hash(&target.url).await, before, "a refusal touched the target");
}

#[tokio::test(flavor = "multi_thread")]
async fn run_again_it_copies_nothing_twice() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SHOP), database().await);
    run(&source, &target.url).exits(0);
    let before = database_hash(&target.url).await;
    let again = run(&source, &target.url);
    assert!([0, 4, 6].contains(&again.code), "{again:?}");
    assert_eq!(database_hash(&target.url).await, before, "the second run changed the target");
    // Another work directory knows nothing of the first run: rows that are there are in the way.
    let elsewhere = tempfile::tempdir().unwrap();
    let again = Ran::of(&mut copy(&source.path, &target.url, elsewhere.path()));
    assert!([0, 4, 6].contains(&again.code), "{again:?}");
    assert_eq!(database_hash(&target.url).await, before, "a third run changed the target");
    // Another file is refused in any case.
    let other = sqlite("create table \"Customer\" (id integer primary key); insert into \"Customer\" values (5)");
    let refused = run(&other, &target.url);
    assert!([4, 6].contains(&refused.code), "{refused:?}");
    refused.says("Customer");
    assert_eq!(database_hash(&target.url).await, before, "a refusal touched the target");
}

/// Each is one line of the list of hostile inputs that has to go over by itself.
#[tokio::test(flavor = "multi_thread")]
async fn odd_databases_go_over() {
    autobot_testkit::skip_without_postgres!();
    check("no tables", "create table t (id integer); drop table t", &[]).await;
    check("an empty table", "create table t (id integer primary key autoincrement)", &[("t", 0)]).await;
    check("no key", "create table t (a, b); insert into t values (1, 'x'), (1, 'x'), (null, null)", &[("t", 3)]).await;
    let hostile = r#"create table "t""; drop table x; --" ("select" text, "a b" text, "ñ😀" text);
        insert into "t""; drop table x; --" values ('1', '2', '3')"#;
    check("hostile names", hostile, &[("t\"; drop table x; --", 1)]).await;
    let composite = "create table t (a text, b integer, primary key (a, b)) without rowid;
        insert into t values ('x', 1), ('x', 2)";
    check("without rowid", composite, &[("t", 2)]).await;
    let strict = "create table t (id integer primary key, v text) strict; insert into t values (1, 'x')";
    check("strict", strict, &[("t", 1)]).await;
    let cycle = "create table a (id integer primary key, b integer references b);
        create table b (id integer primary key, a integer references a);
        insert into a values (1, 1); insert into b values (1, 1)";
    check("a cycle", cycle, &[("a", 1), ("b", 1)]).await;
    let utf16 = "pragma encoding = 'UTF-16le'; create table t (v text); insert into t values ('ñ😀')";
    check("UTF-16", utf16, &[("t", 1)]).await;
    let partial = "create table t (id integer primary key, a text, gone integer);
        create unique index one on t (a) where gone = 0; insert into t values (1, 'x', 1), (2, 'x', 1), (3, 'x', 0)";
    check("a partial index", partial, &[("t", 3)]).await;
    let edges = "create table t (v integer); insert into t values (-9223372036854775808), (9223372036854775807)";
    check("the edges of 64 bits", edges, &[("t", 2)]).await;
}

async fn check(what: &str, sql: &str, expected: &[(&str, u64)]) {
    let (source, target) = (sqlite(sql), database().await);
    let ran = run(&source, &target.url);
    assert_eq!(ran.code, 0, "{what}: {}\n{}", ran.out, ran.err);
    let expected: Vec<_> = expected.iter().map(|(table, rows)| ((*table).to_owned(), *rows, *rows)).collect();
    assert_eq!(rows(&ran.json()), expected, "{what}");
}

fn run(source: &TempSqlite, target: &str) -> Ran {
    Ran::of(&mut copy(&source.path, target, &source.dir.path().join("work")))
}

/// Name, rows in the source and rows on the target, by name.
fn rows(document: &Value) -> Vec<(String, u64, u64)> {
    let mut tables: Vec<_> = document["tables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| {
            let count = |key: &str| table[key].as_u64().unwrap_or_else(|| panic!("{key} in {document}"));
            (table["name"].as_str().unwrap().to_owned(), count("rows_source"), count("rows_target"))
        })
        .collect();
    tables.sort();
    tables
}
