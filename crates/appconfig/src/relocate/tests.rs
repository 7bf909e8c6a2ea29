use std::fs;
use std::io;
use std::path::Path;

use autobot_plan::Standing;

use super::listing;
use super::steps::move_by;
use super::*;

fn tree(root: &Path) {
    fs::create_dir_all(root.join("20240101_init")).unwrap();
    fs::create_dir_all(root.join("empty")).unwrap();
    fs::write(root.join("20240101_init/migration.sql"), "create table a(b);").unwrap();
    fs::write(root.join("migration_lock.toml"), "provider = \"sqlite\"\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::os::unix::fs::symlink("migration_lock.toml", root.join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
        fs::set_permissions(root.join("empty"), fs::Permissions::from_mode(0o500)).unwrap();
        fs::set_permissions(root.join("migration_lock.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    }
}

fn across(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::CrossesDevices.into())
}

#[test]
fn a_move_and_its_way_back_keep_everything() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("migrations"), folder.path().join("backup/moved/migrations"));
    tree(&from);
    let before = listing::of(&from).unwrap();
    assert_eq!(standing(&from, &to), Standing::ToDo);
    to_backup(&from, &to).unwrap();
    assert_eq!((standing(&from, &to), listing::of(&to).unwrap()), (Standing::AlreadySo, before.clone()));
    back(&to, &from).unwrap();
    assert_eq!((standing(&from, &to), listing::of(&from).unwrap()), (Standing::ToDo, before));
}

#[test]
fn across_file_systems_the_copy_is_proved_before_the_source_goes() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("migrations"), folder.path().join("moved"));
    tree(&from);
    let before = listing::of(&from).unwrap();
    let modified = fs::metadata(from.join("migration_lock.toml")).unwrap().modified().unwrap();
    move_by(&from, &to, across).unwrap();
    assert_eq!(listing::of(&to).unwrap(), before);
    assert!(!from.exists());
    assert_eq!(fs::metadata(to.join("migration_lock.toml")).unwrap().modified().unwrap(), modified);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(to.join("empty")).unwrap().permissions().mode() & 0o777, 0o500);
    }
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["moved"], "nothing half done is left");
}

/// Leaves the state in which a kill at some moment of a move across file systems does.
fn killed(state: &str, from: &Path, to: &Path) {
    let name = |path: &Path, word: &str| {
        path.with_file_name(format!(".autobot-{word}-{}", path.file_name().unwrap().to_string_lossy()))
    };
    let (arriving, parting) = (name(to, "arriving"), name(from, "parting"));
    match state {
        "copying" => fs::create_dir_all(arriving.join("20240101_init")).unwrap(),
        _ => copy_checked(from, &arriving).unwrap(),
    }
    if matches!(state, "parted" | "placed" | "removing") {
        fs::rename(from, &parting).unwrap();
    }
    if matches!(state, "placed" | "removing") {
        fs::rename(&arriving, to).unwrap();
    }
    if state == "removing" {
        fs::remove_file(parting.join("migration_lock.toml")).unwrap();
    }
}

/// Wherever a move was killed, in whichever direction: the next run finishes it and a rollback takes it back.
#[test]
fn a_killed_move_is_finished_or_taken_back() {
    for state in ["copying", "copied", "parted", "placed", "removing"] {
        for forward in [true, false] {
            for finish in [true, false] {
                let case = format!("{state}, forward {forward}, finish {finish}");
                let folder = tempfile::tempdir().unwrap();
                let (app, backup) = (folder.path().join("app/migrations"), folder.path().join("run/moved"));
                fs::create_dir_all(folder.path().join("run")).unwrap();
                tree(if forward { &app } else { &backup });
                let before = listing::of(if forward { &app } else { &backup }).unwrap();
                if forward {
                    killed(state, &app, &backup);
                } else {
                    killed(state, &backup, &app);
                }
                assert_eq!(standing(&app, &backup), Standing::PartDone, "{case}");
                let (from, to) = if finish { (&app, &backup) } else { (&backup, &app) };
                move_by(from, to, across).unwrap();
                assert_eq!(listing::of(to).unwrap(), before, "{case}");
                for place in ["app", "run"] {
                    let left = fs::read_dir(folder.path().join(place)).unwrap().count();
                    assert_eq!(left, usize::from(to.starts_with(folder.path().join(place))), "{case}: {place}");
                }
            }
        }
    }
}

#[test]
fn a_new_thing_at_the_source_of_a_killed_move_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("migrations"), folder.path().join("moved"));
    tree(&from);
    let before = listing::of(&from).unwrap();
    killed("parted", &from, &to);
    fs::create_dir(&from).unwrap();
    settle(&from, &to).unwrap();
    assert_eq!((listing::of(&to).unwrap(), listing::of(&from).unwrap().len()), (before, 1));
}

#[test]
fn a_new_folder_at_the_old_place_is_not_moved_again() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("migrations"), folder.path().join("moved"));
    tree(&from);
    to_backup(&from, &to).unwrap();
    fs::create_dir(&from).unwrap();
    assert_eq!(standing(&from, &to), Standing::AlreadySo);
    to_backup(&from, &to).unwrap();
    assert!(from.exists() && to.join("migration_lock.toml").exists());
}

#[cfg(unix)]
#[test]
fn a_socket_cannot_be_copied_and_the_source_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("migrations"), folder.path().join("moved"));
    tree(&from);
    let _socket = std::os::unix::net::UnixListener::bind(from.join("socket")).unwrap();
    let error = move_by(&from, &to, across).unwrap_err();
    assert!(matches!(error, crate::Error::NotCopyable { path } if path.ends_with("socket")));
    assert!(from.join("migration_lock.toml").exists() && !to.exists());
}
