//! What goes where: one JSON document on standard output, everything for eyes on standard error.

use std::process::Stdio;

use autobot_sample::SampleOptions;
use autobot_testkit::sqlite;

use crate::checkout::Checkout;
use crate::program::{Ran, autobot};

#[tokio::test(flavor = "multi_thread")]
async fn every_command_prints_one_document() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    for command in [
        &["status"][..],
        &["plan"],
        &["phase", "1", "--dry-run"],
        &["phase", "1"],
        &["migrate"],
        &["status"],
        &["verify"],
        &["monitor"],
        &["backup"],
        &["rollback", "sqlite", "--dry-run"],
        &["rollback", "sqlite"],
    ] {
        let document = checkout.run(&[&["--json"], command].concat()).exits(0).json();
        assert!(document.is_object(), "{command:?}: {document}");
    }
    let source = checkout.sample.database.to_str().unwrap();
    for command in ["assess", "copy", "schema"] {
        let ran = checkout.run(&["--json", command, "--source", source]);
        assert!(ran.json()["outcome"].is_string(), "{command}: {ran:?}");
    }
}

/// Words that no Spanish sentence has.
const ENGLISH: [&str; 14] =
    ["the", "is", "are", "of", "and", "was", "with", "row", "rows", "table", "column", "next", "written", "nothing"];

/// With `--lang es` no English sentence is left in a summary. Errors, findings and the titles of single steps are English.
#[tokio::test(flavor = "multi_thread")]
async fn summaries_are_spanish_where_spanish_is_asked_for() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let report = checkout.path(".autobot-migration/reports/report.json");
    let against = ["verify", "--against", report.to_str().unwrap()];
    let (source, backups) = (checkout.sample.database.to_str().unwrap(), checkout.path("backups"));
    let backup = || {
        std::fs::read_dir(&backups)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|end| end == "gz"))
    };
    let run = |command: &[&str]| {
        let ran = checkout.run(&[&["--lang", "es"], command].concat()).exits(0);
        let is_step = |line: &str| {
            ["  + ", "  = ", "  · ", "      ", "note ", "warning ", "    at ", "    remedy: "]
                .iter()
                .any(|begin| line.starts_with(begin))
        };
        for line in ran.out.lines().filter(|line| !is_step(line)) {
            let words = line.split(|letter: char| !letter.is_alphanumeric() && !"_./-".contains(letter));
            let found: Vec<&str> = words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).collect();
            assert!(found.is_empty(), "{command:?} says {found:?} in `{line}`");
        }
    };
    for command in [
        &["init"][..],
        &["plan"],
        &["phase", "1", "--dry-run"],
        &["phase", "1"],
        &["status"],
        &["migrate"],
        &["phase", "5"],
        &["status"],
        &["verify"],
        &against,
        &["assess", "--source", source],
        &["quarantine", "list"],
        &["monitor"],
        &["backup"],
    ] {
        run(command);
    }
    run(&["restore", backup().unwrap().to_str().unwrap()]);
    run(&["rollback", "sqlite", "--dry-run"]);
    run(&["rollback", "sqlite"]);
    run(&["status"]);
}

/// Whoever reads the document of a run that failed finds the reason in it, and the code that the process ended with.
#[test]
fn a_failure_is_a_document_too() {
    let broken = sqlite("create table t (id integer primary key, n integer); insert into t values (1, 'x')");
    let source = broken.path.to_str().unwrap();
    for (command, code) in [
        (&["copy", "--source", "missing.db", "--target", "postgresql://a:b@127.0.0.1:1/c"][..], 5),
        (&["copy", "--source", source, "--target", "postgresql://a:b@127.0.0.1:1/c"], 5),
        (&["copy", "--source", source], 2),
        (&["--app", "no/such/AutoBOT", "migrate"], 7),
        (&["--target", "mysql://a:b@c/d", "plan"], 2),
        (&["--config", "no/such.toml", "plan"], 3),
        (&["server", "status"], 4),
    ] {
        let ran = Ran::of(autobot().arg("--json").args(command)).exits(code);
        let document = ran.json();
        assert_eq!(document["exit_code"], code, "{command:?}: {document}");
        assert!(document["error"].as_str().is_some_and(|error| !error.is_empty()), "{command:?}: {document}");
        assert!(ran.err.contains("error: "), "{command:?}: {}", ran.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_says_nothing_but_the_result() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let ran = checkout.run(&["--quiet", "migrate"]).exits(0);
    assert_eq!(ran.err, "");
    assert!(!ran.out.is_empty());
}

/// A reader that goes away (`| head -1`) is no error and no panic.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_a_quiet_end() {
    for arguments in [&["--help"][..], &["reference"]] {
        let mut child = autobot().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ran = Ran::waited(child);
        assert_eq!(ran.err, "", "{arguments:?}");
        assert!([0, 141].contains(&ran.code), "{arguments:?}: {}", ran.code);
    }
}

/// Colour is for terminals.
#[test]
fn no_escape_sequence_reaches_a_pipe() {
    for arguments in [&["--help"][..], &["fly"], &["status"], &["-vv", "--app", "no/such/AutoBOT", "plan"]] {
        Ran::of(autobot().args(arguments)).hides("\u{1b}");
    }
}
