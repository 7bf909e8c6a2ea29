//! Provider `existing`: looked at, never changed.

use autobot_provision::{Error, Existing, Options, Proof, Provider, stored};
use autobot_testkit as testkit;

use crate::ground::{admin, as_role, carry_out, execute, obstacle, options, planned, standings};

#[tokio::test]
async fn a_sound_database_is_kept_and_not_changed() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let database = testkit::database().await;
    let target = database.url.parse().unwrap();
    let options = options(dir.path(), Provider::Existing(Existing { target }), "existing");
    let before = testkit::database_hash(&database.url).await;
    let plan = planned(&options).await.unwrap();
    assert_eq!(standings(&plan).len(), 1);
    assert!(plan.notes.iter().any(|note| note.contains("superuser")), "{:?}", plan.notes);
    carry_out(dir.path(), &options).await.unwrap();
    assert_eq!(testkit::database_hash(&database.url).await, before);
    assert_eq!(stored(&options.credentials_file).unwrap().unwrap().proof, Proof::Proved);
    assert!(planned(&options).await.unwrap().is_done());
}

#[tokio::test]
async fn rows_and_missing_rights_are_named() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let database = testkit::database().await;
    execute(&admin(), "create role existing_reader login password 'x'").await;
    let target = as_role(&database.url.parse().unwrap(), "existing_reader", "x");
    let reader = options(dir.path(), Provider::Existing(Existing { target }), "existing");
    let error = obstacle(dir.path(), &reader).await;
    let expected = format!(
        "role `existing_reader` lacks the right to create tables in schema `public` of database `{}`",
        database.name
    );
    assert_eq!(error.to_string(), expected);

    database
        .execute("create table a as select 1 as id; create table b as select 2 as id; create table c (id int)")
        .await;
    let target = database.url.parse().unwrap();
    let owner = Options { provider: Provider::Existing(Existing { target }), ..reader };
    let error = obstacle(dir.path(), &owner).await;
    assert!(matches!(&error, Error::NotEmpty { tables, more: 0, .. } if tables == &["a", "b"]), "{error}");
    assert!(!dir.path().join("target.json").exists());
}
