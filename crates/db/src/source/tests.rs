use std::collections::BTreeMap;
use std::fs;

use super::*;

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn count(source: &Source) -> i64 {
    source.connect().unwrap().query_row("select count(*) from t", [], |row| row.get(0)).unwrap()
}

fn make(path: &Path, mode: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.query_row(&format!("pragma journal_mode = {mode}"), [], |_| Ok(())).unwrap();
    connection
        .execute_batch("pragma wal_autocheckpoint = 0; create table t(a); insert into t values (1), (2)")
        .unwrap();
    connection
}

#[test]
fn rows_in_the_wal_are_seen_and_nothing_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("with #odd ?name%.db");
    let writer = make(&path, "wal");
    let before = files(folder.path());
    let source = Source::open(&path).unwrap();
    assert_eq!((source.access().served_by, count(&source)), (ServedBy::PrivateCopy, 2));
    assert_eq!(files(folder.path()), before);
    drop(writer);
}

#[test]
fn a_wal_without_shm_is_played_into_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = make(&path, "wal");
    let crashed = tempfile::tempdir().unwrap();
    for suffix in ["", "-wal"] {
        fs::copy(folder.path().join(format!("a.db{suffix}")), crashed.path().join(format!("a.db{suffix}"))).unwrap();
    }
    drop(writer);
    let before = files(crashed.path());
    let source = Source::open(&crashed.path().join("a.db")).unwrap();
    assert_eq!(count(&source), 2);
    assert_eq!(files(crashed.path()), before);
}

#[test]
fn a_wal_database_at_rest_gets_no_side_files_and_writers_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(make(&path, "wal"));
    let before = files(folder.path());
    let source = Source::open(&path).unwrap();
    assert_eq!((source.access().served_by, count(&source)), (ServedBy::Immutable, 2));
    assert_eq!(files(folder.path()), before);
    source.check_unchanged().unwrap();
    Connection::open(&path).unwrap().execute_batch("insert into t values (3)").unwrap();
    assert!(matches!(source.check_unchanged(), Err(SourceError::Changed { .. })));
}

#[test]
fn a_hot_journal_is_rolled_back_in_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = make(&path, "persist");
    writer.execute_batch("pragma cache_size = 2; pragma cache_spill = 1; create table big(x); begin").unwrap();
    writer.execute_batch("insert into t select 1 from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 9999) select i from n)").unwrap();
    let crashed = tempfile::tempdir().unwrap();
    for suffix in ["", "-journal"] {
        fs::copy(folder.path().join(format!("a.db{suffix}")), crashed.path().join(format!("a.db{suffix}"))).unwrap();
    }
    let before = files(crashed.path());
    let source = Source::open(&crashed.path().join("a.db")).unwrap();
    assert_eq!((source.access().served_by, count(&source)), (ServedBy::PrivateCopy, 2));
    assert_eq!(files(crashed.path()), before);
}

#[test]
fn one_snapshot_for_all_connections_while_another_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = make(&path, "wal");
    let source = Source::open(&path).unwrap();
    let in_place = Source { access: Access { served_by: ServedBy::InPlace, ..access_in_place(&path) }, ..source };
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let writing = {
        let stop = stop.clone();
        std::thread::spawn(move || {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                writer.execute_batch("insert into t values (4)").unwrap();
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
        })
    };
    for _ in 0..20 {
        let mut snapshot = in_place.snapshot(3).unwrap();
        let counts: Vec<i64> = std::iter::from_fn(|| snapshot.take())
            .map(|connection| connection.query_row("select count(*) from t", [], |row| row.get(0)).unwrap())
            .collect();
        assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{counts:?}");
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    writing.join().unwrap();
}

fn access_in_place(path: &Path) -> Access {
    Access { served_by: ServedBy::InPlace, uri: format!("file:{}?mode=ro", path.display()).into() }
}

#[test]
fn everything_else_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let check = |bytes: &[u8], expected: &str| {
        let path = folder.path().join("x");
        fs::write(&path, bytes).unwrap();
        let error = Source::open(&path).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(b"", "empty");
    check(b"PRAGMA foreign_keys=OFF;\n", "SQL dump");
    check(&[0x5a; 4096], "encrypted");
    check(b"SQLite format 3\0", "cut off");
    check(b"\x1f\x8b\x08", "gzip");
    assert!(matches!(Source::open(&folder.path().join("none")), Err(SourceError::Missing { .. })));
    assert!(matches!(Source::open(folder.path()), Err(SourceError::NotSqlite { .. })));
}

#[test]
fn a_key_by_a_collation_of_the_application_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Connection::open(&path).unwrap();
    writer.create_collation("unicase", |a: &str, b: &str| a.to_lowercase().cmp(&b.to_lowercase())).unwrap();
    let sql = "create table t(tag text primary key collate unicase) without rowid; insert into t values ('b'), ('A')";
    writer.execute_batch(sql).unwrap();
    assert_eq!(count(&Source::open(&path).unwrap()), 2);
}
