//! A live source in WAL mode, whose newest rows are only in its `-wal`.

use std::fs;
use std::path::PathBuf;

use autobot_sample::SampleOptions;
use rusqlite::Connection;

use crate::checkout::{Checkout, WORK_DIR};

/// A client that is nowhere but in the `-wal`.
const IN_THE_WAL: &str = "insert into Client (id, botId, chatId, name, createdAt, updatedAt)
    select 'in-the-wal', id, '+34 600 000 000', 'Only in the wal', 1700000000123, 1700000000123 from Bot limit 1";

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_the_wal_come_over_and_the_source_is_not_written() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let live = Connection::open(&checkout.sample.database).unwrap();
    live.execute_batch("pragma journal_mode = wal; pragma wal_autocheckpoint = 0").unwrap();
    live.execute_batch(IN_THE_WAL).unwrap();
    live.execute_batch("update Client set notes = 'nota del wal' where id <> 'in-the-wal'").unwrap();
    let before = source_files(&checkout);
    assert_eq!(before.len(), 3, "the main file, -wal and -shm");

    checkout.run(&["migrate"]).exits(0);

    assert_eq!(source_files(&checkout), before, "the source was written to");
    let clients = i64::try_from(checkout.sample.rows_of("Client")).unwrap();
    assert_eq!(checkout.rows("Client").await, clients + 1);
    let name = r#"select name from "Client" where id = 'in-the-wal'"#;
    assert_eq!(checkout.lines(name).await, ["Only in the wal"]);
    let noted = r#"select count(*) from "Client" where notes = 'nota del wal'"#;
    assert_eq!(checkout.number(noted).await, clients);

    // The backup is one file that needs no -wal beside it.
    let copy = Connection::open(backup_of(&checkout)).unwrap();
    let count: i64 = copy.query_row("select count(*) from Client", [], |row| row.get(0)).unwrap();
    assert_eq!(count, clients + 1);
    drop(live);
}

/// What the bot wrote between phase 1 and phase 4 is not lost in silence.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_after_the_backup_is_noticed() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.through(3);
    let live = Connection::open(&checkout.sample.database).unwrap();
    live.execute_batch("pragma journal_mode = wal; pragma wal_autocheckpoint = 0").unwrap();
    live.execute_batch(IN_THE_WAL).unwrap();
    checkout.run(&["phase", "4"]).exits(4).says("dev.db");
    // `migrate` takes the backup anew and brings it all.
    checkout.run(&["migrate"]).exits(0);
    let found = r#"select count(*) from "Client" where id = 'in-the-wal'"#;
    assert_eq!(checkout.number(found).await, 1);
    drop(live);
}

fn source_files(checkout: &Checkout) -> Vec<(PathBuf, Vec<u8>)> {
    let files = ["dev.db", "dev.db-wal", "dev.db-shm"].map(|name| checkout.path("server/prisma").join(name));
    files.into_iter().filter_map(|path| fs::read(&path).ok().map(|bytes| (path, bytes))).collect()
}

fn backup_of(checkout: &Checkout) -> PathBuf {
    let folders = fs::read_dir(checkout.path(WORK_DIR).join("backups")).unwrap();
    let folder = folders.map(|entry| entry.unwrap().path()).max().unwrap();
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("dev.db.backup_")).unwrap()
}
