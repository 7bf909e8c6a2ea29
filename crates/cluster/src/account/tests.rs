use std::os::unix::fs::PermissionsExt as _;

use super::*;

const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\nbroken line\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\npostgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n";

#[test]
fn accounts_are_found_by_name_and_number() {
    let postgres = Account { name: "postgres".to_owned(), uid: 101, gid: 104 };
    assert_eq!(passwd::by_name(PASSWD, "postgres"), Some(postgres.clone()));
    assert_eq!(passwd::by_uid(PASSWD, 101), Some(postgres));
    assert_eq!(passwd::by_name(PASSWD, "pgsql"), None);
}

#[test]
fn root_is_never_the_account() {
    assert_eq!(passwd::by_name(PASSWD, "root"), None);
    assert_eq!(passwd::by_uid(PASSWD, 0), None);
}

#[test]
fn a_closed_folder_on_the_way_is_named() {
    if !rustix::process::geteuid().is_root() {
        return; // Only root takes on another account.
    }
    let dir = tempfile::tempdir().unwrap();
    let closed = dir.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let stranger = Account { name: "stranger".to_owned(), uid: 4_000_001, gid: 4_000_001 };
    let error = traverse::check(&closed.join("a/b"), &stranger).unwrap_err();
    let Error::Unreachable { closed: named, mode, .. } = &error else { panic!("{error}") };
    assert_eq!((named, *mode), (&closed.canonicalize().unwrap(), 0o700));
    assert!(error.hint().unwrap().contains("chmod o+x"));

    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o711)).unwrap();
    traverse::check(&closed.join("a/b"), &stranger).unwrap();
}
