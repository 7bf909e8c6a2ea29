use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::{Check, Source};

/// Rows on many pages, long ones too, in tables and indexes of every kind.
const ROWS: &str = "create table t (id integer primary key, a text not null, b blob);
     create table w (k text primary key, v text) without rowid;
     create index t_a on t (a); create index t_some on t (b) where id % 7 = 0;
     with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
     insert into t select i, printf('%.*c', 20 + i % 50, 'x') || i, zeroblob(i % 100) from n;
     insert into w select a, hex(b) from t;
     insert into t values (5000, 'long', zeroblob(300000)), (5001, 'long', zeroblob(70000));";

struct File {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl File {
    fn new(sql: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        Self { path, _folder: folder }
    }

    fn number(&self, sql: &str) -> usize {
        let connection = Connection::open(&self.path).unwrap();
        connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize
    }

    fn root(&self, name: &str) -> usize {
        self.number(&format!("select rootpage from sqlite_schema where name = '{name}'"))
    }

    /// Changes the bytes of a page, which must change.
    fn damage(&self, page: usize, change: impl FnOnce(&mut [u8])) {
        let size = self.number("pragma page_size");
        let mut bytes = fs::read(&self.path).unwrap();
        let before = bytes.clone();
        change(&mut bytes[(page - 1) * size..page * size]);
        assert_ne!(bytes, before);
        fs::write(&self.path, bytes).unwrap();
    }
}

/// The lines that are found, and the first that SQLite gives by itself.
fn look(path: &Path) -> (Vec<String>, String) {
    let mut snapshot = Source::open(path).unwrap().snapshot(1).unwrap();
    let connection = snapshot.take().unwrap();
    let lines = Check::Pages.run(&connection).unwrap();
    // What follows reads the same state, and is not stopped.
    assert!(!connection.is_autocommit());
    (lines, first_line(&connection))
}

fn first_line(connection: &Connection) -> String {
    let first = connection.query_row("pragma quick_check", [], |row| row.get(0));
    first.unwrap_or_else(|error| error.to_string())
}

#[track_caller]
fn sound(path: &Path) {
    assert_eq!(look(path), (Vec::new(), "ok".to_owned()));
}

#[track_caller]
fn damaged(file: &File, words: &str) {
    let (lines, first) = look(&file.path);
    assert_eq!(lines.first(), Some(&first));
    assert!(lines.iter().any(|line| line.contains(words)), "{lines:?}");
}

/// Reads a big-endian number of two bytes.
fn number(page: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([page[at], page[at + 1]]))
}

fn put(page: &mut [u8], at: usize, number: u32) {
    page[at..at + 4].copy_from_slice(&number.to_be_bytes());
}

fn add_one(page: &mut [u8], at: usize) {
    let number = u32::from_be_bytes(page[at..at + 4].try_into().unwrap());
    put(page, at, number + 1);
}

/// Where a cell of an inner page is: its first four bytes are the child, in a table the rowid follows (file format, 1.6).
fn cell(page: &[u8], cell: usize) -> usize {
    assert!((page[0] == 5 || page[0] == 2) && cell < number(page, 3), "not an inner page with so many cells");
    number(page, 12 + 2 * cell)
}

/// Makes an inner page forget the child of its second cell.
fn forget_a_child(page: &mut [u8]) {
    let (_, cells) = (cell(page, 1), number(page, 3));
    page.copy_within(16..12 + 2 * cells, 14);
    page[3..5].copy_from_slice(&u16::try_from(cells - 1).unwrap().to_be_bytes());
}

/// Lets an inner page refer to the child of its first cell in place of the second's, which nothing leads to any more.
fn lead_to_a_child_twice(page: &mut [u8]) {
    let (from, to) = (cell(page, 0), cell(page, 1));
    page.copy_within(from..from + 4, to);
}

#[test]
fn whole_files_of_every_layout() {
    for page_size in [512, 4_096, 65_536] {
        for auto_vacuum in ["none", "full", "incremental"] {
            let pragmas = format!("pragma page_size = {page_size}; pragma auto_vacuum = {auto_vacuum};");
            let file = File::new(&format!("{pragmas} {ROWS}"));
            sound(&file.path);
            Connection::open(&file.path).unwrap().execute_batch("delete from t where id > 1000").unwrap();
            assert!(auto_vacuum == "full" || file.number("pragma freelist_count") > 1);
            sound(&file.path);
        }
    }
}

