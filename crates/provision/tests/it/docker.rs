//! Provider `docker`: the exact command lines, given to a program that writes them down, and the same road then taken
//! to a real server behind the "published" port.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use autobot_plan::Standing;
use autobot_provision::{Docker, Error, Options, Provider, stored};
use autobot_testkit as testkit;

use crate::ground::{admin, ask, carry_out, obstacle, options, planned};

/// Writes down its arguments; its container is made by `up`, and healthy at the second look.
const DOCKER: &str = r#"#!/bin/sh
dir=$(dirname "$0")
printf '%s\n' "$*" >> "$dir/calls"
case "$*" in
    *version*) exit 0 ;;
    *" up -d "*) [ -e "$dir/broken" ] && { echo "pull access denied" >&2; exit 1; }; touch "$dir/made" ;;
    *" ps "*) [ -e "$dir/made" ] && echo 0123abcd ;;
    inspect*)
        if [ -e "$dir/dead" ]; then echo '{"Status":"exited"}'
        elif [ -e "$dir/looked" ]; then echo '{"Status":"running","Health":{"Status":"healthy"}}'
        else touch "$dir/looked"; echo '{"Status":"running","Health":{"Status":"starting"}}'; fi ;;
    *" logs "*) echo "the last log line" ;;
esac
exit 0
"#;

fn script(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A project whose compose file publishes the test server's port, and a folder with the recording program.
fn ground(name: &str, program: &str) -> (tempfile::TempDir, Options) {
    let dir = tempfile::tempdir().unwrap();
    let bin = dir.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    script(&bin.join(program), DOCKER);
    let compose = format!(
        "services:\n  postgres:\n    image: postgres:15-alpine\n    ports: [\"{}:5432\"]\n    environment:\n      \
         - POSTGRES_USER=postgres\n      - POSTGRES_PASSWORD={}\n      - POSTGRES_DB=postgres\n",
        admin().port,
        admin().password.unwrap().expose()
    );
    std::fs::write(dir.path().join("docker-compose.yml"), compose).unwrap();
    let docker = Docker {
        project_dir: dir.path().to_owned(),
        compose_file: None,
        service: None,
        path_env: Some(std::env::join_paths([bin.as_path(), Path::new("/usr/bin"), Path::new("/bin")]).unwrap()),
        environment: BTreeMap::new(),
        wait: Duration::from_secs(5),
    };
    let options = options(dir.path(), Provider::Docker(docker), name);
    (dir, options)
}

fn calls(dir: &Path) -> Vec<String> {
    std::fs::read_to_string(dir.join("bin/calls")).unwrap_or_default().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_service_is_started_waited_for_and_provided_with_a_role() {
    testkit::skip_without_postgres!();
    let (dir, options) = ground("docker_fresh", "docker");
    let plan = planned(&options).await.unwrap();
    assert!(plan.steps[1..].iter().all(|step| step.assuming.is_some()));
    assert_eq!(calls(dir.path()), ["compose version", "compose ps -a -q postgres"]);
    assert_eq!(plan.steps[0].standing, Standing::ToDo);

    carry_out(dir.path(), &options).await.unwrap();
    let started: Vec<String> =
        calls(dir.path()).into_iter().skip_while(|call| call != "compose up -d postgres").collect();
    assert_eq!(
        started[..5],
        [
            "compose up -d postgres",
            "compose ps -a -q postgres",
            "inspect --format {{json .State}} 0123abcd",
            "compose ps -a -q postgres",
            "inspect --format {{json .State}} 0123abcd",
        ]
    );
    let kept = stored(&options.credentials_file).unwrap().unwrap();
    assert_eq!(ask(&kept.target, "select 'in'::text").await, "in");
    let inside = kept.inside_container.unwrap();
    assert_eq!((inside.host.as_str(), inside.port), ("postgres", 5432));
    assert_eq!(inside.password, kept.target.password);
    assert!(planned(&options).await.unwrap().is_done());
    assert_eq!(calls(dir.path()).iter().filter(|call| call.contains("up -d")).count(), 1);
}

#[tokio::test]
async fn a_dead_container_shows_its_log_and_a_failed_start_its_words() {
    testkit::skip_without_postgres!();
    let (dir, options) = ground("docker_dead", "docker");
    std::fs::write(dir.path().join("bin/dead"), "").unwrap();
    let error = obstacle(dir.path(), &options).await;
    let text = error.to_string();
    assert!(
        matches!(error, Error::NotHealthy { .. }) && text.contains("exited") && text.contains("last log line"),
        "{text}"
    );

    let (dir, options) = ground("docker_broken", "docker");
    std::fs::write(dir.path().join("bin/broken"), "").unwrap();
    let text = obstacle(dir.path(), &options).await.to_string();
    assert!(
        text.starts_with("`docker compose up -d postgres` failed") && text.contains("pull access denied"),
        "{text}"
    );
}

#[tokio::test]
async fn the_older_program_and_a_file_elsewhere_will_do() {
    testkit::skip_without_postgres!();
    let (dir, mut options) = ground("docker_older", "docker-compose");
    std::fs::create_dir(dir.path().join("ops")).unwrap();
    std::fs::rename(dir.path().join("docker-compose.yml"), dir.path().join("ops/pg.yml")).unwrap();
    if let Provider::Docker(docker) = &mut options.provider {
        docker.compose_file = Some("ops/pg.yml".into());
        docker.path_env = Some(dir.path().join("bin").into());
    }
    // The program's own helpers are found where the path of the system is.
    let script_with_path = DOCKER.replacen("dir=", "PATH=/usr/bin:/bin\ndir=", 1);
    script(&dir.path().join("bin/docker-compose"), &script_with_path);
    carry_out(dir.path(), &options).await.unwrap();
    let file = dir.path().join("ops/pg.yml").display().to_string();
    assert!(calls(dir.path()).contains(&format!("-f {file} up -d postgres")), "{:?}", calls(dir.path()));
}

#[tokio::test]
async fn without_docker_it_says_so() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("compose.yaml"), "services: {db: {image: postgres, ports: ['5432:5432']}}").unwrap();
    let docker = Docker {
        project_dir: dir.path().to_owned(),
        compose_file: None,
        service: None,
        path_env: Some(dir.path().into()),
        environment: BTreeMap::new(),
        wait: Duration::from_secs(1),
    };
    let options = options(dir.path(), Provider::Docker(docker), "docker_none");
    let error = obstacle(dir.path(), &options).await;
    assert!(matches!(error, Error::NoDocker) && error.hint().is_some());
}
