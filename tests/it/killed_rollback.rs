//! The way back from anywhere: a migration that was killed, a rollback that was killed.

use std::process::Stdio;
use std::time::{Duration, Instant};

use autobot_sample::SampleOptions;

use crate::checkout::{Checkout, WORK_DIR};

/// Moments of each kind; they are spread evenly over the time that an undisturbed run takes.
const MOMENTS: u32 = 6;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_migration_goes_back() {
    autobot_testkit::skip_without_postgres!();
    let took = time_of(&["migrate"], 0).await;
    for moment in 0..MOMENTS {
        let checkout = Checkout::new(&SampleOptions::messages(1000)).await;
        let before = checkout.files();
        let at = took * (2 * moment + 1) / (2 * MOMENTS);
        kill_after(&checkout, &["migrate"], at);
        let ran = checkout.run(&["--yes", "rollback", "sqlite"]);
        // Killed within phase 1 there is nothing to go back to, and the files were not touched.
        assert!([0, 4].contains(&ran.code), "killed after {at:?}: {ran:?}");
        checkout.files().same_as(&before, &format!("migrate killed after {at:?} of {took:?}, rolled back"));
        checkout.run(&["migrate"]).exits(0);
        assert_eq!(checkout.rows("Message").await, 1000, "migrated again, killed after {at:?}");
    }
}

/// The server may carry out the publication although the run is gone; the journal then does not say so.
#[tokio::test(flavor = "multi_thread")]
async fn a_migration_killed_while_it_published_goes_back() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::messages(200)).await;
    let before = checkout.files();
    checkout.through(4);
    let journal = checkout.path(WORK_DIR).join("journal.jsonl");
    let text = std::fs::read_to_string(&journal).unwrap();
    let publishing = |line: &&str| line.contains(r#""id":"publish""#) && line.contains(r#""began""#);
    let kept = text.lines().position(|line| publishing(&line)).unwrap() + 1;
    let cut: Vec<&str> = text.lines().take(kept).collect();
    std::fs::write(&journal, cut.join("\n") + "\n").unwrap();
    checkout.run(&["--yes", "rollback", "sqlite"]).exits(0);
    checkout.files().same_as(&before, "rolled back");
    checkout.run(&["migrate"]).exits(0);
    assert_eq!(checkout.rows("Message").await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_rollback_goes_on() {
    autobot_testkit::skip_without_postgres!();
    let took = time_of(&["--yes", "rollback", "sqlite"], 6).await;
    for moment in 0..MOMENTS {
        let checkout = Checkout::new(&SampleOptions::messages(1000)).await;
        let before = checkout.files();
        checkout.run(&["migrate"]).exits(0);
        let at = took * (2 * moment + 1) / (2 * MOMENTS);
        kill_after(&checkout, &["--yes", "rollback", "sqlite"], at);
        checkout.run(&["--yes", "rollback", "sqlite"]);
        checkout.files().same_as(&before, &format!("rollback killed after {at:?} of {took:?}, run again"));
        checkout.run(&["migrate"]).exits(0);
        assert_eq!(checkout.rows("Message").await, 1000, "migrated again, rollback killed after {at:?}");
    }
}

/// How long a command takes after the phases up to this one.
async fn time_of(command: &[&str], through: u8) -> Duration {
    let checkout = Checkout::new(&SampleOptions::messages(1000)).await;
    if through > 0 {
        checkout.run(&["migrate"]).exits(0);
    }
    let began = Instant::now();
    checkout.run(command).exits(0);
    assert!(checkout.path(WORK_DIR).exists());
    began.elapsed()
}

fn kill_after(checkout: &Checkout, command: &[&str], moment: Duration) {
    let mut child = checkout.command(command).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
}
