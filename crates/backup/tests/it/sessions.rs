use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use autobot_backup::{Backup, Kind, SessionChanges};
use filetime::FileTime;

use crate::project::{Found, Project, tree, write};

/// What the `tar` program unpacks.
fn unpacked(backup: &Backup, project: &Project) -> BTreeMap<PathBuf, Found> {
    let folder = project.folder.path().join("unpacked");
    fs::create_dir(&folder).unwrap();
    let archive = backup.only(Kind::Sessions).unwrap().located(backup.folder());
    let status = std::process::Command::new("tar").arg("-xpzf").arg(archive).arg("-C").arg(&folder).status().unwrap();
    assert!(status.success());
    tree(&folder.join("sessions"))
}

#[cfg(unix)]
#[tokio::test]
async fn links_modes_times_long_names_and_empty_folders_are_kept() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let project = Project::new();
    let sessions = project.sessions();
    let long = sessions.join("profile".repeat(20)).join("Default".repeat(25));
    write(&long.join("Cookies"), &vec![7; 100_000], 0o640);
    write(&sessions.join("run.sh"), b"#!/bin/sh", 0o755);
    write(&sessions.join("empty file"), b"", 0o444);
    write(&sessions.join("big"), &vec![5; 6_000_000], 0o600);
    fs::create_dir(sessions.join("empty")).unwrap();
    fs::set_permissions(sessions.join("empty"), fs::Permissions::from_mode(0o711)).unwrap();
    symlink("SingletonLock-of-host-4711", sessions.join("SingletonLock")).unwrap();
    symlink(&long, sessions.join(format!("link{}", "y".repeat(120)))).unwrap();
    fs::hard_link(sessions.join("run.sh"), sessions.join("same.sh")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(sessions.join("SingletonSocket")).unwrap();
    filetime::set_file_mtime(sessions.join("run.sh"), FileTime::from_unix_time(1_600_000_000, 0)).unwrap();
    let mut expected = tree(&sessions);
    expected.remove(Path::new("SingletonSocket"));
    let backup = project.backup().await;
    assert_eq!(unpacked(&backup, &project), expected);
    let again = project.folder.path().join("unpacked/sessions");
    assert_eq!(fs::metadata(again.join("run.sh")).unwrap().mtime(), 1_600_000_000);
    assert_eq!(fs::metadata(again.join("run.sh")).unwrap().ino(), fs::metadata(again.join("same.sh")).unwrap().ino());
    assert_eq!(backup.manifest().notes.iter().filter(|note| note.contains("SingletonSocket")).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_change_meanwhile_are_noticed() {
    let mut project = Project::new();
    let changing = project.sessions().join("bot-1/app-state.json");
    write(&changing, b"start", 0o600);
    // Takes long enough to pack for the other thread to have its turn.
    let noise: Vec<u8> = (0..8_000_000_u64).map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect();
    write(&project.sessions().join("bot-2/cache"), &noise, 0o600);
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (stopped, path) = (stop.clone(), changing.clone());
    let writing = std::thread::spawn(move || {
        let mut length = 1;
        while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
            // Grows and shrinks, and now and then is replaced, as bots do.
            fs::write(path.with_extension("new"), "x".repeat(length % 50_000)).unwrap();
            fs::rename(path.with_extension("new"), &path).unwrap();
            length += 7919;
        }
    });
    let backup = project.backup().await;
    let notes = &backup.manifest().notes;
    assert!(notes.iter().any(|note| note.contains("sessions/bot-1/app-state.json")), "{notes:?}");
    project.options.session_changes = SessionChanges::Refuse;
    project.sql("insert into \"Message\"(content) values ('another state')");
    let error = project.back_up().await.unwrap_err();
    assert!(format!("{:?}", std::error::Error::source(&error)).contains("SessionsChanged"), "{error:?}");
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    writing.join().unwrap();
    // Once it is quiet the run goes on.
    project.backup().await;
    assert_eq!(Backup::find_complete(&project.root()).unwrap().len(), 2);
}

#[tokio::test]
async fn sessions_come_back_as_they_were() {
    let project = Project::new();
    let before = tree(&project.sessions());
    let backup = project.backup().await;
    fs::remove_file(project.sessions().join("bot-1/creds.json")).unwrap();
    let restored = backup.restore_sessions(&project.sessions()).unwrap();
    assert_eq!(tree(&project.sessions()), before);
    assert!(restored.kept_aside[0].join("bot-1").is_dir());
}
