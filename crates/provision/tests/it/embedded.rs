//! Provider `embedded`: from nothing to a target.

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
    let embedded = Embedded {
        dir: dir.path().join("server"),
        programs: None,
        path_env: std::env::var_os("PATH"),
        download_dir: dir.path().join("programs"),
        port: None,
        settings: vec![("fsync".to_owned(), "off".to_owned())],
    };
    let options = options(dir.path(), Provider::Embedded(embedded.clone()), "embedded");
    (dir, options, Stopping(embedded))
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
