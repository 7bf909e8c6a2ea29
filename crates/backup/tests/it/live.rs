use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use autobot_backup::{Backup, BackupExecutor, Kind, plan};
use autobot_plan::{Event, Fingerprint, Journal, Observer, Stop, run};
use rusqlite::{Connection, OpenFlags};

use crate::project::Project;

/// Opens the database in WAL mode without ever checkpointing it.
fn wal_writer(project: &Project) -> Connection {
    let writer = Connection::open(&project.paths.database).unwrap();
    writer.query_row("pragma journal_mode = wal", [], |_| Ok(())).unwrap();
    writer.execute_batch("pragma wal_autocheckpoint = 0").unwrap();
    writer
}

fn messages(path: &std::path::Path) -> i64 {
    let uri = format!("file:{}?immutable=1", path.display());
    let connection = Connection::open_with_flags(uri, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI);
    connection.unwrap().query_row("select count(*) from \"Message\"", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn rows_of_an_unfinished_wal_are_in_the_copy_and_in_the_dump() {
    let project = Project::new();
    let writer = wal_writer(&project);
    writer.execute_batch("insert into \"Message\"(content) values ('only in the wal')").unwrap();
    let wal = fs::read(format!("{}-wal", project.paths.database.display())).unwrap();
    let main = fs::read(&project.paths.database).unwrap();
    let backup = project.backup().await;
    assert_eq!(messages(&backup.database().unwrap()), 4);
    let dump = fs::read_to_string(backup.only(Kind::Dump).unwrap().located(backup.folder())).unwrap();
    assert!(dump.contains("only in the wal"));
    // The copy stays a database in WAL mode, and nothing was checkpointed.
    assert_eq!(fs::read(backup.database().unwrap()).unwrap()[18..20], [2, 2]);
    assert_eq!(fs::read(format!("{}-wal", project.paths.database.display())).unwrap(), wal);
    assert_eq!(fs::read(&project.paths.database).unwrap(), main);
    assert_eq!(project.back_up().await.unwrap().applied.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_application_keeps_writing_while_a_consistent_copy_is_made() {
    for wal in [false, true] {
        let project = Project::new();
        project.sql("create table pair(a integer, b integer); insert into pair values (0, 0)");
        project.sql("insert into \"Message\"(content) select hex(randomblob(500)) from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) select i from n)");
        let writer = if wal { wal_writer(&project) } else { Connection::open(&project.paths.database).unwrap() };
        writer.busy_timeout(Duration::from_secs(5)).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let writing = std::thread::spawn(move || {
            let mut committed = 0_i64;
            while !stopped.load(Ordering::Relaxed) {
                writer.execute_batch("begin immediate; update pair set a = a + 1; update pair set b = b + 1; insert into pair values (1, 1); commit").unwrap();
                committed += 1;
                std::thread::sleep(Duration::from_millis(1));
            }
            committed
        });
        let backup = project.backup().await;
        stop.store(true, Ordering::Relaxed);
        assert!(writing.join().unwrap() > 5);
        let uri = format!("file:{}?immutable=1", backup.database().unwrap().display());
        let copy =
            Connection::open_with_flags(uri, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI).unwrap();
        let torn: i64 = copy.query_row("select count(*) from pair where a <> b", [], |row| row.get(0)).unwrap();
        let first: (i64, i64) = copy.query_row("select max(a), count(*) from pair", [], |row| row.try_into()).unwrap();
        assert_eq!((torn, first.0), (0, first.1 - 1), "wal: {wal}");
    }
}

/// Commits while a copy is being proved, and waits for nobody.
struct WritesDuringTheProof {
    writer: Mutex<Connection>,
    commits: Mutex<Vec<rusqlite::Result<()>>>,
}

impl Observer for WritesDuringTheProof {
    fn on(&self, event: &Event) {
        if matches!(event, Event::Progress { part, .. } if part == "proof of the copy") {
            let commit = "insert into \"Message\"(content) values ('while the copy is proved')";
            let committed = self.writer.lock().unwrap().execute_batch(commit);
            self.commits.lock().unwrap().push(committed);
        }
    }
}

#[tokio::test]
async fn nobody_waits_for_the_proof_of_the_copy() {
    // Bytes after the pages, as of a file that grows in steps, are not in the copy: a second one is held against rows.
    for (changed_since, bytes_after, copies) in [(false, 0, 1), (true, 0, 1), (false, 8192, 2)] {
        let project = Project::new();
        let length = fs::metadata(&project.paths.database).unwrap().len();
        let file = fs::OpenOptions::new().write(true).open(&project.paths.database).unwrap();
        file.set_len(length + bytes_after).unwrap();
        let plan = plan(&project.facts().await, &project.options).unwrap();
        let writer = Connection::open(&project.paths.database).unwrap();
        writer.busy_timeout(Duration::ZERO).unwrap();
        if changed_since {
            project.sql("insert into \"Message\"(content) values ('since it was looked at')");
        }
        let mut journal = Journal::open(&project.journal(), &Fingerprint::new()).unwrap();
        let observer = WritesDuringTheProof { writer: Mutex::new(writer), commits: Mutex::default() };
        run(&plan, &mut BackupExecutor, &mut journal, &observer, &Stop::new()).await.unwrap();
        let commits = observer.commits.into_inner().unwrap();
        assert!(commits.len() == copies && commits.iter().all(Result::is_ok), "{commits:?}");
        let backup = Backup::latest(&project.root()).unwrap().unwrap();
        assert_eq!(backup.verify().unwrap().faults, []);
        let before = 3 + i64::from(changed_since) + i64::try_from(copies).unwrap() - 1;
        assert_eq!(messages(&backup.database().unwrap()), before);
        // The backup is not one of the state that the last commit made.
        assert_eq!(project.facts().await.previous, None);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_program_that_has_the_database_open_is_named() {
    use std::io::Read;
    let mut project = Project::new();
    assert_eq!(project.facts().await.holders, []);
    // A shell that opens the file for reading and writing, says so, and waits for its input to end.
    let mut child = std::process::Command::new("sh")
        .args(["-c", "exec 3<>\"$0\"; echo ready; read line"])
        .arg(&project.paths.database)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0; 6]).unwrap();
    let holders = project.facts().await.holders;
    assert_eq!((holders.len(), holders[0].pid, holders[0].writes), (1, Some(child.id()), true));
    project.options.refuse_running_writer = true;
    let refused = autobot_backup::plan(&project.facts().await, &project.options).unwrap_err();
    assert!(refused.to_string().contains(&format!("pid {}", child.id())), "{refused}");
    drop(child.stdin.take());
    child.wait().unwrap();
    assert_eq!(project.facts().await.holders, []);
}
