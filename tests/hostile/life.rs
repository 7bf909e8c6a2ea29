//! Section 2h: size, and what goes on around a copy.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::case::{Case, Run};

/// Fills `t (id, a, s)` with so many rows.
pub fn rows(count: u32) -> String {
    format!(
        "create table t (id integer primary key, a int, s text); \
         with recursive c(x) as (select 1 union all select x + 1 from c where x < {count}) \
         insert into t select x, x * 7, printf('row %d of the table, with some text behind it', x) from c"
    )
}

/// What the target must hold of [`rows`], computed by PostgreSQL itself.
pub fn whole(case: &Case, count: u32) -> bool {
    let sql = format!(
        "select count(*) = {count} and bool_and(a = id * 7 and s = 'row ' || id || ' of the table, with some text behind it') from t"
    );
    case.value(&sql) == "t"
}

/// Row 67.
#[test]
fn a_live_file_in_wal_mode_while_it_is_written() {
    let sql = "pragma journal_mode = wal; create table a (id integer primary key, n int); create table b (id integer primary key, n int); \
               insert into a values (1, 0); insert into b values (1, 0)";
    let Some(case) = Case::of(sql) else { return };
    let stop = AtomicBool::new(false);
    let run = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let file = Connection::open(&case.source.path).unwrap();
            file.busy_timeout(Duration::from_secs(20)).unwrap();
            let mut written = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                file.execute_batch(
                    "begin immediate; insert into a (n) values (1); insert into b (n) values (1); commit",
                )
                .unwrap();
                written += 1;
                std::thread::sleep(Duration::from_millis(5));
            }
            written
        });
        std::thread::sleep(Duration::from_millis(50));
        let run = Run::of(&mut case.command("copy", ""));
        stop.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 5, "the application kept running");
        run
    });
    assert_eq!(run.code, 0, "{run}");
    let counts = case.rows("select count(*) from a union all select count(*) from b");
    assert_eq!(counts[0], counts[1], "one snapshot for all tables");
    assert!(counts[0].parse::<u32>().unwrap() >= 2);
}

