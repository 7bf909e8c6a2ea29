//! The report as its readers meet it: figures that add up; pages that a validator, an accessibility checker and a real
//! browser find nothing wrong with (`tests/page-check`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use autobot_report::{Lang, Report, to_html, to_json};
use autobot_sample::SampleOptions;
use autobot_testkit::sqlite;
use serde_json::Value;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

use crate::checkout::Checkout;
use crate::node;
use crate::program::{Ran, copy, run};

#[allow(dead_code, reason = "the other reports are for the example that shows them")]
#[path = "../../crates/report/examples/sample/imagined.rs"]
mod imagined;

/// Enough messages for a plot of their speed.
const MESSAGES: u64 = 3_000;

/// Everything of the report that is a figure, held against the others and against the application's database.
#[tokio::test(flavor = "multi_thread")]
async fn figures_add_up() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::messages(MESSAGES)).await;
    checkout.run(&["migrate"]).exits(0);
    let report = json(&reports(&checkout).join("report.json"));
    let rows = |key: &str| report["tables"].as_array().unwrap().iter().map(|table| table[key].as_u64().unwrap()).sum();
    let (source, target, bytes): (u64, u64, u64) = (rows("rows_source"), rows("rows_target"), rows("bytes"));
    let own = checkout.sample.rows.iter().filter(|(table, _)| !table.starts_with('_'));
    let made: u64 = own.map(|(_, rows)| rows).sum();
    assert_eq!((source, target), (made, made));

    let samples = report["throughput"].as_array().unwrap();
    let last = samples.last().unwrap();
    assert_eq!((last["rows"].as_u64(), last["bytes"].as_u64()), (Some(target), Some(bytes)), "{samples:?}");
    assert!(samples.windows(2).all(|pair| pair[0]["ms"].as_u64() < pair[1]["ms"].as_u64()), "{samples:?}");
    assert!(samples.len() >= 3, "{samples:?}");

    let sections = report["sections"].as_array().unwrap();
    let names: Vec<_> = sections.iter().map(|section| section["name"].as_str().unwrap()).collect();
    for name in ["backup", "assess", "load_rows", "prove", "publish", "verify", "finish"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    let phases: u64 = report["phases"].as_array().unwrap().iter().map(|phase| phase["took_ms"].as_u64().unwrap()).sum();
    assert_eq!(report["run"]["took_ms"], phases);
    assert_eq!((&report["verdict"], &report["criteria"][7]["state"]), (&"equal".into(), &"proved".into()));
    assert!(report["run"]["server_version"].as_str().unwrap().starts_with("PostgreSQL "));
    let archived = report["steps"]["source_archived"].as_str().unwrap();
    assert!(checkout.path(archived).is_file(), "{archived}");
}

