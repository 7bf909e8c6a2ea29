//! The happy path through all six phases, and what a second run does: nothing.

use std::path::Path;

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
    let report = std::fs::read(document["report"].as_str().unwrap()).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    let criteria = report["criteria"].as_array().unwrap();
    let states: Vec<&str> = criteria.iter().map(|criterion| criterion["state"].as_str().unwrap()).collect();
    // Without a server nobody shows that one starts; what the database has to do with the others is shown.
    let (proved, data, person) = ("proved", "data_proved", "for_a_person");
    assert_eq!(states, [person, data, person, data, data, data, data, proved, person, person], "{criteria:#?}");
    assert!(criteria[0]["evidence"].to_string().contains("lets in whoever has the URL of server/.env: 5 tables"));
    let backup = report["steps"]["postgres_backup_taken"].as_str().unwrap();
    assert!(criteria[9]["evidence"].to_string().contains(backup) && Path::new(backup).is_file(), "{criteria:#?}");
    assert_eq!(report["steps"]["postgres_backup_restored"], backup);
    assert!(criteria[9]["evidence"].to_string().contains("restored into a database of its own"), "{criteria:#?}");
    // A second time it goes on, that is, does nothing.
    run(["demo", app]).exits(0);
    run(["--app", app, "server", "status"]).exits(0).says("running");
    let shown = Ran::of(autobot().args(["--app", app, "monitor"])).exits(0);
    shown.says("Message");
    run(["--app", app, "rollback", "sqlite"]).exits(0);
    run(["--app", app, "server", "stop"]).exits(0).says("stopped");
}

/// Phase 5 enters with the URL of the application's `.env`; what that login may not do is said, and not claimed.
#[tokio::test(flavor = "multi_thread")]
async fn the_login_of_the_application_is_tried() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.through(4);
    let access = |code: i32| {
        let document = checkout.run(&["--json", "phase", "5"]).exits(code).json();
        let report = std::fs::read(checkout.path(".autobot-migration/reports/report.json")).unwrap();
        (document, serde_json::from_slice::<Value>(&report).unwrap())
    };
    let before = autobot_testkit::database_hash(&checkout.database.url).await;
    let (_, report) = access(0);
    let inserted: Vec<(&str, bool)> = report["access"]["tables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| (table["table"].as_str().unwrap(), table["inserted"].as_bool().unwrap()))
        .collect();
    let all = [("User", false), ("Bot", false), ("Client", true), ("Message", true), ("Reminder", true)];
    assert_eq!(inserted, all, "others refer to users and bots");
    assert_eq!(autobot_testkit::database_hash(&checkout.database.url).await, before, "something was not taken back");

    let reader = format!("reader_{}", checkout.database.name);
    let url = checkout.database.url.split_once('@').unwrap().1;
    let env = checkout.path("server/.env");
    let text = std::fs::read_to_string(&env).unwrap();
    let point_at = |login: &str| {
        let own = |line: &&str| !line.starts_with("DATABASE_URL");
        let url = format!("DATABASE_URL=\"postgresql://{login}@{url}\"");
        let lines = text.lines().filter(own).chain([url.as_str()]);
        std::fs::write(&env, lines.collect::<Vec<_>>().join("\n")).unwrap();
    };
    checkout
        .database
        .execute(&format!(
            "create role {reader} login password 'x'; grant select on all tables in schema public to {reader};
         grant update on \"Client\" to {reader}"
        ))
        .await;
    point_at(&format!("{reader}:x"));
    let (document, report) = access(0);
    checkout.database.execute(&format!("drop owned by {reader}; drop role {reader}")).await;
    assert_eq!(report["access"]["tables"].as_array().unwrap().len(), 1, "{:#}", report["access"]);
    assert_eq!(report["access"]["tables"][0]["inserted"], false);
    assert!(
        document["warnings"].to_string().contains("cannot change a row of `Message`: permission denied"),
        "{document}"
    );
    assert_eq!(report["criteria"][4]["state"], "for_a_person");
    assert_eq!(report["criteria"][5]["state"], "data_proved");

    point_at("nobody_of_that_name:x");
    let (document, report) = access(0);
    assert_eq!(report["access"], Value::Null);
    assert!(document["warnings"].to_string().contains("server/.env does not open the database"), "{document}");
    assert_eq!(report["criteria"][5]["state"], "for_a_person");
}

fn states(status: &Value) -> Vec<&str> {
    status["phases"].as_array().unwrap().iter().map(|phase| phase["state"].as_str().unwrap()).collect()
}