/// Row 67: a main file whose truth is in the WAL, in a directory that cannot be written.
#[test]
fn rows_that_are_only_in_the_wal() {
    let Some(case) = Case::of("pragma journal_mode = wal; create table t (id integer primary key, v text)") else {
        return;
    };
    let file = Connection::open(&case.source.path).unwrap();
    file.execute_batch("pragma wal_autocheckpoint = 0; insert into t values (1, 'in the wal')").unwrap();
    // A copy as it lies on disk, with nobody who has it open.
    let copy = Case::of("select 1").unwrap();
    for name in ["dev.db", "dev.db-wal"] {
        fs::copy(case.source.dir.path().join(name), copy.source.dir.path().join(name)).unwrap();
    }
    fs::set_permissions(copy.source.dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    copy.goes();
    fs::set_permissions(copy.source.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(copy.rows("select * from t"), ["1|in the wal"]);
}

/// The most memory that the binary used for a copy, in KiB.
fn peak(case: &Case) -> u64 {
    let mut command = case.command("copy", "");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = most.max(line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    most
}

/// Row 68: the limit of issue 4 is 64 MiB and twice the largest value, whatever is being read, sent and compared at a time.
#[test]
#[cfg(target_os = "linux")]
fn large_values_are_streamed() {
    let tables = "create table t (id integer primary key, b blob, s text); create table u (b blob)";
    let Some(case) = Case::made(tables, |file| {
        file.execute_batch(
            "insert into t values (1, zeroblob(40000000), null), (2, null, printf('%.*c', 10000000, 'x'));
             insert into u values (zeroblob(40000000)), (randomblob(35000000))",
        )
        .unwrap();
    }) else {
        return;
    };
    let peak = peak(&case);
    assert_eq!(case.rows("select length(b), length(s) from t order by id"), ["40000000|NULL", "NULL|10000000"]);
    assert_eq!(case.rows("select length(b) from u order by 1"), ["35000000", "40000000"]);
    assert!(peak < (64 << 10) + 2 * 40_000, "{peak} KiB");
}

/// Row 69, at a size that a test can wait for: more rows take no more memory.
#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_table() {
    let (Some(small), Some(large)) = (Case::of(&rows(100)), Case::of(&rows(300_000))) else { return };
    let (few, many) = (peak(&small), peak(&large));
    assert!(whole(&large, 300_000));
    assert!(many < few + (32 << 10) && many < 64 << 10, "{few} KiB for 100 rows, {many} KiB for 300,000");
}

/// Row 70.
#[test]
fn more_columns_than_a_table_of_postgresql_has() {
    let columns: Vec<String> = (0..1700).map(|at| format!("c{at} int")).collect();
    let Some(case) = Case::of(&format!("create table t ({})", columns.join(", "))) else { return };
    case.refuses(&[("too-many-columns t", "")]);
}

/// Row 70.
#[test]
fn a_row_that_fits_no_page() {
    let columns: Vec<String> = (0..1500).map(|at| format!("c{at} int not null")).collect();
    let values = vec!["4611686018427387904"; 1500].join(", ");
    let sql = format!("create table t ({}); insert into t values ({values})", columns.join(", "));
    let Some(case) = Case::of(&sql) else { return };
    case.refuses(&[("row-too-wide t", "")]);
    let columns: Vec<String> = (0..1500).map(|at| format!("c{at} text")).collect();
    let values = vec!["'a text of more than twenty-four bytes'"; 1500].join(", ");
    let case = Case::of(&format!("create table t ({}); insert into t values ({values})", columns.join(", "))).unwrap();
    let run = case.refuses(&[("row-too-wide t", "")]);
    assert_eq!(run.document["problems"][0]["rowid"], 1, "{run}");

    // As wide a table whose rows fit, since most of each row is NULL.
    let sql = format!(
        "create table t ({}); insert into t (c0, c700, c1499) values ('x', 'y', {})",
        columns.join(", "),
        "printf('%.5000c', 'z')"
    );
    let case = Case::of(&sql).unwrap();
    case.goes();
    assert_eq!(case.rows("select c0, c1, c700, length(c1499) from t"), ["x|NULL|y|5000"]);
}

/// Row 72.
#[test]
fn files_that_are_no_sqlite_database() {
    let Some(case) = Case::of("select 1") else { return };
    let noise: Vec<u8> = (0..8192_u32).map(|at| u8::try_from((at * 7919 + at / 3) % 251).unwrap()).collect();
    let gzip = [&[0x1f, 0x8b, 8, 0][..], &noise].concat();
    for (what, bytes) in [
        ("SQLCipher", noise.as_slice()),
        ("dump", b"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(a);\nCOMMIT;\n"),
        ("gzip", &gzip),
    ] {
        fs::write(&case.source.path, bytes).unwrap();
        let run = case.copy("").ends(5, "is not a plain SQLite file");
        assert_eq!(run.document["outcome"], "refused", "{what}");
        assert!(!run.to_string().contains('\u{fffd}') && run.to_string().len() < 4000, "no garbage: {run}");
    }
}

/// Kills a copy after so long.
fn kill_after(case: &Case, wait: Duration) {
    let mut child = case.command("copy", "").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Row 73.
#[test]
fn a_killed_copy_goes_on_and_is_never_half_done() {
    let Some(case) = Case::of(&rows(60_000)) else { return };
    let began = Instant::now();
    let undisturbed = Case::of(&rows(60_000)).unwrap();
    undisturbed.goes();
    let took = began.elapsed();
    for part in [3, 5, 7, 9] {
        kill_after(&case, took * part / 10);
        let there = case.value("select to_regclass('public.t') is not null");
        assert!(there == "f" || whole(&case, 60_000), "a half state is published");
    }
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert!(whole(&case, 60_000));
    assert_eq!(
        case.value("select count(*) from pg_namespace where nspname in ('autobot_stage', 'autobot_marks')"),
        "0"
    );
}

/// Row 73: PostgreSQL takes its sessions away.
#[test]
fn sessions_that_are_ended_by_the_server() {
    let Some(case) = Case::of(&rows(60_000)) else { return };
    let mut child = case.command("copy", "").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let kill = format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}' and pid <> pg_backend_pid()",
        case.database.name
    );
    let mut ended = 0;
    while child.try_wait().unwrap().is_none() && ended < 3 {
        ended += case.rows(&kill).len();
        std::thread::sleep(Duration::from_millis(20));
    }
    let code = child.wait().unwrap().code();
    assert!([Some(0), Some(6), Some(9)].contains(&code), "{code:?}");
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert!(whole(&case, 60_000));
}

/// Row 74.
#[test]
fn a_target_that_is_not_empty() {
    let Some(case) = Case::of(&rows(10)) else { return };
    case.execute("create table t (id int primary key, other text); insert into t values (1, 'mine')");
    let before = case.target();
    let run = case.copy("");
    assert!(run.code != 0 && run.document["outcome"] != "migrated", "{run}");
    assert!(run.to_string().contains("`t`"), "what is in the way is named: {run}");
    assert_eq!(case.target(), before);
}

/// Row 74.
#[test]
fn a_second_run_copies_nothing_twice() {
    let Some(case) = Case::of(&rows(500)) else { return };
    case.goes();
    let before = case.target();
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.target(), before, "the second run changed the target");
}

