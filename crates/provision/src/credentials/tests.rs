use super::*;

fn example() -> Stored {
    Stored {
        target: "postgresql://bot:p%40ss@127.0.0.1:5433/autobot".parse().unwrap(),
        inside_container: Some("postgresql://bot:p%40ss@postgres:5432/autobot".parse().unwrap()),
        proof: Proof::Proved,
    }
}

#[test]
fn what_is_stored_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new/folder/target.json");
    assert_eq!(stored(&path).unwrap(), None);
    store(&path, &example()).unwrap();
    assert_eq!(stored(&path).unwrap(), Some(example()));
}

#[cfg(unix)]
#[test]
fn the_file_is_private_even_where_it_was_not() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("target.json");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    store(&path, &example()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn an_error_shows_the_path_and_no_content() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("target.json");
    for text in ["", "secret", "{\"format\":2,\"proof\":\"proved\",\"url\":\"postgresql://u:secret@h/d\"}"] {
        fs::write(&path, text).unwrap();
        let error = stored(&path).unwrap_err();
        assert!(error.to_string().contains("target.json") && !format!("{error:?}").contains("secret"), "{error:?}");
    }
}
