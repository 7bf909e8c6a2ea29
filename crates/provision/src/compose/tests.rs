use std::collections::BTreeMap;
use std::time::Duration;

use super::environment::{interpolate, parse};
use super::*;

/// The compose file of the plan, with a service of the application beside it.
const PLAN: &str = r#"
version: "3.8"
services:
  postgres:
    image: postgres:15-alpine
    ports:
      - "5432:5432"
    environment:
      - POSTGRES_USER=postgres
      - POSTGRES_PASSWORD=postgres
      - POSTGRES_DB=autobot
  server:
    build: ./server
    ports: ["3000:3000"]
volumes:
  data:
"#;

fn docker(dir: &Path) -> Docker {
    Docker {
        project_dir: dir.to_owned(),
        compose_file: None,
        service: None,
        path_env: None,
        environment: BTreeMap::new(),
        wait: Duration::from_secs(1),
    }
}

fn find(text: &str) -> Result<Service> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("docker-compose.yml"), text).unwrap();
    std::fs::write(dir.path().join(".env"), "DB_PASSWORD='from .env'\nPORT=5544\n").unwrap();
    std::fs::write(dir.path().join("db.env"), "POSTGRES_DB=from_file\n").unwrap();
    Service::find(&docker(dir.path()))
}

#[test]
fn the_compose_file_of_the_plan() {
    let service = find(PLAN).unwrap();
    assert_eq!((service.name.as_str(), service.image.as_str()), ("postgres", "postgres:15-alpine"));
    assert_eq!(service.admin(), "postgresql://postgres:postgres@localhost:5432/autobot".parse().unwrap());
    let inside = service.inside(&"postgresql://bot:x@localhost:5432/autobot".parse().unwrap());
    assert_eq!(inside, "postgresql://bot:x@postgres:5432/autobot".parse().unwrap());
}

#[track_caller]
fn check(service: &str, expected: &str) {
    let text = format!("services:\n  db:\n    image: registry.test:5000/library/postgres:16\n{service}");
    let found = find(&text).unwrap().admin();
    assert_eq!(found.expose().expose(), expected);
}

#[test]
fn every_way_of_writing_it() {
    check(
        "    ports: [5433:5432]\n    environment:\n      POSTGRES_PASSWORD: 0123\n",
        "postgresql://postgres:0123@localhost:5433/postgres?schema=public",
    );
    check(
        "    ports:\n      - target: 5432\n        published: \"${PORT}\"\n        host_ip: 127.0.0.1\n    environment: {POSTGRES_USER: bot, POSTGRES_PASSWORD: '${DB_PASSWORD:-no}'}\n",
        "postgresql://bot:from%20.env@127.0.0.1:5544/bot?schema=public",
    );
    check(
        "    network_mode: host\n    env_file: db.env\n    environment: [PGPORT=6000, DB_PASSWORD, 'POSTGRES_PASSWORD=a$$b=c']\n",
        "postgresql://postgres:a%24b%3Dc@localhost:6000/from_file?schema=public",
    );
    check(
        "    ports: [\"127.0.0.1:${NONE:-5599}:5432/tcp\"]\n    env_file: [{path: db.env, required: true}]\n",
        "postgresql://postgres@127.0.0.1:5599/from_file?schema=public",
    );
}

#[test]
fn what_is_not_there_is_named() {
    let said = |text: &str| find(text).unwrap_err();
    assert!(matches!(said("services: {}"), Error::ComposeService { found, .. } if found.starts_with("no service")));
    let two = "services: {a: {image: postgres}, b: {image: 'postgis/postgis:15'}}";
    assert!(matches!(said(two), Error::ComposeService { found, .. } if found.contains("`a`, `b`")));
    let closed = "services: {a: {image: postgres, ports: ['80:80', '5432']}}";
    assert!(matches!(said(closed), Error::ComposePort { port: 5432, .. }));
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Service::find(&docker(dir.path())), Err(Error::NoComposeFile { .. })));
}

#[test]
fn a_broken_file_is_placed_and_not_quoted() {
    let error = find("services:\n  db:\n    environment: [POSTGRES_PASSWORD=s3cret\n  x: y").unwrap_err();
    assert!(error.to_string().contains("line "), "{error}");
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[test]
fn variables_in_every_form() {
    let variables = parse("A=one\nexport B=\"two words\" # said\nEMPTY=\n#C=three\nD=four # said\n");
    for (text, expected) in [
        ("$A-${B}", "one-two words"),
        ("${C:-x}${EMPTY:-y}${EMPTY-z}${C-w}", "xyw"),
        ("${C:-${A}}", "one"),
        ("${A:+set}${C:+set}${D}", "setfour"),
        ("$$A costs 5$ ${unclosed", "$A costs 5$ ${unclosed"),
    ] {
        assert_eq!(interpolate(text, &variables), expected, "{text}");
    }
}