/// Row 74.
#[test]
fn two_runs_at_once() {
    let Some(case) = Case::of(&rows(60_000)) else { return };
    // Work directories of their own: only the target can tell them of each other.
    let start = |dir: &str| -> Command {
        let mut command = crate::case::autobot();
        command.args(["--json", "--target", &case.database.url, "copy", "--source"]).arg(&case.source.path);
        command.arg("--work-dir").arg(case.work.path().join(dir));
        command
    };
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let running = ["one", "two"].map(|dir| scope.spawn(move || Run::of(&mut start(dir))));
        running.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let codes: Vec<i32> = runs.iter().map(|run| run.code).collect();
    assert!(codes.contains(&0), "{codes:?}: {}", runs[0]);
    assert!(codes.iter().all(|code| [0, 10].contains(code)), "{codes:?}: {}", runs[usize::from(codes[0] == 0)]);
    assert!(whole(&case, 60_000));
}

/// Row 75.
#[test]
fn passwords_with_every_special_character() {
    let Some(case) = Case::of(&rows(3)) else { return };
    let password = "a#b@c:d/e?f%g&h i\"j'k$l\\m";
    let role = format!("odd_{}", case.database.name);
    case.execute(&format!(
        "create role {role} login password '{}'; alter database {} owner to {role}; alter schema public owner to {role}",
        password.replace('\'', "''"),
        case.database.name
    ));
    let encoded: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let (_, place) = case.database.url.split_once('@').unwrap();
    let url = format!("postgresql://{role}:{encoded}@{place}");
    let mut command = crate::case::autobot();
    command.args(["--json", "-vv", "--target", &url, "copy", "--source"]).arg(&case.source.path);
    let run = Run::of(command.arg("--work-dir").arg(case.work.path().join("run")));
    assert_eq!(run.code, 0, "{run}");
    assert!(whole(&case, 3));
    let mut said = run.to_string();
    for file in files(case.work.path()) {
        said.push_str(&String::from_utf8_lossy(&fs::read(file).unwrap()));
    }
    assert!(!said.contains(password) && !said.contains(&encoded), "the password is told");
}

/// Every file below a directory.
pub fn files(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Row 80: what Windows does with a file that Node has open, a lock on Linux does as well.
#[test]
fn a_file_locked_by_another_program() {
    let Some(case) = Case::of(&rows(3)) else { return };
    let writer = Connection::open(&case.source.path).unwrap();
    writer.execute_batch("pragma locking_mode = exclusive; begin exclusive").unwrap();
    let began = Instant::now();
    let run = Run::of(&mut case.command("copy", "")).ends(4, "locked by another program");
    assert!(run.to_string().contains("stop the application"), "{run}");
    assert!(began.elapsed() < Duration::from_secs(30));
    // With a journal beside it, what was committed last is read from a private copy, or it is locked as before.
    writer.execute_batch("insert into t values (4, 28, 'x')").unwrap();
    let run = Run::of(&mut case.command("copy", ""));
    assert!(run.code == 4 || (run.code == 0 && whole(&case, 3)), "{run}");
    writer.execute_batch("rollback").unwrap();
}

/// Row 80: names that a code page or a URL would bend.
#[test]
fn paths_with_blanks_signs_and_accents() {
    let Some(case) = Case::of(&rows(3)) else { return };
    for name in ["datos del año.db", "a%20b?mode=rw#x.db", "back\\slash.db", "file:dev.db"] {
        let path = case.source.dir.path().join(name);
        fs::copy(&case.source.path, &path).unwrap();
        let mut command = crate::case::autobot();
        command.args(["--json", "assess", "--source"]).arg(&path);
        let run = Run::of(command.arg("--work-dir").arg(case.work.path().join("run")));
        assert_eq!(run.code, 0, "{name}: {run}");
        assert_eq!(run.document["tables"][0]["rows"], 3, "{name}");
        assert_eq!(fs::read_dir(case.source.dir.path()).unwrap().count(), 2, "{name}: a stray file");
        fs::remove_file(path).unwrap();
    }
}
