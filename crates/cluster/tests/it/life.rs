//! Init, start, stop, and what is in the way.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use autobot_cluster::{
    Auth, ClosedFolders, Cluster, ClusterOptions, Durability, Error, Programs, Started, State, Stopped,
};

/// A directory that everybody can pass through; a server in it is stopped even when the test fails.
struct Ground {
    dir: tempfile::TempDir,
    programs: Programs,
}

impl Ground {
    fn path(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        for dir in ["server", "closed/server"] {
            if let Ok(mut left) = Cluster::open(&self.path().join(dir), self.programs.clone()) {
                let _ = left.stop();
            }
        }
    }
}

/// Where to test, and the programs; none where PostgreSQL is not installed.
fn ground() -> Option<(Ground, Programs)> {
    let programs = match Programs::find(None, std::env::var_os("PATH").as_deref()) {
        Ok(programs) => programs,
        Err(error) if std::env::var_os("AUTOBOT_TEST_REQUIRE_PG").is_some() => panic!("{error}"),
        Err(_) => {
            println!("skipped: no PostgreSQL");
            return None;
        }
    };
    let dir = tempfile::tempdir().unwrap();
    open_to_all(dir.path());
    Some((Ground { dir, programs: programs.clone() }, programs))
}

#[cfg(unix)]
fn open_to_all(dir: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn open_to_all(_dir: &Path) {}

fn options() -> ClusterOptions {
    ClusterOptions {
        superuser: "boss".to_owned(),
        password: "it's a 'secret'".to_owned(),
        auth: Auth::Scram,
        port: None,
        socket_dir: None,
        durability: Durability::Fast,
        settings: vec![("application_name".to_owned(), "it's \\ us".to_owned())],
        run_as: None,
        closed_folders: ClosedFolders::Refuse,
    }
}

/// Asks the server through `psql`.
fn ask(cluster: &Cluster, password: &str, sql: &str) -> Result<String, String> {
    let connection = cluster.connection().unwrap();
    let output = Command::new(cluster.programs().path("psql"))
        .args(["--no-psqlrc", "--no-password", "--tuples-only", "--no-align", "--command", sql])
        .env("PGPASSWORD", password)
        .env("PGHOST", &connection.host)
        .env("PGPORT", connection.port.to_string())
        .env("PGUSER", &connection.user)
        .env("PGDATABASE", "postgres")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

#[test]
fn a_server_lives_is_stopped_and_keeps_its_port() {
    let Some((ground, programs)) = ground() else { return };
    let dir = ground.path().join("server");
    let mut cluster = Cluster::init(&dir, programs.clone(), &options()).unwrap();
    assert_eq!(cluster.state(), State::Stopped);
    assert_eq!(cluster.start().unwrap(), Started::Now);
    assert_eq!(cluster.start().unwrap(), Started::Already);
    let State::Running { port, .. } = cluster.state() else { panic!("{:?}", cluster.state()) };
    let asked = "select current_setting('server_encoding'), current_setting('application_name'), current_user";
    assert!(ask(&cluster, "wrong", asked).unwrap_err().contains("password authentication failed"));
    assert!(ask(&cluster, &options().password, "show server_encoding").unwrap().contains("UTF8"));
    assert_eq!(ask(&cluster, &options().password, "show password_encryption").unwrap(), "scram-sha-256");

    assert_eq!(cluster.stop().unwrap(), Stopped::Now);
    assert_eq!(cluster.stop().unwrap(), Stopped::Already);
    assert_eq!(cluster.state(), State::Stopped);

    let mut again = Cluster::init(&dir, programs, &options()).unwrap();
    assert_eq!(again.connection().unwrap().port, port);
    assert_eq!(again.start().unwrap(), Started::Now);
    assert_eq!(again.connection().unwrap().url("postgres").matches("secret").count(), 1);
    again.stop().unwrap();
}

#[test]
fn a_killed_server_is_stale_and_starts_again() {
    let Some((ground, programs)) = ground() else { return };
    let mut cluster = Cluster::init(&ground.path().join("server"), programs, &options()).unwrap();
    cluster.start().unwrap();
    let password = options().password;
    ask(&cluster, &password, "create table kept as select 42 as answer").unwrap();
    ask(&cluster, &password, "checkpoint").unwrap();
    let State::Running { pid, .. } = cluster.state() else { panic!("{:?}", cluster.state()) };
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
    while matches!(cluster.state(), State::Running { .. }) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(cluster.state(), State::Stale { pid });
    assert_eq!(cluster.start().unwrap(), Started::Now);
    assert_eq!(ask(&cluster, &password, "select answer from kept").unwrap(), "42");
    cluster.stop().unwrap();
}

#[test]
fn a_port_in_use_is_named() {
    let Some((ground, programs)) = ground() else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let options = ClusterOptions { port: Some(port), ..options() };
    let mut cluster = Cluster::init(&ground.path().join("server"), programs, &options).unwrap();
    let error = cluster.start().unwrap_err();
    assert!(matches!(error, Error::PortTaken { port: taken } if taken == port), "{error}");
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let Some((ground, programs)) = ground() else { return };
    let options = ClusterOptions { settings: vec![("shared_buffers".to_owned(), "lots".to_owned())], ..options() };
    let mut cluster = Cluster::init(&ground.path().join("server"), programs, &options).unwrap();
    let error = cluster.start().unwrap_err();
    let Error::Failed { log, .. } = &error else { panic!("{error}") };
    assert!(log.contains("shared_buffers") && log.contains("lots"), "{log}");
}

#[test]
fn an_attempt_cut_short_is_made_afresh_and_a_foreign_folder_is_refused() {
    let Some((ground, programs)) = ground() else { return };
    let dir = ground.path().join("server");
    std::fs::create_dir_all(dir.join("data.part.1/base")).unwrap();
    std::fs::write(dir.join("data.part.1/PG_VERSION"), "15\n").unwrap();
    assert!(!Cluster::is_initialized(&dir));
    assert!(matches!(Cluster::open(&dir, programs.clone()), Err(Error::NotInitialized { .. })));
    Cluster::init(&dir, programs.clone(), &options()).unwrap();
    assert!(Cluster::is_initialized(&dir) && !dir.join("data.part.1").exists());
    assert!(!dir.join("log/initdb.password").exists());

    let foreign = ground.path().join("photos");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("cat.jpg"), "").unwrap();
    let error = Cluster::init(&foreign, programs, &options()).unwrap_err();
    assert!(matches!(&error, Error::Occupied { found, .. } if found == "cat.jpg"), "{error}");
    assert_eq!(std::fs::read_dir(&foreign).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn files_with_the_password_are_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some((ground, programs)) = ground() else { return };
    let dir = ground.path().join("server");
    Cluster::init(&dir, programs, &options()).unwrap();
    let mode = |name: &str| std::fs::metadata(dir.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("superuser.password"), mode("data")), (0o600, 0o700));
}

#[cfg(unix)]
#[test]
fn closed_folders_are_refused_by_name_or_opened_for_the_account_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some((ground, programs)) = ground() else { return };
    let closed = ground.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    std::fs::set_permissions(ground.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    let dir = closed.join("server");
    let account = Cluster::account_for(&dir).unwrap();
    let listed = Cluster::check_dir(&dir).unwrap();
    let Some(account) = account else {
        assert!(listed.is_empty(), "what is ours is not closed to us");
        return;
    };
    assert_eq!(listed, [ground.path().canonicalize().unwrap(), closed.canonicalize().unwrap()]);
    let error = Cluster::init(&dir, programs.clone(), &options()).unwrap_err();
    assert!(
        matches!(&error, Error::Unreachable { mode: 0o700, .. }) && error.to_string().contains(&account),
        "{error}"
    );
    assert!(!dir.exists());

    let let_pass = ClusterOptions { closed_folders: ClosedFolders::LetPass, ..options() };
    let mut cluster = Cluster::init(&dir, programs, &let_pass).unwrap();
    cluster.start().unwrap();
    assert_eq!(ask(&cluster, &options().password, "select 1").unwrap(), "1");
    cluster.stop().unwrap();
    assert!(Cluster::check_dir(&dir).unwrap().is_empty());
    // Nobody else gained: others have no right at all, as before.
    let mode = std::fs::metadata(&closed).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode & 0o707, 0o700, "{mode:o}");
}

