//! `autobot copy --batches`: killed inside a table, it goes on inside it, and nobody sees a part.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use autobot_testkit::{TempSqlite, TestDatabase, database, sqlite};

use crate::checkout::lines;
use crate::program::{Ran, copy};
use crate::resume::Random;

/// 30 MB, nearly all of it in one table.
const SQL: &str = "
    create table chat (id integer primary key, name text not null);
    create temp view n as with recursive c(value) as (select 1 union all select value + 1 from c where value < 30000)
        select value from c;
    insert into chat select value, 'chat ' || value from n limit 200;
    create table message (
        id integer primary key autoincrement, chat integer not null references chat, content text, at datetime not null);
    insert into message select value, 1 + value % 200, hex(randomblob(450)), 1700000000000 + value from n;
    create index message_at on message (chat, at);
    delete from message where id in (17, 30000);";

/// Moments at least, and at most until one has met a table in the middle.
const KILLS: u32 = 5;
const KILLS_MAX: u32 = 60;

/// What the target holds: rows, keys, indexes and the next id.
const CONTENT: &str = "
    select concat_ws(' ', 'chat', count(*), sum(hashtextextended(t::text, 0)::numeric)) from chat t
    union all select concat_ws(' ', 'message', count(*), sum(hashtextextended(t::text, 0)::numeric)) from message t
    union all select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid
        where relnamespace = 'public'::regnamespace
    union all select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
    union all select sequencename || ' ' || last_value from pg_sequences where schemaname = 'public'
    union all select nspname::text from pg_namespace where nspname like 'autobot%' order by 1";

fn command(source: &TempSqlite, target: &TestDatabase, work: &Path) -> Command {
    let mut command = copy(&source.path, &target.url, work);
    command.args(["--batches", "1MB"]);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_inside_a_table_the_copy_goes_on_inside_it() {
    autobot_testkit::skip_without_postgres!();
    let source = sqlite(SQL);
    let (work, undisturbed) = (tempfile::tempdir().unwrap(), database().await);
    let began = Instant::now();
    Ran::of(&mut command(&source, &undisturbed, work.path())).exits(0);
    let (took, expected) = (began.elapsed(), lines(&undisturbed.url, CONTENT).await);
    assert_eq!(lines(&undisturbed.url, "select (count(distinct xmin::text) > 20)::text from message").await, ["true"]);
    let (mut random, mut inside) = (Random(11), 0);
    for kill in 0..KILLS_MAX {
        if kill >= KILLS && inside > 0 {
            break;
        }
        let (work, target) = (tempfile::tempdir().unwrap(), database().await);
        for _ in 0..=kill % 2 {
            let mut child =
                command(&source, &target, work.path()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(took.mul_f64(random.fraction()));
            child.kill().unwrap();
            child.wait().unwrap();
            let in_part = "select case when to_regclass('autobot_marks.batch') is null then 'f'
                else (xpath('//r/text()', query_to_xml('select count(*) > 0 as r from autobot_marks.batch', false, true, '')))[1]::text end";
            inside += u32::from(lines(&target.url, in_part).await == ["true"]);
            let seen = lines(&target.url, "select tablename::text from pg_tables where schemaname = 'public'").await;
            assert!(seen.is_empty() || seen.len() == 2, "kill {kill}: a part is seen: {seen:?}");
        }
        Ran::of(&mut command(&source, &target, work.path())).exits(0);
        assert_eq!(lines(&target.url, CONTENT).await, expected, "kill {kill}");
    }
    assert!(inside > 0, "no kill met a table in the middle");
}
