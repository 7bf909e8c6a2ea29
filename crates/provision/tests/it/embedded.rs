//! Provider `embedded`: from nothing to a target.

use std::path::Path;

use autobot_plan::Standing;
use autobot_provision::{Embedded, Error, Options, Provider, embedded_cluster, stored};
use autobot_testkit as testkit;

use crate::ground::{ask, carry_out, obstacle, options, planned, standings};

/// Stops the server even when the test fails.
struct Stopping(Embedded);

impl Drop for Stopping {
    fn drop(&mut self) {
        if let Ok(mut cluster) = embedded_cluster(&self.0) {
            let _ = cluster.stop();
        }
    }
}

fn ground() -> (tempfile::TempDir, Options, Stopping) {
    let dir = tempfile::tempdir().unwrap();
    let (options, embedded) = embedded_options(dir.path());
    (dir, options, Stopping(embedded))
}

fn embedded_options(dir: &Path) -> (Options, Embedded) {
    let embedded = Embedded {
        dir: dir.join("server"),
        programs: None,
        path_env: std::env::var_os("PATH"),
        download_dir: dir.join("programs"),
        port: None,
        settings: vec![("fsync".to_owned(), "off".to_owned())],
    };
    (options(dir, Provider::Embedded(embedded.clone()), "embedded"), embedded)
}

#[tokio::test]
async fn from_nothing_to_a_target_and_again_after_a_stop() {
    testkit::skip_without_postgres!();
    let (dir, options, server) = ground();
    let before = testkit::tree_hash(dir.path());
    let plan = planned(&options).await.unwrap();
    assert_eq!(testkit::tree_hash(dir.path()), before);
    let ids: Vec<String> = standings(&plan).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids[..2], ["make_cluster", "start_server"]);
    assert_eq!(ids.len(), 6);
    assert!(plan.steps[2..].iter().all(|step| step.assuming.is_some()));

    carry_out(dir.path(), &options).await.unwrap();
    let kept = stored(&options.credentials_file).unwrap().unwrap();
    assert_eq!(ask(&kept.target, "select 'in'::text").await, "in");
    assert!(planned(&options).await.unwrap().is_done());

    embedded_cluster(&server.0).unwrap().stop().unwrap();
    let plan = planned(&options).await.unwrap();
    assert_eq!((plan.steps[0].standing, plan.steps[1].standing), (Standing::AlreadySo, Standing::ToDo));
    let summary = carry_out(dir.path(), &options).await.unwrap();
    assert_eq!((summary.applied.len(), summary.already_so.len()), (1, 5));
    assert_eq!(stored(&options.credentials_file).unwrap().unwrap(), kept);
}

#[tokio::test]
async fn a_folder_with_something_else_in_it_is_refused() {
    testkit::skip_without_postgres!();
    let (dir, options, server) = ground();
    std::fs::create_dir(&server.0.dir).unwrap();
    std::fs::write(server.0.dir.join("cat.jpg"), "").unwrap();
    let error = obstacle(dir.path(), &options).await;
    assert!(matches!(&error, Error::Embedded { .. }) && error.hint().is_some(), "{error}");
}

/// Set in the copy of this test binary that is killed: the folder to work in.
const KILLED: &str = "AUTOBOT_PROVISION_TEST_DIR";
/// When the copies are killed, in milliseconds: in `initdb`, before and in the first start, in SQL.
const KILL_AT_MS: &[u64] = &[30, 600, 1300, 2100];

#[tokio::test]
async fn killed_anywhere_and_run_again_it_ends_as_if_never_killed() {
    testkit::skip_without_postgres!();
    if let Some(dir) = std::env::var_os(KILLED) {
        let dir = std::path::PathBuf::from(dir);
        carry_out(&dir, &embedded_options(&dir).0).await.unwrap();
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let (options, embedded) = embedded_options(dir.path());
    let server = Stopping(embedded);
    for moment in KILL_AT_MS {
        let name = "embedded::killed_anywhere_and_run_again_it_ends_as_if_never_killed";
        let mut copy = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact"])
            .env(KILLED, dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(*moment));
        copy.kill().unwrap();
        copy.wait().unwrap();
    }
    carry_out(dir.path(), &options).await.unwrap();
    let kept = stored(&options.credentials_file).unwrap().unwrap();
    assert_eq!(ask(&kept.target, "select 'in'::text").await, "in");
    assert!(planned(&options).await.unwrap().is_done());
    // The port that the application was told is the one of the next start.
    embedded_cluster(&server.0).unwrap().stop().unwrap();
    carry_out(dir.path(), &options).await.unwrap();
    assert_eq!(stored(&options.credentials_file).unwrap().unwrap(), kept);
}
