use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::*;

struct Place {
    _folder: tempfile::TempDir,
    file: PathBuf,
    originals: Originals,
}

fn place(content: Option<&[u8]>) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".env");
    if let Some(content) = content {
        fs::write(&file, content).unwrap();
    }
    Place { file, originals: Originals::in_backup(&folder.path().join("run")), _folder: folder }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn bytes_mode_and_time_come_back() {
    let place = place(Some(b"A=1\r\n"));
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    fs::File::options().write(true).open(&place.file).unwrap().set_modified(long_ago).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&place.file, fs::Permissions::from_mode(0o640)).unwrap();
    }
    place.originals.change(&place.file, b"A=2\n", 0o600).unwrap();
    assert_eq!(fs::read(&place.file).unwrap(), b"A=2\n");
    assert_eq!(place.originals.restore(&place.file).unwrap(), Restored::AsItWas);
    assert_eq!(fs::read(&place.file).unwrap(), b"A=1\r\n");
    let metadata = fs::metadata(&place.file).unwrap();
    assert_eq!(metadata.modified().unwrap(), long_ago);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        assert_eq!(metadata.mode() & 0o777, 0o640);
    }
    assert_eq!(place.originals.restore(&place.file).unwrap(), Restored::NotOurs, "a second time does nothing");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_target_private() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let place = place(None);
    let real = place.file.with_file_name("secret.env");
    fs::write(&real, "A=1").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink("secret.env", &place.file).unwrap();
    let check = |content: &str| {
        assert_eq!(fs::read_link(&place.file).unwrap(), Path::new("secret.env"));
        assert_eq!(fs::read_to_string(&real).unwrap(), content);
        assert_eq!(fs::metadata(&real).unwrap().mode() & 0o7777, 0o600);
    };
    place.originals.change(&place.file, b"A=2", 0o644).unwrap();
    check("A=2");
    place.originals.restore(&place.file).unwrap();
    check("A=1");
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_refused() {
    let place = place(None);
    std::os::unix::fs::symlink("nowhere", &place.file).unwrap();
    let error = place.originals.change(&place.file, b"A=2", 0o644).unwrap_err();
    assert!(matches!(error, crate::Error::DanglingLink { .. }));
    assert!(!place.file.with_file_name("run").exists(), "nothing was written");
}

#[test]
fn a_new_file_and_its_folders_go_again() {
    let place = place(None);
    let root = place.file.parent().unwrap();
    let file = root.join("prisma/migrations/1_init/migration.sql");
    place.originals.change(&file, b"select 1;", 0o644).unwrap();
    place.originals.change(&root.join("prisma/other"), b"x", 0o644).unwrap();
    place.originals.restore(&file).unwrap();
    assert_eq!(names(root), ["prisma", "run"], "a folder that holds something else stays");
    place.originals.restore(&root.join("prisma/other")).unwrap();
    assert_eq!(names(&root.join("prisma")), [""; 0]);
}

#[test]
fn a_later_edit_is_kept_beside() {
    let place = place(Some(b"original"));
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    fs::write(&place.file, "theirs").unwrap();
    let beside = place.file.with_file_name(".env.after-migration");
    assert_eq!(place.originals.restore(&place.file).unwrap(), Restored::EditKept(beside.clone()));
    assert_eq!((fs::read(&place.file).unwrap(), fs::read(beside).unwrap()), (b"original".to_vec(), b"theirs".to_vec()));
}

#[test]
fn an_edit_between_two_of_our_changes_is_kept_beside() {
    let place = place(Some(b"original"));
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    place.originals.change(&place.file, b"ours too", 0o600).unwrap();
    assert!(!place.originals.kept(&place.file).unwrap().unwrap().edited_between);
    fs::write(&place.file, "theirs").unwrap();
    place.originals.change(&place.file, b"theirs and ours", 0o600).unwrap();
    assert!(matches!(place.originals.restore(&place.file).unwrap(), Restored::EditKept(_)));
    assert_eq!(fs::read(&place.file).unwrap(), b"original");
}

#[test]
fn a_kill_between_keeping_and_writing_loses_nothing() {
    let place = place(Some(b"original"));
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    // As if killed after the index was written and before the file was replaced.
    fs::write(&place.file, "original").unwrap();
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    assert_eq!(place.originals.restore(&place.file).unwrap(), Restored::AsItWas);
    assert_eq!(fs::read(&place.file).unwrap(), b"original");
}

#[test]
fn what_a_killed_replacement_left_is_swept_away() {
    let place = place(Some(b"original"));
    let left = place.file.with_file_name(".autobot-Xy12.part");
    fs::write(&left, "DATABASE_URL=secret").unwrap();
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    assert!(!left.exists());
    fs::write(&left, "DATABASE_URL=secret").unwrap();
    place.originals.restore(&place.file).unwrap();
    assert!(!left.exists());
}

#[test]
fn after_a_rollback_the_next_change_keeps_the_new_original() {
    let place = place(Some(b"first"));
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    place.originals.restore(&place.file).unwrap();
    fs::write(&place.file, "second").unwrap();
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    place.originals.restore(&place.file).unwrap();
    assert_eq!(fs::read(&place.file).unwrap(), b"second");
}

#[test]
fn a_damaged_original_is_not_put_back() {
    let place = place(Some(b"original"));
    place.originals.change(&place.file, b"ours", 0o600).unwrap();
    let kept = place.originals.kept(&place.file).unwrap().unwrap().original.unwrap();
    fs::write(place.file.with_file_name("run").join("originals").join(kept.stored), "other").unwrap();
    assert!(matches!(place.originals.restore(&place.file), Err(crate::Error::OriginalDamaged { .. })));
    assert_eq!(fs::read(&place.file).unwrap(), b"ours");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn undoing_any_changes_is_identity(
        original in prop::option::of(prop::collection::vec(any::<u8>(), 0..64)),
        written in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..64), 1..4),
    ) {
        let place = place(original.as_deref());
        for content in &written {
            place.originals.change(&place.file, content, 0o600).unwrap();
        }
        prop_assert_eq!(place.originals.restore(&place.file).unwrap(), Restored::AsItWas);
        prop_assert_eq!(fs::read(&place.file).ok(), original);
    }
}
