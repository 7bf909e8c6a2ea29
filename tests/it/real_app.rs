//! A real AutoBOT, Express and Prisma Client: filled on SQLite, migrated, the same on PostgreSQL, and back.

use std::fs;
use std::path::PathBuf;

use autobot_sample::SampleOptions;
use rusqlite::Connection;

use crate::checkout::{Checkout, WORK_DIR};
use crate::listing::Listing;
use crate::node::{Server, free_port, functional_tests, install, present, prisma, script};

/// Dates as Prisma's native engine stores them: integer milliseconds.
#[tokio::test(flavor = "multi_thread")]
async fn with_dates_of_the_native_engine() {
    there_and_back(&SampleOptions::empty(), "unixepoch-ms", &["integer"]).await;
}

/// Dates as its driver adapters store them: ISO text.
#[tokio::test(flavor = "multi_thread")]
async fn with_dates_of_the_driver_adapters() {
    there_and_back(&SampleOptions::empty(), "iso8601", &["text"]).await;
}

/// Both in one column, as an application has them that was updated on the way.
#[tokio::test(flavor = "multi_thread")]
async fn with_dates_of_both() {
    there_and_back(&SampleOptions::small(), "iso8601", &["integer", "text"]).await;
}

async fn there_and_back(options: &SampleOptions, timestamps: &str, stored_as: &[&str]) {
    autobot_testkit::skip_without_postgres!();
    if !present() {
        return;
    }
    let checkout = Checkout::new(options).await;
    install(&checkout);
    let before = fill(&checkout, timestamps);
    assert_eq!(forms(&checkout), stored_as, "how the dates are stored");
    let files = without_packages(&checkout);

    let settings = settings(&checkout);
    let settings = settings.to_str().unwrap();
    let document = checkout.run(&["--json", "--config", settings, "migrate"]).exits(0).json();
    functional_tests_passed(&document);
    on_postgresql(&checkout, &before);
    if stored_as.len() > 1 {
        // How dates were stored makes no difference to the schema: once is enough.
        prisma_finds_nothing_to_do(&checkout);
    }

    checkout.run(&["--config", settings, "--yes", "rollback", "sqlite"]).exits(0);
    without_packages(&checkout).same_as(&files, "rolled back");
    prisma(&checkout, &["generate"]).exits(0);
    let server = Server::start(&checkout, &[("SQLITE_TIMESTAMPS", timestamps)]);
    same(&script("snapshot.mjs", &server, &[]), &before, "back on SQLite");
    server.stop();
}

/// Generates the client, fills the application over HTTP and gives everything that it answers.
fn fill(checkout: &Checkout, timestamps: &str) -> String {
    prisma(checkout, &["generate"]).exits(0);
    let server = Server::start(checkout, &[("SQLITE_TIMESTAMPS", timestamps)]);
    let numbers = ["--users", "2", "--clients", "6", "--messages", "40", "--reminders", "3"];
    script("fill.mjs", &server, &numbers);
    let before = script("snapshot.mjs", &server, &[]);
    assert!(before.len() > 20_000, "the application holds little: {} bytes", before.len());
    no_errors(&server.stop());
    before
}

/// The storage classes in a column of dates.
fn forms(checkout: &Checkout) -> Vec<String> {
    let database = Connection::open(&checkout.sample.database).unwrap();
    let mut forms = database.prepare("select distinct typeof(timestamp) from Message order by 1").unwrap();
    forms.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Settings that let phase 5 start the server and drive the application's functional tests.
fn settings(checkout: &Checkout) -> PathBuf {
    let port = free_port();
    let path = checkout.beside().join("settings.toml");
    let checks = functional_tests();
    let text = format!(
        "[server]\ncommand = [\"./start_serv.sh\"]\nbase_url = \"http://127.0.0.1:{port}\"\n\
         checks_file = {checks:?}\n[server.env]\nPORT = \"{port}\"\n"
    );
    fs::write(&path, text).unwrap();
    path
}

fn functional_tests_passed(document: &serde_json::Value) {
    let verified = &document["phases"][4]["result"];
    let checks = verified["server"]["checks"].as_array().unwrap_or_else(|| panic!("{verified:#}"));
    assert!(checks.len() > 30, "{} checks", checks.len());
    assert!(checks.iter().all(|check| check["failure"].is_null()), "{checks:#?}");
    assert!(verified["checklist"].to_string().contains("passed"), "{verified:#}");
    // Proved by the report is what was tested, and nothing that a person has to see to.
    let report = fs::read(document["report"].as_str().unwrap()).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let state = |number: usize| report["criteria"][number - 1]["state"].as_str().unwrap().to_owned();
    let states: Vec<String> = (1..=10).map(state).collect();
    let (proved, data, person) = ("proved", "data_proved", "for_a_person");
    let expected = [proved, data, person, proved, proved, proved, data, proved, proved, person];
    assert_eq!(states, expected, "{:#}", report["criteria"]);
    // What the tests wrote they took back.
    let tables = verified["content_after_server"]["tables"].as_array().unwrap();
    for table in tables {
        assert_eq!(table["differences_count"], 0, "the functional tests left something in {table:#}");
    }
}

/// The same code answers every read alike; phase 5 has started it twice before.
fn on_postgresql(checkout: &Checkout, before: &str) {
    let server = Server::start(checkout, &[]);
    same(&script("snapshot.mjs", &server, &[]), before, "on PostgreSQL");
    no_errors(&server.stop());
}

/// The database is what the migrations make, and both are what schema.prisma says, by Prisma's own comparison.
fn prisma_finds_nothing_to_do(checkout: &Checkout) {
    prisma(checkout, &["migrate", "status"]).exits(0).says("Database schema is up to date");
    prisma(checkout, &["migrate", "deploy"]).exits(0).says("No pending migrations");
    // `migrate diff` cannot read a database through an adapter; `db push` makes the same comparison.
    prisma(checkout, &["db", "push", "--skip-generate"]).exits(0).says("already in sync");
    let schema = "prisma/schema.prisma";
    let diff = ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema-datamodel", schema];
    prisma(checkout, &[&diff[..], &["--exit-code"]].concat()).exits(0);
    let script = ["migrate", "diff", "--from-empty", "--to-schema-datamodel", schema, "--script"];
    let folders = fs::read_dir(checkout.path("server/prisma/migrations")).unwrap();
    let folder = folders.map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    let written = fs::read_to_string(folder.join("migration.sql")).unwrap();
    assert_eq!(prisma(checkout, &script).exits(0).out.trim(), written.trim(), "the DDL is not Prisma's own");
}

#[track_caller]
fn same(now: &str, before: &str, when: &str) {
    let first = now.lines().zip(before.lines()).position(|(now, before)| now != before);
    if let Some(line) = first {
        let around = |text: &str| text.lines().skip(line.saturating_sub(3)).take(7).collect::<Vec<_>>().join("\n");
        panic!("{when}, line {line} differs\n--- now\n{}\n--- before\n{}", around(now), around(before));
    }
    assert_eq!(now.len(), before.len(), "{when}");
}

#[track_caller]
fn no_errors(log: &[String]) {
    let errors: Vec<_> = log.iter().filter(|line| line.contains("Prisma") && line.contains("Error")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn without_packages(checkout: &Checkout) -> Listing {
    Listing::of(checkout.root(), &[WORK_DIR, "server/node_modules"])
}
