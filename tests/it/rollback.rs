//! Back to SQLite from every boundary, byte for byte; and forth again.

use std::fs;

use autobot_sample::SampleOptions;
use rusqlite::Connection;

use crate::checkout::Checkout;

#[tokio::test(flavor = "multi_thread")]
async fn from_every_phase_and_forth_again() {
    autobot_testkit::skip_without_postgres!();
    for last in 1..=6 {
        let checkout = Checkout::new(&SampleOptions::small()).await;
        let before = checkout.files();
        checkout.through(last);
        checkout.run(&["--yes", "rollback", "sqlite"]).exits(0).says("rolled back");
        checkout.files().same_as(&before, &format!("rolled back after phase {last}"));
        // A second time there is nothing to take back, and nothing is.
        checkout.run(&["--yes", "rollback", "sqlite"]);
        checkout.files().same_as(&before, &format!("rolled back twice after phase {last}"));
        checkout.run(&["migrate"]).exits(0);
        assert_eq!(checkout.rows("Message").await, 48, "migrated again after phase {last}");
        checkout.run(&["rollback", "sqlite"]).exits(0);
        checkout.files().same_as(&before, &format!("rolled back again after phase {last}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_migration_there_is_nothing_to_go_back_to() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let before = checkout.standing().await;
    checkout.run(&["rollback", "sqlite"]).exits(4).says("phase 1 is not done");
    checkout.unchanged(&before, &checkout.standing().await, "rollback without a migration");
}

/// Files that were changed or deleted since the migration: the way back restores them, and keeps what was there.
#[tokio::test(flavor = "multi_thread")]
async fn damaged_application_files_are_restored() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let before = checkout.files();
    checkout.through(6);
    let changed = Connection::open(&checkout.sample.database).unwrap();
    changed.execute_batch("delete from Message; vacuum").unwrap();
    drop(changed);
    fs::remove_file(&checkout.sample.env_file).unwrap();
    fs::write(&checkout.sample.schema, "// gone\n").unwrap();
    let ran = checkout.run(&["--yes", "rollback", "sqlite"]).exits(0).says("kept as");
    let mut now = checkout.files();
    // What was there is kept beside the restored file, under a name that is said.
    now.0.retain(|path, _| {
        let kept = !before.0.contains_key(path) && ran.out.contains(&*path.to_string_lossy());
        !kept
    });
    now.same_as(&before, "rolled back over damaged files");
}

/// A database that is gone altogether comes back from the backup of phase 1.
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_database_comes_back() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let before = checkout.files();
    checkout.through(4);
    fs::remove_file(&checkout.sample.database).unwrap();
    checkout.run(&["--yes", "rollback", "sqlite"]).exits(0);
    checkout.files().same_as(&before, "rolled back over a deleted database");
}

/// What the application wrote to PostgreSQL meanwhile is said, and not deleted.
#[tokio::test(flavor = "multi_thread")]
async fn rows_written_meanwhile_are_named_and_kept() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.through(6);
    let new = r#"insert into "User" (id, username, "passwordHash", role, "createdAt", "updatedAt")
        select 'new', 'nuevo', "passwordHash", role, now(), now() from "User" limit 1"#;
    checkout.database.execute(new).await;
    let document = checkout.run(&["--json", "rollback", "sqlite"]).exits(0).json();
    let summary = document["written_since"]["summary"].as_str().unwrap();
    assert!(summary.contains("User"), "{document}");
    let schema = document["postgresql_schema"].as_str().unwrap();
    let kept = format!(r#"select count(*) from "{schema}"."User" where id = 'new'"#);
    assert_eq!(checkout.number(&kept).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_restores() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.through(6);
    let made = checkout.run(&["--json", "backup"]).exits(0).json();
    let backup = made["backup"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    checkout.database.execute(r#"delete from "Message""#).await;
    checkout.run(&["--yes", "rollback", "postgres", "--from", &backup]).exits(0);
    assert_eq!(checkout.rows("Message").await, 48);
    checkout.run(&["rollback", "postgres", "--from", "no-such-backup.sql"]).says("no-such-backup.sql");
}
