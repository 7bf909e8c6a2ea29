//! A real server takes the computed settings.

use autobot_cluster::{Auth, ClosedFolders, Cluster, ClusterOptions, Durability};
use autobot_provision::Language;
use autobot_provision::tuning::{Disk, Machine, Share, System, fragment, settings};
use autobot_testkit as testkit;
use sqlx::{Connection as _, PgConnection};

#[tokio::test]
async fn a_server_starts_with_every_setting_and_shows_it() {
    testkit::skip_without_postgres!();
    let dir = tempfile::tempdir().unwrap();
    let programs = testkit::programs().unwrap().clone();
    let machine = Machine {
        memory_bytes: 2 << 30,
        cores: 2,
        disk: Disk::Ssd,
        free_disk_bytes: None,
        system: System::Linux,
        share: Share::WithApplication,
        server_major: programs.version().major,
    };
    let options = ClusterOptions {
        superuser: "postgres".to_owned(),
        password: String::new(),
        auth: Auth::Trust,
        port: None,
        socket_dir: None,
        durability: Durability::Fast,
        settings: Vec::new(),
        run_as: None,
        closed_folders: ClosedFolders::LetPass,
    };
    let mut cluster = Cluster::init(&dir.path().join("server"), programs, &options).unwrap();
    // As the fragment's own header says to use it.
    let conf = cluster.data_dir().join("postgresql.conf");
    let file = cluster.data_dir().join("tuning.conf");
    std::fs::write(&file, fragment(&machine, Language::Spanish)).unwrap();
    open_to_server(&file);
    let text = std::fs::read_to_string(&conf).unwrap();
    std::fs::write(&conf, format!("{text}include = '{}'\n", file.display())).unwrap();
    cluster.start().unwrap();
    let mut connection = PgConnection::connect(&cluster.connection().unwrap().url("postgres")).await.unwrap();
    let mut wrong = Vec::new();
    for setting in settings(&machine) {
        let sql = "select setting || coalesce(unit, '') <> '' and source = 'configuration file' from pg_settings where name = $1";
        let taken =
            sqlx::query_scalar::<_, bool>(sql).bind(setting.name).fetch_optional(&mut connection).await.unwrap();
        if taken != Some(true) {
            wrong.push(setting.name);
        }
    }
    let buffers: String = sqlx::query_scalar("show shared_buffers").fetch_one(&mut connection).await.unwrap();
    drop(connection);
    cluster.stop().unwrap();
    assert_eq!((wrong, buffers.as_str()), (Vec::new(), "256MB"));
}

#[cfg(unix)]
fn open_to_server(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o644)).unwrap();
}

#[cfg(not(unix))]
fn open_to_server(_file: &std::path::Path) {}
