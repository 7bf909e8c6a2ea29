//! Where PostgreSQL comes from: a server that is installed, one of our own, none at all.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use autobot_sample::{Sample, SampleOptions, make};
use autobot_testkit::url;
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;

use crate::checkout::{WORK_DIR, lines};
use crate::listing::Listing;
use crate::program::{Ran, autobot};

/// A password that has to be encoded in a URL, quoted in `.env`, and escaped in SQL.
const PASSWORD: &str = r#"p#a@s:s/w?o%r&d "ñ" $HOME \ 'x'"#;

/// `local`: role and database are made over an administrator's connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_installed() {
    autobot_testkit::skip_without_postgres!();
    let admin = url("postgres");
    let app = App::new("local_one", "");
    let ran = |arguments: &[&str]| {
        let mut command = app.command(arguments);
        Ran::of(command.env("AUTOBOT_ADMIN_URL", &admin).env("AUTOBOT_DB_PASSWORD", PASSWORD))
    };
    ran(&["plan"]).exits(0).says("local_one").hides("w?o%r");
    for phase in 1..=6 {
        ran(&["phase", &phase.to_string()]).exits(0).hides("w?o%r").hides("w%3Fo%25r").hides("testkit");
        let before = Listing::of(&app.sample.root, &[]);
        ran(&["phase", &phase.to_string()]).exits(0);
        Listing::of(&app.sample.root, &[]).same_as(&before, &format!("second run of phase {phase}"));
    }
    // The application gets in with what stands in its .env, as an ordinary role.
    let written = fs::read_to_string(&app.sample.env_file).unwrap();
    let given = written.lines().find_map(|line| line.strip_prefix("DATABASE_URL=")).unwrap().trim_matches('"');
    let given = given.split('?').next().unwrap();
    let mut connection = PgConnection::connect(given).await.unwrap();
    let rows: i64 = sqlx::query_scalar(r#"select count(*) from "Message""#).fetch_one(&mut connection).await.unwrap();
    assert_eq!(rows, 48);
    let rights = "select (rolsuper or rolcreaterole or rolbypassrls)::text || left(rolpassword, 13)
        from pg_authid where rolname = 'local_one'";
    assert_eq!(lines(&admin, rights).await, ["falseSCRAM-SHA-256"]);
    connection.close().await.unwrap();
    drop_role_and_database(&admin, "local_one").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generated_password_is_kept_and_shown_nowhere() {
    autobot_testkit::skip_without_postgres!();
    let admin = url("postgres");
    let app = App::new("local_two", "");
    let ran = Ran::of(app.command(&["-vv", "migrate"]).env("AUTOBOT_ADMIN_URL", &admin)).exits(0);
    let written = fs::read_to_string(&app.sample.env_file).unwrap();
    let password = written.split("local_two:").nth(1).unwrap().split('@').next().unwrap();
    assert!(password.len() >= 20, "a short password was generated");
    ran.hides(password);
    let found = Listing::of(&app.sample.root, &[]).0.into_keys().filter(|path| {
        let bytes = fs::read(app.sample.root.join(path)).unwrap_or_default();
        bytes.windows(password.len()).any(|window| window == password.as_bytes())
    });
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    assert_eq!(found, [PathBuf::from(WORK_DIR).join("target.secret"), PathBuf::from("server/.env")]);
    drop_role_and_database(&admin, "local_two").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_is_none() {
    autobot_testkit::skip_without_postgres!();
    let app = App::new("local_three", "");
    let before = Listing::of(&app.sample.root, &[WORK_DIR]);
    app.run(&["migrate"]).exits(6).says("AUTOBOT_ADMIN_URL");
    let wrong = url("postgres").replace(":testkit@", ":geheim@");
    Ran::of(app.command(&["migrate"]).env("AUTOBOT_ADMIN_URL", &wrong)).exits(6).says("password").hides("geheim");
    Listing::of(&app.sample.root, &[WORK_DIR]).same_as(&before, "no administrator");
}

/// A server that somebody else runs, its password given once: a scheduled backup finds it again.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_somebody_elses() {
    autobot_testkit::skip_without_postgres!();
    let database = autobot_testkit::database().await;
    let bare = database.url.replace(":testkit@", "@");
    assert_ne!(bare, database.url);
    let app = App::with_settings(&format!("[target]\nprovider = \"existing\"\nurl = \"{bare}\"\n"));
    Ran::of(app.command(&["migrate"]).env("AUTOBOT_DB_PASSWORD", "testkit")).exits(0);
    for later in ["backup", "monitor", "verify"] {
        app.run(&[later]).exits(0);
    }
}

/// The private server: made once, its phases run again change nothing, and it is started again when it was stopped.
#[test]
fn a_server_of_our_own() {
    autobot_testkit::skip_without_postgres!();
    let app = App::with_settings("lang = \"es\"\n");
    for phase in 1..=6 {
        app.run(&["phase", &phase.to_string()]).exits(0);
        let before = app.without_cluster();
        app.run(&["phase", &phase.to_string()]).exits(0);
        app.without_cluster().same_as(&before, &format!("second run of phase {phase}"));
    }
    app.run(&["server", "stop"]).exits(0);
    app.run(&["server", "status"]).exits(0).says("parado");
    app.run(&["verify"]).exits(0);
    app.run(&["server", "stop"]).exits(0);
    let before = app.without_cluster();
    // A dry run does not even start a server; it says what does.
    app.run(&["plan"]).exits(6).says("autobot server start");
    app.without_cluster().same_as(&before, "plan beside a stopped server");
    app.run(&["backup"]).exits(0);
    app.run(&["rollback", "sqlite"]).exits(0);
    app.run(&["server", "stop"]);
}

/// Without Docker, `docker` says so before anything is touched.
#[cfg(unix)]
#[test]
fn docker_that_is_not_there() {
    autobot_testkit::skip_without_postgres!();
    let app = App::with_settings("[target]\nprovider = \"docker\"\n");
    let empty = tempfile::tempdir().unwrap();
    let before = Listing::of(&app.sample.root, &[WORK_DIR]);
    let ran = Ran::of(app.command(&["phase", "2", "--dry-run"]).env("PATH", empty.path())).exits(6);
    ran.says("docker").says("hint: ");
    Ran::of(app.command(&["migrate"]).env("PATH", empty.path())).exits(6).says("docker");
    Listing::of(&app.sample.root, &[WORK_DIR]).same_as(&before, "no docker");
}

/// Two checkouts that are sent to one database: the second finds it held, or not empty; it never mixes rows in.
#[tokio::test(flavor = "multi_thread")]
async fn two_autobots_for_one_database() {
    autobot_testkit::skip_without_postgres!();
    let database = autobot_testkit::database().await;
    let apps = [1, 2].map(|seed| App::of(&SampleOptions { seed, ..SampleOptions::messages(3000) }));
    let children = apps.each_ref().map(|app| {
        let mut command: Command = app.command(&["--target", &database.url, "migrate"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
    });
    let ran = children.map(Ran::waited);
    let codes = ran.each_ref().map(|ran| ran.code);
    assert!(codes.contains(&0) && codes.iter().any(|code| [6, 10].contains(code)), "{ran:#?}");
    let count = lines(&database.url, r#"select count(*)::text from "Message""#).await;
    assert_eq!(count, ["3000"], "{ran:#?}");
    let winner = &apps[usize::from(codes[0] != 0)];
    winner.run(&["--target", &database.url, "verify"]).exits(0).says("equal");
}

/// A sample with a settings file of its own.
struct App {
    sample: Sample,
    settings: PathBuf,
    _dir: TempDir,
}

impl App {
    /// Provider `local`, with role and database of this name.
    fn new(name: &str, more: &str) -> Self {
        let server = autobot_testkit::url("postgres");
        let port = server.rsplit(':').next().unwrap().split('/').next().unwrap();
        Self::with_settings(&format!(
            "[target]\nprovider = \"local\"\nhost = \"127.0.0.1\"\nport = {port}\nuser = \"{name}\"\n\
             database = \"{name}\"\n{more}"
        ))
    }

    fn with_settings(text: &str) -> Self {
        let app = Self::of(&SampleOptions::small());
        fs::write(&app.settings, text).unwrap();
        app
    }

    fn of(options: &SampleOptions) -> Self {
        let dir = tempfile::Builder::new().prefix("autobot-it-").tempdir().unwrap();
        let sample = make(&dir.path().join("AutoBOT"), options).unwrap();
        let settings = dir.path().join("settings.toml");
        fs::write(&settings, "").unwrap();
        Self { sample, settings, _dir: dir }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = autobot();
        command.arg("--app").arg(&self.sample.root).arg("--config").arg(&self.settings).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// All files but those that a running server writes.
    fn without_cluster(&self) -> Listing {
        Listing::of(&self.sample.root, &[&format!("{WORK_DIR}/postgres")])
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // An embedded server must not outlive its directory.
        if self.sample.root.join(WORK_DIR).join("postgres").exists() {
            let _ = self.command(&["server", "stop"]).output();
        }
    }
}

async fn drop_role_and_database(admin: &str, name: &str) {
    let mut connection = PgConnection::connect(admin).await.unwrap();
    for sql in [format!("drop database {name} with (force)"), format!("drop role {name}")] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    }
}