#[test]
fn whole_files_of_every_kind() {
    sound(&File::new("create table t (a); drop table t; vacuum").path);
    sound(&File::new(&format!("pragma encoding = 'UTF-16le'; {ROWS}")).path);
    sound(&File::new(&format!("{ROWS} create table dbstat (a); create table quick_check (a)")).path);
    let virtual_tables = "create virtual table f using fts5 (a); insert into f select a from t;
         create virtual table g using fts4 (a); insert into g select a from t;
         create virtual table r using rtree (id, x0, x1); insert into r select id, id, id + 1 from t";
    sound(&File::new(&format!("{ROWS} {virtual_tables}")).path);
}

#[test]
fn a_whole_file_with_a_wal() {
    let file = File::new("pragma journal_mode = wal; create table empty (a)");
    let writer = Connection::open(&file.path).unwrap();
    writer.execute_batch(&format!("pragma wal_autocheckpoint = 0; {ROWS}")).unwrap();
    sound(&file.path);
    drop(writer);
}

/// What is wrong is found at the very end of the walk, and only there.
#[test]
fn a_page_that_nobody_holds() {
    for page_size in [512, 4_096, 65_536] {
        let file = File::new(&format!("pragma page_size = {page_size}; {ROWS}"));
        let mut bytes = fs::read(&file.path).unwrap();
        bytes.extend(vec![0; page_size]);
        fs::write(&file.path, bytes).unwrap();
        file.damage(1, |page| add_one(page, 28));
        damaged(&file, "never used");
    }
}

#[test]
fn pages_that_a_tree_has_lost_or_holds_twice() {
    for auto_vacuum in ["none", "full"] {
        for name in ["t", "w", "t_a"] {
            let file = File::new(&format!("pragma auto_vacuum = {auto_vacuum}; {ROWS}"));
            let whole = fs::read(&file.path).unwrap();
            file.damage(file.root(name), forget_a_child);
            damaged(&file, "never used");
            fs::write(&file.path, whole).unwrap();
            file.damage(file.root(name), lead_to_a_child_twice);
            damaged(&file, "2nd reference");
        }
    }
}

#[test]
fn free_pages() {
    let file = File::new(&format!("{ROWS} delete from t where id > 2000"));
    let whole = fs::read(&file.path).unwrap();
    file.damage(1, |page| add_one(page, 36));
    damaged(&file, "Freelist: size is");
    fs::write(&file.path, &whole).unwrap();
    // One that a tree holds, in place of one that is free: as many as there should be.
    let trunk = u32::from_be_bytes(whole[32..36].try_into().unwrap());
    let held = u32::try_from(file.root("w")).unwrap();
    file.damage(usize::try_from(trunk).unwrap(), |page| put(page, 8, held));
    damaged(&file, "2nd reference");
}

#[test]
fn order_and_numbers() {
    // A rowid between two children that is not between their rows: who looks for a row goes astray.
    let file = File::new(ROWS);
    file.damage(file.root("t"), |page| {
        let at = cell(page, 1) + 4;
        page[at..=at + 1].copy_from_slice(&[0x80, 1]);
    });
    damaged(&file, "out of order");
    // A chain of pages that ends early.
    let file = File::new("create table t (b); insert into t values (zeroblob(20000))");
    file.damage(4, |page| page[..4].fill(0));
    damaged(&file, "overflow list length");
    // An index that lacks entries.
    let file = File::new(ROWS);
    let partial = "pragma writable_schema = on; update sqlite_schema set sql = 'create index t_some on t (b)' where name = 't_some'";
    Connection::open(&file.path).unwrap().execute_batch(partial).unwrap();
    damaged(&file, "wrong # of entries in index t_some");
}

/// Rows are left to who reads them: one that cannot be read is not come to. Outside a transaction, where the schema can
/// change meanwhile, it is.
#[test]
fn rows_are_not_read() {
    let file = File::new(&format!("{ROWS} insert into t values (6000, 'the last', 1)"));
    let mut bytes = fs::read(&file.path).unwrap();
    let at = bytes.windows(8).rposition(|bytes| bytes == b"the last").unwrap();
    // The header before it: its own length, then the types of the three columns.
    assert_eq!(bytes[at - 4..at], [4, 0, 8 * 2 + 13, 9]);
    bytes[at - 4] = 0x7f;
    fs::write(&file.path, bytes).unwrap();
    let malformed = "database disk image is malformed";
    assert_eq!(look(&file.path), (Vec::new(), malformed.to_owned()));
    let connection = Source::open(&file.path).unwrap().connect().unwrap();
    assert_eq!(Check::Pages.run(&connection).unwrap(), [malformed]);
}
