//! Provider `local`: role, database and rights over an administrator's connection.

use autobot_db::{Name, Secret, TargetError};
use autobot_plan::{Executor as _, Outcome, Standing};
use autobot_provision::{Change, Error, Expect, Local, Options, Proof, Provider, Provisioner, stored};
use autobot_testkit as testkit;
use serde_json::json;

use crate::ground::{admin, as_role, ask, carry_out, execute, obstacle, options, planned, standings};

fn local(dir: &std::path::Path, name: &str) -> Options {
    options(dir, Provider::Local(Local { admin: admin() }), name)
}

#[tokio::test]
async fn a_role_that_logs_in_by_scram_owns_an_empty_utf8_database() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let options = local(dir.path(), "local_fresh");
    let first = planned(&options).await.unwrap();
    assert_eq!(standings(&first).len(), 4);
    assert!(first.steps.iter().all(|step| step.standing == Standing::ToDo && step.assuming.is_none()));
    let summary = carry_out(dir.path(), &options).await.unwrap();
    assert_eq!((summary.applied.len(), summary.already_so.len()), (3, 1), "{summary:?}");

    let kept = stored(&options.credentials_file).unwrap().unwrap();
    assert_eq!((kept.proof, kept.target.user.as_str()), (Proof::Proved, "local_fresh röle"));
    assert_eq!(ask(&kept.target, "select current_user::text").await, "local_fresh röle");
    assert_eq!(
        ask(
            &kept.target,
            "select pg_encoding_to_char(encoding)::text from pg_database where datname = current_database()"
        )
        .await,
        "UTF8"
    );
    execute(&kept.target, "create table t (id int); create schema staging; drop schema staging; drop table t").await;
    let rights = "select concat(rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls) from pg_roles where rolname = current_user";
    assert_eq!(ask(&kept.target, rights).await, "fffff");
    let verifier = "select left(rolpassword, 14) from pg_authid where rolname = 'local_fresh röle'";
    assert_eq!(ask(&admin(), verifier).await, "SCRAM-SHA-256$");
    let wrong = as_role(&kept.target, &kept.target.user, "wrong");
    let refused = autobot_db::Target::new(wrong).connect().await.unwrap_err();
    assert!(matches!(refused, TargetError::Refused { .. }), "{refused}");
}

#[tokio::test]
async fn the_second_time_all_is_so_and_nothing_changes() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let options = local(dir.path(), "local_twice");
    carry_out(dir.path(), &options).await.unwrap();
    let before = testkit::tree_hash(dir.path());
    let again = planned(&options).await.unwrap();
    assert!(again.is_done(), "{:?}", standings(&again));
    let summary = carry_out(dir.path(), &options).await.unwrap();
    assert!(summary.applied.is_empty());
    assert_eq!(testkit::tree_hash(dir.path()), before);
}

#[tokio::test]
async fn planning_changes_nothing() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let options = local(dir.path(), "local_dry");
    let before = testkit::tree_hash(dir.path());
    planned(&options).await.unwrap();
    assert_eq!(testkit::tree_hash(dir.path()), before);
    let roles = "select count(*)::text from pg_roles where rolname like 'local_dry%'";
    assert_eq!(ask(&admin(), roles).await, "0");
}

#[tokio::test]
async fn a_run_cut_off_after_writing_the_password_goes_on_with_it() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let options = local(dir.path(), "local_cut");
    carry_out(dir.path(), &options).await.unwrap();
    let kept = stored(&options.credentials_file).unwrap().unwrap();
    // As if killed before the role got the password that was written down.
    execute(&admin(), "alter role \"local_cut röle\" password 'another'").await;
    let plan = planned(&options).await.unwrap();
    assert_eq!(plan.steps[0].standing, Standing::PartDone);
    carry_out(dir.path(), &options).await.unwrap();
    assert_eq!(stored(&options.credentials_file).unwrap().unwrap(), kept);
    assert_eq!(ask(&kept.target, "select 'in'::text").await, "in");
}

#[tokio::test]
async fn a_given_password_is_used_as_it_is() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let hostile = "p#@:/?%& '\"\\ $x ñ";
    let options = Options { password: Some(Secret::new(hostile)), ..local(dir.path(), "local_given") };
    carry_out(dir.path(), &options).await.unwrap();
    let kept = stored(&options.credentials_file).unwrap().unwrap();
    assert_eq!(kept.target.password.as_ref().unwrap().expose(), hostile);
    assert_eq!(ask(&kept.target, "select 'in'::text").await, "in");
    let journal = std::fs::read_to_string(dir.path().join("journal.jsonl")).unwrap();
    assert!(!journal.contains("p#@") && !journal.contains("p%23"));
}