/// What ends early leaves a report that says why, and where.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_ends_early_leaves_a_report() {
    autobot_testkit::skip_without_postgres!();
    let dir = TempDir::new().unwrap();
    let refused = refused(dir.path(), "postgresql://nobody@127.0.0.1:1/none");
    let report = json(&refused);
    assert_eq!((&report["verdict"], &report["tables"]), (&"refused".into(), &Value::Array(Vec::new())));
    assert_eq!(report["findings"][0]["places"][0]["rowid"], 2, "{report:#}");
    let listed = fs::read_to_string(report["run"]["bad_rows"].as_str().unwrap()).unwrap();
    assert!(listed.lines().count() >= 2, "{listed}");

    let checkout = Checkout::new(&SampleOptions::small()).await;
    let bad = "update Client set lastBroadcastAt = '31/02/2024' where rowid = 3";
    rusqlite::Connection::open(checkout.path("server/prisma/dev.db")).unwrap().execute(bad, []).unwrap();
    let document = checkout.run(&["--json", "migrate"]).exits(5).json();
    let report = json(Path::new(document["report"].as_str().unwrap()));
    assert_eq!((&report["verdict"], &report["phases"][0]["state"]), (&"refused".into(), &"failed".into()));
    assert_eq!(report["findings"][0]["severity"], "problem", "{report:#}");
    assert!(report["run"]["hint"].is_string() && report["run"]["failure"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_valid_accessible_and_right() {
    autobot_testkit::skip_without_postgres!();
    let Some(chromium) = node::chromium() else { return };
    let dir = TempDir::new().unwrap();
    let pages = dir.path();
    let checkout = Checkout::new(&SampleOptions::messages(MESSAGES)).await;
    let page = reports(&checkout).join("report.html");
    checkout.run(&["migrate"]).exits(0);
    keep(pages, "migrated-en", &page);
    checkout.run(&["--lang", "es", "migrate"]).exits(0);
    keep(pages, "migrated-es", &page);
    let mut connection = checkout.database.connect().await;
    let change = "update \"Client\" set notes = 'otra' where id = (select min(id) from \"Client\")";
    sqlx::query(AssertSqlSafe(change)).execute(&mut connection).await.unwrap();
    checkout.run(&["--lang", "es", "phase", "5"]).exits(8);
    keep(pages, "different-es", &page);
    let other = autobot_testkit::database().await;
    let copied = Ran::of(&mut copy(&checkout.sample.database, &other.url, pages)).exits(0).json();
    keep(pages, "copied-en", &Path::new(copied["report"].as_str().unwrap()).with_extension("html"));
    keep(pages, "refused-en", &refused(pages, &other.url).with_extension("html"));
    imagine(pages, "troubled-en", &imagined::troubled(), Lang::En);
    imagine(pages, "imagined-es", &imagined::migrated(), Lang::Es);
    imagine(pages, "later-en", &imagined::later(), Lang::En);

    let mut files: Vec<PathBuf> = fs::read_dir(pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "html"));
    assert_eq!(files.len(), 8, "{files:?}");
    let mut check = Command::new("node");
    Ran::of(check.arg(node::page_check().join("check.mjs")).args(files).env("CHROMIUM", chromium)).exits(0);
}

/// A copy that is refused; the path of its report.
#[track_caller]
fn refused(work_dir: &Path, target: &str) -> PathBuf {
    let source = sqlite(
        "create table t (id integer primary key, n integer, at datetime);
         insert into t values (1, 1, '2024-01-01'), (2, 'x', '2024-01-02'), (3, 'y', 'never')",
    );
    let document = Ran::of(&mut copy(&source.path, target, work_dir)).exits(5).json();
    assert_eq!(document["outcome"], "refused");
    document["report"].as_str().unwrap().into()
}

/// Usage errors are told as a document too, where one is asked for.
#[test]
fn what_is_not_understood_is_a_document_where_one_is_asked_for() {
    for arguments in
        [&["fly", "--json"][..], &["--json", "copy", "--sauce", "x"], &["--json"], &["--json", "phase", "9"]]
    {
        let document = run(arguments).exits(2).json();
        assert_eq!((&document["outcome"], &document["exit_code"]), (&"failed".into(), &2.into()), "{document}");
        assert!(document["error"].as_str().is_some_and(|error| !error.is_empty()), "{document}");
    }
    assert_eq!(run(["fly"]).exits(2).out, "");
    let help = run(["--json", "--help"]).exits(0);
    assert!(help.out.contains("Usage:"), "{help:?}");
}

fn keep(pages: &Path, name: &str, page: &Path) {
    for extension in ["html", "json"] {
        fs::copy(page.with_extension(extension), pages.join(name).with_extension(extension)).unwrap();
    }
}

fn imagine(pages: &Path, name: &str, report: &Report, lang: Lang) {
    fs::write(pages.join(name).with_extension("html"), to_html(report, lang)).unwrap();
    fs::write(pages.join(name).with_extension("json"), to_json(report)).unwrap();
}

fn reports(checkout: &Checkout) -> PathBuf {
    checkout.path(".autobot-migration/reports")
}

#[track_caller]
fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}