#[cfg(target_os = "linux")]
#[test]
fn root_runs_the_server_as_another_account_also_after_the_first_time() {
    use std::os::unix::fs::MetadataExt as _;
    let Some((ground, programs)) = ground() else { return };
    let dir = ground.path().join("server");
    let as_nobody = ClusterOptions { run_as: Some("nobody".to_owned()), ..options() };
    let made = Cluster::init(&dir, programs.clone(), &as_nobody).unwrap();
    if made.account_name().is_none() {
        return; // We are no root, and the server is ours.
    }
    let mut cluster = Cluster::open(&dir, programs).unwrap();
    assert_eq!(cluster.account_name(), Some("nobody"));
    cluster.start().unwrap();
    let State::Running { pid, .. } = cluster.state() else { panic!("{:?}", cluster.state()) };
    let owner = std::fs::metadata(cluster.data_dir()).unwrap().uid();
    assert!(owner != 0 && std::fs::metadata(format!("/proc/{pid}")).is_ok_and(|metadata| metadata.uid() == owner));
    cluster.stop().unwrap();
    let unknown = ClusterOptions { run_as: Some("no-such-account".to_owned()), ..options() };
    let error = Cluster::init(&ground.path().join("other"), cluster.programs().clone(), &unknown).unwrap_err();
    assert!(matches!(&error, Error::NoAccount { looked } if looked == &["no-such-account"]), "{error}");
}