#[tokio::test]
async fn a_role_of_somebody_else_is_not_touched() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let unknown = local(dir.path(), "local_taken");
    execute(&admin(), "create role \"local_taken röle\" login password 'theirs'").await;
    assert!(matches!(obstacle(dir.path(), &unknown).await, Error::RoleTaken { role } if role == "local_taken röle"));
    let wrong = Options { password: Some(Secret::new("guessed")), ..unknown.clone() };
    let error = obstacle(dir.path(), &wrong).await;
    assert!(matches!(error, Error::WrongPassword { .. }) && error.hint().is_some());
    assert!(!format!("{error} {error:?}").contains("guessed"));
    let right = Options { password: Some(Secret::new("theirs")), ..unknown };
    carry_out(dir.path(), &right).await.unwrap();
}

#[tokio::test]
async fn a_database_with_rows_is_refused_by_name_and_kept_by_undo() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let options = local(dir.path(), "local_full");
    carry_out(dir.path(), &options).await.unwrap();
    let kept = stored(&options.credentials_file).unwrap().unwrap().target;
    execute(&kept, "create table empty (id int); create table \"Message\" as select 1 as id").await;
    let error = obstacle(dir.path(), &options).await;
    assert_eq!(error.to_string(), "schema `public` of database `local_full \"db\"` is not empty: `Message`");
    let later = Options { expect: Expect::Anything, ..options.clone() };
    assert!(planned(&later).await.unwrap().is_done());

    let change = Change::CreateDatabase { database: options.database.clone(), owner: options.role.clone() };
    let made = Outcome::with_facts("made", json!({ "created": true }));
    let mut executor = Provisioner::new(later);
    assert!(matches!(executor.undo(&change, &made).await, Err(Error::Kept { .. })));
    execute(&kept, "drop table \"Message\"").await;
    executor.undo(&change, &made).await.unwrap();
    executor.undo(&change, &made).await.unwrap();
    executor.undo(&Change::CreateRole { role: options.role.clone() }, &made).await.unwrap();
    let left = "select count(*)::text from pg_database where datname like 'local_full%'";
    assert_eq!(ask(&admin(), left).await, "0");
}

#[tokio::test]
async fn rights_in_a_database_of_somebody_else_are_granted() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let mut options = local(dir.path(), "local_grant");
    let database = testkit::database().await;
    options.database = Name::new(database.name.clone()).unwrap();
    let plan = planned(&options).await.unwrap();
    assert_eq!(plan.steps[1].standing, Standing::AlreadySo);
    carry_out(dir.path(), &options).await.unwrap();
    let kept = stored(&options.credentials_file).unwrap().unwrap().target;
    execute(&kept, "create table public.t (id int); create schema staging").await;
    // For the role to own nothing when the database goes.
    execute(&admin().with_database(&database.name), "drop owned by \"local_grant röle\"").await;
}

#[tokio::test]
async fn a_database_of_another_encoding_is_refused() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let options = local(dir.path(), "local_ascii");
    execute(&admin(), "create database \"local_ascii \"\"db\"\"\" template template0 encoding 'SQL_ASCII' locale 'C'")
        .await;
    let error = obstacle(dir.path(), &options).await;
    assert!(matches!(&error, Error::Encoding { encoding, .. } if encoding == "SQL_ASCII"), "{error}");
}

#[tokio::test]
async fn an_administrator_who_may_do_nothing_is_told_so() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    execute(&admin(), "create role powerless login password 'x'").await;
    let mut options = local(dir.path(), "local_powerless");
    options.provider = Provider::Local(Local { admin: as_role(&admin(), "powerless", "x") });
    let error = obstacle(dir.path(), &options).await;
    assert_eq!(error.to_string(), "role `powerless` lacks the right to create roles");

    execute(&admin(), "create role half login createrole createdb password 'x'").await;
    options.provider = Provider::Local(Local { admin: as_role(&admin(), "half", "x") });
    carry_out(dir.path(), &options).await.unwrap();
}

#[tokio::test]
async fn no_server_wrong_password_and_no_database_have_their_words() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let mut options = local(dir.path(), "local_unreachable");
    let mut nowhere = admin();
    nowhere.port = 1;
    options.provider = Provider::Local(Local { admin: nowhere });
    let error = obstacle(dir.path(), &options).await;
    assert!(matches!(error, Error::Target(TargetError::NoServer { .. })) && error.hint().is_some(), "{error}");
    options.provider = Provider::Local(Local { admin: as_role(&admin(), "postgres", "s3cret") });
    let error = obstacle(dir.path(), &options).await;
    assert!(matches!(error, Error::Target(TargetError::Refused { .. })) && error.hint().is_some(), "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    options.provider = Provider::Local(Local { admin: admin().with_database("nowhere") });
    let error = obstacle(dir.path(), &options).await;
    assert!(matches!(error, Error::Target(TargetError::NoDatabase { .. })), "{error}");
}
