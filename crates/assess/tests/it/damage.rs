use std::fs;
use std::ops::ControlFlow;

use autobot_assess::{Error, scan};
use autobot_catalog::Form;
use autobot_db::{Check, Source};
use autobot_testkit::TempSqlite;
use proptest::prelude::*;

use crate::checks::{forms, of_column, open, options, table, try_scan};

#[test]
fn a_damaged_page_is_named_with_the_last_good_row() {
    let file = autobot_testkit::sqlite(
        "pragma page_size = 4096; create table good (a); insert into good values (1);
         create table t (id integer primary key, a text);
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
         insert into t select i, printf('%.200c', 'x') from n",
    );
    let mut bytes = fs::read(&file.path).unwrap();
    let page = bytes.len() / 4096 / 2;
    bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
    fs::write(&file.path, bytes).unwrap();
    for threads in [1, 2] {
        match try_scan(&file, threads, &options()) {
            Err(error @ Error::Damaged { .. }) => {
                let Error::Damaged { table: name, after_rowid: Some(rowid), .. } = &error else {
                    panic!("{error:?}");
                };
                assert_eq!(*name, table("t"));
                assert!((1..2000).contains(rowid), "{rowid}");
                assert!(error.hint().unwrap().contains(".recover"));
            }
            other => panic!("{other:?}"),
        }
    }
}

/// The check of the pages ends before it comes to the rows.
#[test]
fn a_row_that_cannot_be_read_is_found_by_the_scan() {
    let file = autobot_testkit::sqlite(
        "create table t (id integer primary key, a text);
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
         insert into t select i, printf('%.200c', 'x') from n;
         insert into t values (2001, 'the last')",
    );
    let mut bytes = fs::read(&file.path).unwrap();
    let at = bytes.windows(8).rposition(|bytes| bytes == b"the last").unwrap();
    // The row's header says how long it is, then the types of its columns.
    assert_eq!(bytes[at - 3..at], [3, 0, 8 * 2 + 13]);
    bytes[at - 3] = 0x7f;
    fs::write(&file.path, bytes).unwrap();
    let (connections, _) = open(&file, 1);
    assert_eq!(Check::Pages.run(&connections[0]).unwrap(), Vec::<String>::new());
    for threads in [1, 2] {
        let found = try_scan(&file, threads, &options());
        assert!(matches!(found, Err(Error::Damaged { after_rowid: Some(2000), .. })), "{found:?}");
    }
}

#[test]
fn a_utf_16_database_is_read_as_text() {
    let file = autobot_testkit::sqlite(
        "pragma encoding = 'UTF-16le'; create table t (a text); insert into t values ('é😀'), (''), (char(0x41, 0, 0x42))",
    );
    let evidence = try_scan(&file, 1, &options()).unwrap();
    let column = of_column(&evidence, "t", "a");
    assert_eq!(forms(column), [(Form::TextEmpty, 1, vec![2]), (Form::Text, 1, vec![1]), (Form::TextNul, 1, vec![3])]);
    assert_eq!((column.characters_max, column.longest.as_ref().unwrap().0), (3, 6));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever bytes are wrong, there is an answer or an error, never a panic.
    #[test]
    fn mutated_files_never_break_the_scan(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = SMALL.with(|file| fs::read(&file.path).unwrap());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("dev.db");
        fs::write(&path, bytes).unwrap();
        let file = TempSqlite { path, dir };
        if Source::open(&file.path).is_ok() {
            let (connections, _) = SMALL.with(|file| open(file, 1));
            let catalog = crate::catalog::catalog(&connections[0]);
            let mut snapshot = Source::open(&file.path).unwrap().snapshot(1).unwrap();
            let mut connections: Vec<_> = snapshot.take().into_iter().collect();
            let _evidence = scan(&mut connections, &catalog, &options(), &|_| ControlFlow::Continue(()));
        }
    }
}

thread_local! {
    static SMALL: TempSqlite = autobot_testkit::sqlite(
        "pragma page_size = 512; create table p (id integer primary key, a text unique);
         create table t (id integer primary key, a text, b datetime, p references p, q text references p(a));
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 60)
         insert into t select i, printf('%.*c', i * 20, 'x'), i * 1000000000, i, i from n;
         insert into p select id, a from t where id % 2",
    );
}
