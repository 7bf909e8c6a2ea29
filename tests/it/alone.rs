//! One crate alone, for scripts: `schema`, `transfer`, `verify`, `assess`.

use autobot_sample::SampleOptions;
use autobot_testkit::{TempSqlite, database, database_hash, sqlite};
use rusqlite::Connection;
use serde_json::Value;

use crate::checkout::{Checkout, lines};
use crate::program::{Ran, autobot};

const SOURCE: &str = r#"create table "Item" (id integer primary key autoincrement, name text not null unique, price real);
    insert into "Item" values (1, 'one', 1.5), (2, 'two', null)"#;

#[tokio::test(flavor = "multi_thread")]
async fn schema_then_transfer_then_verify() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SOURCE), database().await);
    run("schema", &source, &target.url, &[]).exits(0);
    assert_eq!(lines(&target.url, r#"select count(*)::text from "Item""#).await, ["0"]);
    // Nothing is there yet, and that is a difference.
    run("verify", &source, &target.url, &[]).exits(8).says("Item");
    run("transfer", &source, &target.url, &[]).exits(0);
    assert_eq!(lines(&target.url, r#"select count(*)::text from "Item""#).await, ["2"]);
    let document = run("verify", &source, &target.url, &["--json"]).exits(0).json();
    assert_eq!(document["outcome"], "equal", "{document}");
}

#[tokio::test(flavor = "multi_thread")]
async fn copy_into_tables_that_are_there_and_empty() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SOURCE), database().await);
    run("schema", &source, &target.url, &[]).exits(0);
    run("copy", &source, &target.url, &[]).exits(0);
    assert_eq!(lines(&target.url, r#"select count(*)::text from "Item""#).await, ["2"]);
}

/// Whatever is changed on one side is named by table, key and column.
#[tokio::test(flavor = "multi_thread")]
async fn verify_names_what_differs() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SOURCE), database().await);
    run("copy", &source, &target.url, &[]).exits(0);
    for (damage, mend, named) in [
        ("update \"Item\" set price = 1.25 where id = 1", "update \"Item\" set price = 1.5 where id = 1", "price"),
        ("update \"Item\" set price = 0 where id = 2", "update \"Item\" set price = null where id = 2", "price"),
        ("delete from \"Item\" where id = 2", "insert into \"Item\" values (2, 'two', null)", "missing"),
        ("insert into \"Item\" values (3, 'three', 3)", "delete from \"Item\" where id = 3", "only in the target"),
        (
            "alter table \"Item\" drop constraint if exists \"Item_name_key\"; drop index if exists \"Item_name_key\"",
            "create unique index \"Item_name_key\" on \"Item\" (name)",
            "name",
        ),
    ] {
        target.execute(damage).await;
        run("verify", &source, &target.url, &[]).exits(8).says("Item").says(named);
        target.execute(mend).await;
    }
    run("verify", &source, &target.url, &["--level", "counts"]).exits(0);
    let before = database_hash(&target.url).await;
    run("verify", &source, &target.url, &[]);
    assert_eq!(database_hash(&target.url).await, before, "verify wrote to the target");
}

