//! A dry run touches nothing: not the application, not the work directory, not the target.

use autobot_sample::SampleOptions;
use rusqlite::Connection;

use crate::checkout::Checkout;

#[tokio::test(flavor = "multi_thread")]
async fn before_and_after_every_phase() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    every_dry_run(&checkout, "before phase 1").await;
    for phase in 1..=6 {
        checkout.run(&["phase", &phase.to_string()]).exits(0);
        every_dry_run(&checkout, &format!("after phase {phase}")).await;
    }
    let before = checkout.standing().await;
    checkout.run(&["rollback", "sqlite", "--dry-run"]).exits(0).says(".env");
    checkout.unchanged(&before, &checkout.standing().await, "rollback sqlite --dry-run");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_bot_is_writing() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let live = Connection::open(&checkout.sample.database).unwrap();
    live.execute_batch(
        "pragma journal_mode = wal; pragma wal_autocheckpoint = 0;
         update Client set notes = 'in the wal';",
    )
    .unwrap();
    assert!(checkout.path("server/prisma/dev.db-wal").exists());
    every_dry_run(&checkout, "with an open -wal").await;
    // A write transaction that is open does not matter to a reader.
    live.execute_batch("begin immediate; update Client set notes = 'not committed'").unwrap();
    let before = checkout.standing().await;
    checkout.run(&["plan"]).exits(0);
    checkout.unchanged(&before, &checkout.standing().await, "plan beside a write transaction");
    live.execute_batch("rollback").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_copy_and_schema() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let before = checkout.standing().await;
    let source = checkout.sample.database.to_str().unwrap();
    checkout.run(&["copy", "--dry-run", "--source", source]).exits(0).says("Message");
    checkout.run(&["schema", "--dry-run", "--source", source]).exits(0).says("CREATE TABLE");
    checkout.run(&["assess", "--source", source]).exits(0);
    checkout.unchanged(&before, &checkout.standing().await, "copy --dry-run, schema --dry-run, assess");
}

async fn every_dry_run(checkout: &Checkout, when: &str) {
    let before = checkout.standing().await;
    for phase in 1..=6 {
        let arguments = ["--json", "phase", &phase.to_string(), "--dry-run"];
        let document = checkout.run(&arguments).exits(0).json();
        assert_eq!(document["outcome"], "planned", "{when}: {document}");
        checkout.unchanged(&before, &checkout.standing().await, &format!("{when}: phase {phase} --dry-run"));
    }
    checkout.run(&["plan"]).exits(0).says("Phase 6 (finish)").hides("testkit");
    checkout.unchanged(&before, &checkout.standing().await, &format!("{when}: plan"));
}
