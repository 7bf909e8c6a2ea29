//! Hashes that see every change, and nothing else.

use autobot_testkit::{self as testkit, database_hash, tree_hash};

const MADE: &str = "create table t (id int primary key, name text default 'x'); \
                    create sequence s; insert into t values (1, 'one'), (2, null)";

#[tokio::test]
async fn a_database_hash_sees_rows_catalog_and_sequences() {
    testkit::skip_without_postgres!();
    let database = testkit::database().await;
    let twin = testkit::database().await;
    database.execute(MADE).await;
    twin.execute(MADE).await;
    let mut before = database_hash(&database.url).await;
    assert_eq!(before, database_hash(&database.url).await);
    assert_eq!(before, database_hash(&twin.url).await);
    for change in [
        "update t set name = 'zwei' where id = 2",
        "insert into t values (3, 'three')",
        "select nextval('s')",
        "alter table t alter name set default 'y'",
        "create index on t (name)",
        "comment on table t is 'c'",
        "grant select on t to public",
        "create schema other",
        "create type mood as enum ('a')",
        "alter table t add check (id > 0)",
        "create view v as select 1 as one",
    ] {
        database.execute(change).await;
        let after = database_hash(&database.url).await;
        assert_ne!(before, after, "{change}");
        before = after;
    }
}

#[cfg(unix)]
#[test]
fn a_tree_hash_sees_names_modes_links_and_content() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let mut before = tree_hash(dir.path());
    assert_ne!(before, tree_hash(&path("absent")));
    let steps: [&dyn Fn(); 7] = [
        &|| std::fs::write(path("a"), "one").unwrap(),
        &|| std::fs::write(path("a"), "two").unwrap(),
        &|| std::fs::rename(path("a"), path("b")).unwrap(),
        &|| std::fs::set_permissions(path("b"), std::fs::Permissions::from_mode(0o600)).unwrap(),
        &|| std::os::unix::fs::symlink("b", path("link")).unwrap(),
        &|| {
            std::fs::remove_file(path("link")).unwrap();
            std::os::unix::fs::symlink("c", path("link")).unwrap();
        },
        &|| std::fs::create_dir(path("empty")).unwrap(),
    ];
    for (number, step) in steps.iter().enumerate() {
        step();
        let after = tree_hash(dir.path());
        assert_ne!(before, after, "step {number}");
        assert_eq!(after, tree_hash(dir.path()));
        before = after;
    }
}
