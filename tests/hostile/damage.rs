//! Row 71 of section 2h: files that are not whole.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};

use rusqlite::Connection;

use crate::case::Case;
use crate::life::{rows, whole};

/// Row 71.
#[test]
fn damaged_files() {
    let Some(case) = Case::of(&rows(3000)) else { return };
    let whole = fs::read(&case.source.path).unwrap();
    let before = case.target();
    let page = whole.len() / 4096 / 2 * 4096;
    let mut damaged = whole.clone();
    damaged[page..page + 4096].fill(0xa5);
    let mut header = whole.clone();
    header[..16].copy_from_slice(b"SQLite format 9\0");
    for (what, bytes) in
        [("page", damaged.as_slice()), ("cut", &whole[..whole.len() / 3]), ("header", &header), ("empty", b"")]
    {
        fs::write(&case.source.path, bytes).unwrap();
        let run = case.copy("");
        assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{what}: {run}");
        assert_eq!(case.target(), before, "{what}");
        let said = run.to_string();
        match what {
            "page" | "cut" => {
                assert!(said.contains("integrity_check") && said.contains("salvage"), "{what}: {said}");
                assert!(said.contains("is damaged"), "{what}: {said}");
            }
            _ => assert!(said.contains("not a plain SQLite file"), "{what}: {said}"),
        }
    }
}

/// Row 71: bytes behind the last page are no damage that loses rows, yet they are not passed over in silence.
#[test]
fn bytes_behind_the_last_page() {
    let Some(case) = Case::of(&rows(10)) else { return };
    let mut file = fs::OpenOptions::new().write(true).open(&case.source.path).unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    file.write_all(&[7; 100]).unwrap();
    drop(file);
    let run = case.copy("");
    assert!(run.code == 5 || run.code == 0, "{run}");
    assert!(run.code == 5 || whole(&case, 10));
}

/// Row 71: an index that lacks rows of its table is damage, and nothing is read from it.
#[test]
fn rows_that_an_index_lacks_go_over() {
    let sql = "create table t (id integer primary key, b text, wide text); \
               insert into t values (1, 'x', 'w'), (2, 'y', 'w'), (3, 'z', 'w'); \
               create index t_b on t (b) where id < 3; \
               pragma writable_schema = on; \
               update sqlite_master set sql = 'CREATE INDEX t_b on t (b)' where name = 't_b'";
    let Some(case) = Case::of(sql) else { return };
    // Without that column the index holds all that is read, and is smaller than the table.
    let rule = "[rules.tables.t.columns.wide]\nskip = true";
    let run = case.copy(rule);
    assert!(run.code == 5 && run.eyes.contains("wrong # of entries in index t_b"), "{run}");
    let run = case.run("copy", rule, &["--assess", "none"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.rows("select id, b from t order by id"), ["1|x", "2|y", "3|z"]);
}

/// Row 71: a page of rows that its tree has lost. What is read of the table is whole in itself, and too little.
#[test]
fn a_page_of_rows_that_nothing_leads_to() {
    let Some(case) = Case::of(&rows(5_000)) else { return };
    let connection = Connection::open(&case.source.path).unwrap();
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize;
    let (root, size) = (number("select rootpage from sqlite_schema where name = 't'"), number("pragma page_size"));
    drop(connection);
    let mut bytes = fs::read(&case.source.path).unwrap();
    let page = &mut bytes[(root - 1) * size..];
    // An inner page of a table: 12 bytes of header, the number of cells at 3, then two bytes for each (file format, 1.6).
    assert_eq!(page[0], 5);
    let cells = usize::from(u16::from_be_bytes([page[3], page[4]]));
    page.copy_within(12 + 2 * 11..12 + 2 * cells, 12 + 2 * 10);
    page[3..5].copy_from_slice(&u16::try_from(cells - 1).unwrap().to_be_bytes());
    fs::write(&case.source.path, bytes).unwrap();
    let before = case.target();
    let run = case.copy("");
    assert_eq!(run.code, 5, "{run}");
    assert!(run.eyes.contains("never used") && run.eyes.contains(".recover"), "{run}");
    assert_eq!(case.target(), before);
}
