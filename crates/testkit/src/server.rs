//! The one private server of a test binary.

use std::path::Path;
use std::sync::OnceLock;

use autobot_cluster::{Auth, ClosedFolders, Cluster, ClusterOptions, Durability, Kind, Major, Programs, Search};

use crate::watchdog;

/// Tests that run side by side, each with a few pools.
const CONNECTIONS_MAX: &str = "300";

/// The private server, started at the first call.
///
/// Superuser `postgres` with a password, SCRAM, UTF8, nothing synced to disk.
///
/// # Panics
/// When there is no PostgreSQL, or it does not start.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(start)
}

/// The URL of a database of the private server, as its superuser.
pub fn url(database: &str) -> String {
    cluster().connection().expect("the server was started").url(database)
}

/// PostgreSQL's programs, none when it is not installed. `AUTOBOT_TEST_PG_BIN` names a folder to use.
pub fn programs() -> Option<&'static Programs> {
    static PROGRAMS: OnceLock<Option<Programs>> = OnceLock::new();
    PROGRAMS
        .get_or_init(|| {
            let hint = std::env::var_os("AUTOBOT_TEST_PG_BIN");
            let path = std::env::var_os("PATH");
            let search = Search {
                hint: hint.as_deref().map(Path::new),
                path_env: path.as_deref(),
                kind: Kind::Server,
                major: Major::Any,
            };
            match Programs::search(&search) {
                Ok(programs) => Some(programs),
                Err(error) if required() => panic!("AUTOBOT_TEST_REQUIRE_PG is set, but {error}"),
                Err(error) => {
                    eprintln!("skipped: no PostgreSQL ({error})");
                    None
                }
            }
        })
        .as_ref()
}

/// Whether PostgreSQL is there; says `skipped: no PostgreSQL` when it is not.
///
/// # Panics
/// When it is not and `AUTOBOT_TEST_REQUIRE_PG` is set to anything but `0`.
pub fn postgres_present() -> bool {
    let present = programs().is_some();
    if !present {
        eprintln!("skipped: no PostgreSQL");
    }
    present
}

fn required() -> bool {
    std::env::var_os("AUTOBOT_TEST_REQUIRE_PG").is_some_and(|value| !value.is_empty() && value != "0")
}

fn start() -> Cluster {
    let programs = programs().expect("PostgreSQL is installed (call skip_without_postgres! first)").clone();
    let dir = watchdog::guarded_dir();
    let options = ClusterOptions {
        superuser: "postgres".to_owned(),
        password: "testkit".to_owned(),
        auth: Auth::Scram,
        port: None,
        socket_dir: None,
        durability: Durability::Fast,
        settings: settings(),
        run_as: None,
        closed_folders: ClosedFolders::LetPass,
    };
    let mut cluster = Cluster::init(&dir.join("server"), programs, &options).unwrap_or_else(|error| panic!("{error}"));
    cluster.start().unwrap_or_else(|error| panic!("{error}"));
    cluster
}

fn settings() -> Vec<(String, String)> {
    [
        ("max_connections", CONNECTIONS_MAX),
        ("shared_buffers", "64MB"),
        ("max_wal_size", "2GB"),
        ("autovacuum", "off"),
        ("max_worker_processes", "4"),
        ("jit", "off"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}
