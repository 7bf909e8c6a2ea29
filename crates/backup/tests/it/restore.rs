use std::fs;

use autobot_backup::Kind;
use rusqlite::Connection;

use crate::project::{Project, tree, write};

#[tokio::test]
async fn everything_comes_back_to_the_byte() {
    let project = Project::new();
    let server = project.folder.path().join("server");
    let before = tree(&server);
    let backup = project.backup().await;
    project.sql("delete from \"Message\"");
    let migrations = project.paths.migrations.clone().unwrap();
    fs::remove_dir_all(migrations.join("20240101000000_init")).unwrap();
    write(&migrations.join("2026_init_postgresql/migration.sql"), b"-- new", 0o644);
    write(project.paths.env.as_ref().unwrap(), b"DATABASE_URL=postgresql://x", 0o600);
    write(project.paths.schema.as_ref().unwrap(), b"provider = \"postgresql\"", 0o600);
    let aside = [
        backup.restore_database(&project.paths.database).unwrap(),
        backup.restore_file(backup.only(Kind::Environment).unwrap(), project.paths.env.as_ref().unwrap()).unwrap(),
        backup.restore_file(backup.only(Kind::Schema).unwrap(), project.paths.schema.as_ref().unwrap()).unwrap(),
        backup.restore_tree(Kind::Migrations, &migrations).unwrap(),
    ];
    let mut after = tree(&server);
    after.retain(|path, _| !path.to_string_lossy().contains("before_restore"));
    assert_eq!(after, before);
    assert!(aside.iter().all(|restored| !restored.was_already_so));
    let kept = &aside[0].kept_aside[0];
    let left: i64 =
        Connection::open(kept).unwrap().query_row("select count(*) from \"Message\"", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    assert!(aside[3].kept_aside[0].join("2026_init_postgresql").is_dir());
    // Again: nothing to do, nothing moved.
    assert!(backup.restore_database(&project.paths.database).unwrap().was_already_so);
    assert!(backup.restore_tree(Kind::Migrations, &migrations).unwrap().was_already_so);
}

#[tokio::test]
async fn a_strange_wal_is_not_played_into_the_restored_database() {
    let project = Project::new();
    let backup = project.backup().await;
    let writer = Connection::open(&project.paths.database).unwrap();
    writer.query_row("pragma journal_mode = wal", [], |_| Ok(())).unwrap();
    writer.execute_batch("insert into \"Message\"(content) values ('later')").unwrap();
    // The program dies: its files stay as they are.
    let wal = format!("{}-wal", project.paths.database.display());
    let died = fs::read(&wal).unwrap();
    drop(writer);
    fs::write(&wal, died).unwrap();
    let restored = backup.restore_database(&project.paths.database).unwrap();
    assert_eq!(restored.kept_aside.len(), 2);
    let rows: i64 = Connection::open(&project.paths.database)
        .unwrap()
        .query_row("select count(*) from \"Message\"", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 3);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_a_link() {
    let project = Project::new();
    let env = project.paths.env.clone().unwrap();
    let real = project.folder.path().join("secrets.env");
    fs::rename(&env, &real).unwrap();
    std::os::unix::fs::symlink(&real, &env).unwrap();
    let before = fs::read(&real).unwrap();
    let backup = project.backup().await;
    fs::write(&real, "changed").unwrap();
    backup.restore_file(backup.only(Kind::Environment).unwrap(), &env).unwrap();
    assert!(fs::symlink_metadata(&env).unwrap().is_symlink());
    assert_eq!(fs::read(&real).unwrap(), before);
}
