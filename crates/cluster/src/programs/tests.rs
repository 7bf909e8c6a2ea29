use super::version::parse;
use super::*;

#[track_caller]
fn check(line: &str, expected: Option<(u16, u16)>) {
    assert_eq!(parse(line).map(|version| (version.major, version.minor)), expected);
}

#[test]
fn versions_as_the_programs_say_them() {
    check("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some((15, 18)));
    check("pg_dump (PostgreSQL) 17beta1", Some((17, 0)));
    check("psql (PostgreSQL) 9.6.24", Some((9, 6)));
    check("psql 15", None);
    check("", None);
}

#[test]
fn a_folder_without_programs_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let error = Programs::find(Some(dir.path()), None).unwrap_err();
    assert!(error.to_string().contains(&dir.path().display().to_string()), "{error}");
    assert!(error.hint().is_some());
}

#[cfg(unix)]
#[test]
fn a_program_that_is_no_postgres_is_not_believed() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    for name in ["postgres", "initdb", "pg_ctl"] {
        let path = dir.path().join(name);
        std::fs::copy("/bin/true", &path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let error = Programs::find(Some(dir.path()), None).unwrap_err();
    assert!(matches!(error, Error::Version { .. }), "{error}");
}
