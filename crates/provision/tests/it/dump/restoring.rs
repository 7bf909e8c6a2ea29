//! Restores that must not half happen.

use std::sync::Mutex;

use autobot_db::Name;
use autobot_plan::{Scope, Silent, Stop};
use autobot_provision::Error;
use autobot_provision::dump::{Onto, RestoreOptions, newest, rehearse, restore};
use autobot_testkit::{self as testkit, TestDatabase, database_hash};
use flate2::read::GzDecoder;
use std::io::Read as _;
use std::path::PathBuf;

use super::{CONTENT, StopAt, bring_back, dump, options, via};

struct Ground {
    source: TestDatabase,
    dir: tempfile::TempDir,
    backup: PathBuf,
}

impl Ground {
    async fn new() -> Self {
        let source = testkit::database().await;
        source.execute(CONTENT).await;
        let dir = tempfile::tempdir().unwrap();
        let backup = dump(&options(&source.url, dir.path(), 1_800_000_000)).await.unwrap().path;
        Self { source, dir, backup }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        GzDecoder::new(std::fs::File::open(&self.backup).unwrap()).read_to_string(&mut text).unwrap();
        text
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

#[tokio::test]
async fn what_was_written_since_is_replaced_as_a_whole() {
    testkit::skip_without_postgres!();
    let ground = Ground::new().await;
    let before = database_hash(&ground.source.url).await;
    ground
        .source
        .execute(
            "drop table none; delete from \"Message\"; create table since (id serial); create view v as select * from since;
             create schema other; create table other.t (id int); create domain mail as text; create sequence s;
             create function since() returns int language sql as 'select 1'; alter type \"Role\" add value 'NEW'",
        )
        .await;
    let error = bring_back(&ground.source.url, ground.backup.clone(), Onto::Empty).await.unwrap_err();
    assert!(matches!(&error, Error::NotEmpty { tables, .. } if tables[0] == "Message"), "{error}");
    let restored = bring_back(&ground.source.url, ground.backup.clone(), Onto::Replaced).await.unwrap();
    assert!(restored.dropped > 5);
    assert_eq!(database_hash(&ground.source.url).await, before);
}

#[tokio::test]
async fn a_plain_file_will_do() {
    testkit::skip_without_postgres!();
    let ground = Ground::new().await;
    let target = testkit::database().await;
    let plain = ground.write("by_hand.sql", &ground.text());
    bring_back(&target.url, plain, Onto::Empty).await.unwrap();
    assert_eq!(database_hash(&target.url).await, database_hash(&ground.source.url).await);
}

#[tokio::test]
async fn a_truncated_or_changed_backup_is_refused_before_anything_is_touched() {
    testkit::skip_without_postgres!();
    let ground = Ground::new().await;
    let before = database_hash(&ground.source.url).await;
    let text = ground.text();
    let cut = ground.write("cut.sql", &text[..text.len() / 2]);
    let bytes = std::fs::read(&ground.backup).unwrap();
    let cut_packed = ground.dir.path().join("cut.sql.gz");
    std::fs::write(&cut_packed, &bytes[..bytes.len() - 9]).unwrap();
    let mut changed = bytes;
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&ground.backup, changed).unwrap();
    for path in [cut, cut_packed, ground.backup.clone()] {
        let error = bring_back(&ground.source.url, path.clone(), Onto::Replaced).await.unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }) && error.hint().is_some(), "{}: {error}", path.display());
    }
    assert_eq!(database_hash(&ground.source.url).await, before);
}

#[tokio::test]
async fn a_backup_that_fails_half_way_changes_nothing_and_quotes_no_row() {
    testkit::skip_without_postgres!();
    let ground = Ground::new().await;
    let before = database_hash(&ground.source.url).await;
    // A row too many columns wide, in the middle of the last table's rows.
    let broken = ground.text().replacen("\tlínea 77", "\tlínea 77\tsecret cell", 1);
    let error = bring_back(&ground.source.url, ground.write("broken.sql", &broken), Onto::Replaced).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, Error::Failed { .. }) && text.contains("extra data after last expected column"), "{text}");
    assert!(!text.contains("secret cell"), "{text}");
    assert_eq!(database_hash(&ground.source.url).await, before);
}