/// Both kinds of comparison leave a report, as data and as a page, that can be held against in its turn.
#[tokio::test(flavor = "multi_thread")]
async fn verify_leaves_a_report_to_be_held_against() {
    autobot_testkit::skip_without_postgres!();
    let (source, target) = (sqlite(SOURCE), database().await);
    run("copy", &source, &target.url, &["--lang", "es"]).exits(0);
    let reports = source.dir.path().join("work/reports");
    let report = |name: &str| -> Value {
        let page = std::fs::read_to_string(reports.join(format!("{name}.html"))).unwrap();
        assert!(page.contains("<html lang=\"es\">"), "{page}");
        serde_json::from_slice(&std::fs::read(reports.join(format!("{name}.json"))).unwrap()).unwrap()
    };
    let said = reports.join("verify-dev.html").display().to_string();
    run("verify", &source, &target.url, &["--lang", "es"]).exits(0).says(&format!("informe: {said}"));
    let compared = report("verify-dev");
    assert_eq!((&compared["verdict"], &compared["proof"]["level"]), (&"equal".into(), &"content".into()));
    assert_eq!(compared["tables"][0]["digest_source"], compared["tables"][0]["digest_target"]);

    let since = |name: &str, code: i32, standing: &str, verdict: &str| {
        let earlier = reports.join(format!("{name}.json"));
        let against = ["--json", "--lang", "es", "--against", earlier.to_str().unwrap()];
        let document = run("verify", &source, &target.url, &against).exits(code).json();
        let report = report(&format!("since-{name}"));
        let written = reports.join(format!("since-{name}.json"));
        assert_eq!(document["report"], written.to_str().unwrap());
        assert_eq!(report["tables"][0]["since"]["standing"], standing, "{report:#}");
        assert_eq!(report["verdict"], verdict);
        assert_eq!(report["run"]["against"], earlier.to_str().unwrap());
    };
    since("verify-dev", 0, "same", "as_it_was");
    target.execute("insert into \"Item\" values (3, 'three', 3)").await;
    since("verify-dev", 0, "grown", "as_it_was");
    since("since-verify-dev", 0, "grown", "as_it_was");
    target.execute("update \"Item\" set price = 1.25 where id = 1").await;
    since("since-verify-dev", 8, "changed", "changed_since");
    since("verify-dev", 8, "changed", "changed_since");

    let failed = run("verify", &source, &target.url, &["--json", "--lang", "es"]).exits(8).json();
    assert_eq!(failed["report"], reports.join("verify-dev.json").to_str().unwrap());
    let different = report("verify-dev");
    assert_eq!(different["verdict"], "different");
    assert_eq!(different["tables"][0]["differences_count"], 2, "{different:#}");
    assert_eq!(report("copy-dev")["verdict"], "equal", "the copy's own report stays");
}

/// After a migration the AutoBOT's own schema.prisma says what the types are, without being named.
#[tokio::test(flavor = "multi_thread")]
async fn verify_knows_the_migration() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.run(&["migrate"]).exits(0);
    checkout.run(&["verify"]).exits(0).says("equal");
    let live = Connection::open(&checkout.sample.database).unwrap();
    live.execute_batch("update Message set content = 'otra cosa' where rowid = 7").unwrap();
    checkout.run(&["verify"]).exits(8).says("Message").says("content").hides("otra cosa");
}

#[test]
fn assess_says_what_would_become_of_it() {
    let source = sqlite(SOURCE);
    let path = source.path.to_str().unwrap();
    let document = Ran::of(autobot().args(["--json", "assess", "--source", path])).exits(0).json();
    assert_eq!(document["outcome"], "clear", "{document}");
    let bad = sqlite("create table t (id integer primary key, n integer); insert into t values (1, 'x'), (2, 2)");
    let path = bad.path.to_str().unwrap();
    let document = Ran::of(autobot().args(["--json", "assess", "--source", path])).exits(5).json();
    assert_eq!(document["outcome"], "refused", "{document}");
    assert!(document["problems"].to_string().contains("\"n\""), "{document}");
}

/// The rules that `assess` proposes are rules that `copy` takes.
#[tokio::test(flavor = "multi_thread")]
async fn proposed_rules_let_a_refused_file_through() {
    autobot_testkit::skip_without_postgres!();
    let source = sqlite("create table t (id integer primary key, n integer); insert into t values (1, 'x'), (2, 2)");
    let target = database().await;
    run("copy", &source, &target.url, &[]).exits(5);
    let rules = source.dir.path().join("rules.toml");
    let path = source.path.to_str().unwrap();
    let rules = rules.to_str().unwrap();
    Ran::of(autobot().args(["assess", "--source", path, "--write-rules", rules]));
    assert!(!std::fs::read_to_string(rules).unwrap().trim().is_empty(), "no rules are proposed");
    run("copy", &source, &target.url, &["--config", rules]).exits(0);
    assert_eq!(lines(&target.url, "select count(*)::text from t").await, ["2"]);
}

fn run(command: &str, source: &TempSqlite, target: &str, more: &[&str]) -> Ran {
    let mut program = autobot();
    program.arg("--work-dir").arg(source.dir.path().join("work"));
    Ran::of(program.args([command, "--target", target, "--source"]).arg(&source.path).args(more))
}
