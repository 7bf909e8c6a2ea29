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