#[tokio::test]
async fn a_trigger_that_swallows_rows_is_noticed_before_the_commit() {
    testkit::skip_without_postgres!();
    let ground = Ground::new().await;
    let before = database_hash(&ground.source.url).await;
    let swallow = "create function public.no() returns trigger language plpgsql as 'begin return null; end';\n\
                   create trigger no before insert on public.\"User\" for each row execute function public.no();\n\
                   COPY public.\"User\" (";
    let text = ground.text().replacen("COPY public.\"User\" (", swallow, 1);
    let error = bring_back(&ground.source.url, ground.write("few.sql", &text), Onto::Replaced).await.unwrap_err();
    assert!(matches!(&error, Error::Failed { .. }), "{error}");
    assert_eq!(database_hash(&ground.source.url).await, before);
}

#[tokio::test]
async fn a_stop_half_way_changes_nothing() {
    testkit::skip_without_postgres!();
    let ground = Ground::new().await;
    let before = database_hash(&ground.source.url).await;
    // More than a pipe and one block hold, so that psql is in the middle of the rows.
    let row = "1\t1\tfiller\t2026-01-01 00:00:00\t\\N\t\\N\t\\N\n";
    let head = "COPY public.\"Message\" (id, \"userId\", content, at, data, size, meta) FROM stdin;\n";
    let text = ground.text().replacen(head, &format!("{head}{}", row.repeat(100_000)), 1);
    let from = ground.write("stopped.sql", &text);
    let stop = Stop::new();
    let restoring = StopAtSecondPass { stop: &stop, last: Mutex::new((0, 0)) };
    let target = ground.source.url.parse().unwrap();
    let options = RestoreOptions { target, via: via(), from, onto: Onto::Replaced };
    let scope = Scope { id: "restore", observer: &restoring, stop: &stop };
    let error = restore(&options, &scope).await.unwrap_err();
    assert!(matches!(error, Error::Stopped { doing: "restoring a backup" }), "{error}");
    assert_eq!(database_hash(&ground.source.url).await, before);
    // The first sign of the other observer would stop the reading before.
    let stop = Stop::new();
    let observer = StopAt { part: "stopped", stop: &stop, seen: Mutex::new(0) };
    let scope = Scope { id: "restore", observer: &observer, stop: &stop };
    assert!(matches!(restore(&options, &scope).await, Err(Error::Stopped { doing: "reading a dump" })));
}

/// Asks to stop in the middle of the third reading of the file: twice it is checked, then it is restored.
struct StopAtSecondPass<'a> {
    stop: &'a Stop,
    last: Mutex<(u32, u64)>,
}

impl autobot_plan::Observer for StopAtSecondPass<'_> {
    fn on(&self, event: &autobot_plan::Event) {
        let autobot_plan::Event::Progress { done, .. } = event else { return };
        let mut last = self.last.lock().unwrap();
        if *done < last.1 {
            last.0 += 1;
        }
        last.1 = *done;
        if last.0 == 2 && *done > 2_000_000 {
            self.stop.request();
        }
    }
}

/// A rehearsal notes in the manifest that the backup could be restored, and leaves no database behind; nor does one that
/// fails.
#[tokio::test]
async fn a_rehearsal_restores_beside_the_application() {
    testkit::skip_without_postgres!();
    let source = testkit::database().await;
    source.execute(CONTENT).await;
    let dir = tempfile::tempdir().unwrap();
    let backup = dump(&options(&source.url, dir.path(), 1_800_000_000)).await.unwrap();
    let before = testkit::database_hash(&source.url).await;
    let database = Name::new(format!("rehearsal_of_{}", source.name)).unwrap();
    let admin = source.url.parse().unwrap();
    let scope = Scope { id: "rehearse", observer: &Silent, stop: &Stop::new() };
    let restored = rehearse(&backup, &admin, &database, via(), &scope).await.unwrap();
    assert_eq!(restored.tables.iter().map(|(_, rows)| rows).sum::<u64>(), 4999 + 3 + 2);
    let noted = newest(dir.path()).unwrap().unwrap().manifest.unwrap();
    assert!(noted.restored_at.is_some());
    assert_eq!(noted.sha256, backup.manifest.as_ref().unwrap().sha256);

    std::fs::write(&backup.path, "no dump").unwrap();
    rehearse(&backup, &admin, &database, via(), &scope).await.unwrap_err();
    let left = format!("select 1 from pg_database where datname = '{database}'");
    let left = sqlx::query(sqlx::AssertSqlSafe(left)).fetch_all(&mut source.connect().await).await.unwrap();
    assert_eq!((left.len(), testkit::database_hash(&source.url).await), (0, before));
}
