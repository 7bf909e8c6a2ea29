//! Dump and restore through `docker exec`: a program that writes its arguments down and runs the rest.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use autobot_plan::{Scope, Silent, Stop};
use autobot_provision::dump::{DumpOptions, Onto, RestoreOptions, Via, create, restore};
use autobot_testkit as testkit;

use super::{CONTENT, options};

/// A container that has the server on its socket, as the real one has.
fn container(dir: &Path) -> Via {
    let connection = testkit::cluster().connection().unwrap();
    let bin = testkit::programs().unwrap().bin_dir().display();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$*\" >> {}/calls\n\
         while [ \"$1\" != autobot-postgres ]; do shift; done\nshift\nprogram=$1\nshift\n\
         PGHOST={} PGPORT={} exec {bin}/$program \"$@\"\n",
        dir.display(),
        connection.host,
        connection.port
    );
    let docker = dir.join("docker");
    std::fs::write(&docker, script).unwrap();
    std::fs::set_permissions(&docker, std::fs::Permissions::from_mode(0o755)).unwrap();
    Via::Container { docker, container: "autobot-postgres".to_owned() }
}

#[tokio::test]
async fn through_the_container_and_back() {
    testkit::skip_without_postgres!();
    let (source, target) = (testkit::database().await, testkit::database().await);
    source.execute(CONTENT).await;
    let dir = tempfile::tempdir().unwrap();
    let via = container(dir.path());
    let stop = Stop::new();
    let scope = Scope { id: "dump", observer: &Silent, stop: &stop };
    let dumping = DumpOptions { via: via.clone(), ..options(&source.url, &dir.path().join("backups"), 1_800_000_000) };
    let backup = create(&dumping, &scope).await.unwrap();
    let restoring = RestoreOptions { target: target.url.parse().unwrap(), via, from: backup.path, onto: Onto::Empty };
    restore(&restoring, &scope).await.unwrap();
    assert_eq!(testkit::database_hash(&target.url).await, testkit::database_hash(&source.url).await);

    let calls = std::fs::read_to_string(dir.path().join("calls")).unwrap();
    let begun = "exec -i -e PGUSER -e PGDATABASE -e PGPASSWORD -e PGAPPNAME autobot-postgres";
    let lines: Vec<&str> = calls.lines().collect();
    assert!(lines[0].starts_with(&format!("{begun} pg_dump --format=plain")), "{calls}");
    assert!(lines[1].starts_with(&format!("{begun} psql --no-psqlrc")), "{calls}");
    assert!(!calls.contains("testkit"), "no password is an argument: {calls}");
}
