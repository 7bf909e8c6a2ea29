//! The happy path through all six phases, and what a second run does: nothing.

use autobot_sample::SampleOptions;
use serde_json::Value;

use crate::checkout::Checkout;
use crate::program::{Ran, autobot, run};

#[tokio::test(flavor = "multi_thread")]
async fn each_phase_succeeds_and_run_again_changes_nothing() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let source = std::fs::read(&checkout.sample.database).unwrap();
    for phase in 1..=6 {
        checkout.run(&["phase", &phase.to_string()]).exits(0);
        let before = checkout.standing().await;
        checkout.run(&["phase", &phase.to_string()]).exits(0);
        checkout.unchanged(&before, &checkout.standing().await, &format!("second run of phase {phase}"));
    }
    let before = checkout.standing().await;
    for phase in 1..=6 {
        checkout.run(&["phase", &phase.to_string()]).exits(0);
        checkout.unchanged(&before, &checkout.standing().await, &format!("phase {phase} after all six"));
    }
    checkout.run(&["migrate"]).exits(0);
    checkout.unchanged(&before, &checkout.standing().await, "migrate after all six");
    assert_eq!(std::fs::read(&checkout.sample.database).unwrap(), source, "the source was written to");
    for table in ["User", "Bot", "Client", "Message", "Reminder"] {
        assert_eq!(checkout.rows(table).await, i64::try_from(checkout.sample.rows_of(table)).unwrap(), "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_does_all_six_and_status_says_so() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let fresh = checkout.run(&["--json", "status"]).exits(0).json();
    assert_eq!(states(&fresh), ["to do"; 6], "{fresh}");
    let document = checkout.run(&["--json", "migrate"]).exits(0).json();
    assert_eq!(document["outcome"], "migrated", "{document}");
    assert_eq!(document["phases"].as_array().unwrap().len(), 6);
    let status = checkout.run(&["--json", "status"]).exits(0).json();
    assert_eq!(states(&status), ["done"; 6], "{status}");
    checkout.run(&["verify"]).exits(0).says("equal");
    checkout.run(&["status"]).exits(0).hides("testkit");
}

#[tokio::test(flavor = "multi_thread")]
async fn phases_have_names_and_an_order() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let before = checkout.standing().await;
    checkout.run(&["phase", "migrate"]).exits(4).says("phase 4 (migrate) needs phase 1 (prepare)");
    checkout.unchanged(&before, &checkout.standing().await, "a phase out of order");
    checkout.run(&["phase", "prepare"]).exits(0).says("phase 2 (provision)");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_autobot_without_rows_migrates() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::empty()).await;
    checkout.run(&["migrate"]).exits(0);
    assert_eq!(checkout.rows("Message").await, 0);
}

#[test]
fn the_demo_makes_everything_itself() {
    autobot_testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let app = dir.path().join("demo");
    let app = app.to_str().unwrap();
    let document = run(["--json", "demo", app]).exits(0).json();
    assert_eq!(document["outcome"], "migrated", "{document}");
    // A second time it goes on, that is, does nothing.
    run(["demo", app]).exits(0);
    run(["--app", app, "server", "status"]).exits(0).says("running");
    let shown = Ran::of(autobot().args(["--app", app, "monitor"])).exits(0);
    shown.says("Message");
    run(["--app", app, "rollback", "sqlite"]).exits(0);
    run(["--app", app, "server", "stop"]).exits(0).says("stopped");
}

fn states(status: &Value) -> Vec<&str> {
    status["phases"].as_array().unwrap().iter().map(|phase| phase["state"].as_str().unwrap()).collect()
}
