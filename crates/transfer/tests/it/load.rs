use std::sync::{Arc, Mutex};

use autobot_catalog::{Object, OnInvalid, SequenceObject};
use autobot_plan::{Change as _, Executor, Outcome, Standing};
use autobot_testkit::{database_hash, skip_without_postgres};
use autobot_transfer::{Error, ExtraSql, Witness};
use rusqlite::types::ValueRef;

use crate::bench::{Bench, column, table};

const CHAT: &str = "create table bot (id text primary key); insert into bot values ('a'), ('b');
    create table message (id integer primary key autoincrement, bot text not null, body text, at datetime);
    insert into message (bot, body, at) values ('a', 'hé\tllo\\', 1700000000123), ('b', null, '2024-02-29 10:00:00');";

async fn chat() -> Bench {
    let mut bench = Bench::new(CHAT, &[("bot", "id:s!"), ("message", "id:S! bot:s! body:s at:d")]).await;
    bench.index("message", "bot");
    bench.foreign_key("message", "bot", "bot");
    bench.migration.target.sequences =
        vec![SequenceObject { table: table("message"), column: column("id"), last: Some(100) }];
    bench
}

#[tokio::test]
async fn rows_keys_and_sequences_arrive_and_nothing_else_is_left() {
    skip_without_postgres!();
    let bench = chat().await;
    let report = bench.stage_and_publish().await;
    assert_eq!(report.table("message").unwrap().rows, 2);
    assert_eq!(
        bench.ask("select string_agg(concat_ws('|', id, bot, body, at), ';' order by id) from message").await,
        "1|a|hé\tllo\\|2023-11-14 22:13:20.123;2|b|2024-02-29 10:00:00"
    );
    assert_eq!(bench.ask("select nextval('message_id_seq')").await, "101");
    assert_eq!(bench.ask("select count(*) from pg_constraint where connamespace = 'public'::regnamespace").await, "3");
    assert_eq!(bench.ask("select count(*) from pg_namespace where nspname like 'autobot%'").await, "0");
}

#[tokio::test]
async fn public_shows_nothing_before_publishing() {
    skip_without_postgres!();
    let bench = chat().await;
    bench.stage().await.unwrap();
    assert_eq!(bench.ask("select count(*) from pg_class where relnamespace = 'public'::regnamespace").await, "0");
    assert_eq!(bench.ask("select count(*) from autobot_stage.message").await, "2");
}

#[tokio::test]
async fn undo_leaves_the_target_as_it_was() {
    skip_without_postgres!();
    let mut bench = chat().await;
    bench.migration.target.extensions = vec!["citext".to_owned()];
    bench.migration.target.types = vec![Object {
        kind: "type".to_owned(),
        name: "Mood".to_owned(),
        sql: "create type \"Mood\" as enum ('x')".to_owned(),
    }];
    bench.options.extra = vec![ExtraSql {
        doing: "write a baseline".to_owned(),
        apply: "create table baseline (id int)".to_owned(),
        undo: "drop table if exists baseline".to_owned(),
    }];
    let before = database_hash(&bench.database.url).await;
    bench.stage().await.unwrap();
    let prepare = autobot_transfer::plan(&bench.facts().await, &bench.migration, &bench.options).unwrap();
    bench.transfer().undo(&prepare.steps[0].change, &Outcome::line("")).await.unwrap();
    assert_eq!(database_hash(&bench.database.url).await, before);

    bench.stage().await.unwrap();
    let published = bench.publish().await.unwrap();
    assert_eq!(bench.ask("select count(*) from baseline").await, "0");
    assert_eq!(bench.ask("select typnamespace::regnamespace from pg_type where typname = 'Mood'").await, "public");
    for (change, outcome) in published.iter().rev() {
        bench.transfer().undo(change, outcome).await.unwrap();
        bench.transfer().undo(change, outcome).await.unwrap();
    }
    bench.database.execute("drop extension citext").await;
    assert_eq!(database_hash(&bench.database.url).await, before);
}

#[tokio::test]
async fn a_view_comes_last_and_its_failure_publishes_nothing() {
    skip_without_postgres!();
    let mut bench = chat().await;
    bench.stage().await.unwrap();
    let view = |sql: &str| vec![Object { kind: "view".to_owned(), name: "v".to_owned(), sql: sql.to_owned() }];
    bench.migration.target.after = view("create view v as select nothing from message");
    // Another migration is another fingerprint, but publishing looks at what is there.
    let error = bench.publish().await.unwrap_err();
    assert!(matches!(&error, Error::Statement { doing, .. } if doing == "create the view `v`"), "{error}");
    assert_eq!(bench.ask("select count(*) from pg_class where relnamespace = 'public'::regnamespace").await, "0");
    bench.migration.target.after = view("create view v as select bot from message");
    bench.publish().await.unwrap();
    assert_eq!(bench.ask("select count(*) from v").await, "2");
}

#[tokio::test]
async fn an_incomplete_stage_is_not_published() {
    skip_without_postgres!();
    let bench = chat().await;
    bench.stage().await.unwrap();
    bench.database.execute("drop index autobot_stage.message_bot_idx").await;
    assert!(matches!(bench.publish().await.unwrap_err(), Error::NotStaged { .. }));
    bench.stage().await.unwrap();
    bench.publish().await.unwrap();
}

#[tokio::test]
async fn whoever_waits_for_a_table_is_told_once_it_can_be_read() {
    skip_without_postgres!();
    let mut bench = chat().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&told);
    bench.options.on_loaded = Some(Arc::new(move |map| list.lock().unwrap().push(map.target.to_string())));
    bench.stage().await.unwrap();
    let mut told = told.lock().unwrap().clone();
    told.sort();
    assert_eq!(told, ["bot", "message"]);
}

#[tokio::test]
async fn sequences_go_on_after_the_last_id_ever_given_out() {
    skip_without_postgres!();
    let sql = "create table never (id integer primary key autoincrement);
        create table emptied (id integer primary key autoincrement);
        create table full (id integer primary key autoincrement); insert into full values (2147483646);";
    let mut bench = Bench::new(sql, &[("never", "id:S!"), ("emptied", "id:S!"), ("full", "id:S!")]).await;
    let last = [("never", None), ("emptied", Some(101)), ("full", Some(2_147_483_646))];
    bench.migration.target.sequences =
        last.map(|(name, last)| SequenceObject { table: table(name), column: column("id"), last }).to_vec();
    bench.stage_and_publish().await;
    for (name, next) in [("never", "1"), ("emptied", "102"), ("full", "2147483647")] {
        assert_eq!(bench.ask(&format!("select nextval('{name}_id_seq')")).await, next);
    }
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    skip_without_postgres!();
    let bench = chat().await;
    bench.stage().await.unwrap();
    let before = database_hash(&bench.database.url).await;
    let plan = autobot_transfer::plan(&bench.facts().await, &bench.migration, &bench.options).unwrap();
    let mut transfer = bench.transfer();
    for step in &plan.steps {
        assert_eq!(transfer.probe(&step.change).await.unwrap(), Standing::AlreadySo, "{}", step.change.id());
    }
    assert_eq!(transfer.report().rows(), 4);
    assert_eq!(database_hash(&bench.database.url).await, before);
}

#[tokio::test]
async fn statistics_are_there_when_the_tables_are_published() {
    skip_without_postgres!();
    let sql = "create table t (id integer primary key, s text); insert into t values (1, 'a'), (2, 'b');";
    let mut bench = Bench::new(sql, &[("t", "id:i! s:s")]).await;
    bench.options.analyze = true;
    bench.stage().await.unwrap();
    let published: Vec<_> = bench.publish().await.unwrap().into_iter().map(|(change, _)| change.id()).collect();
    assert_eq!(published, ["publish"], "statistics were gathered again");
    assert_eq!(bench.ask("select count(*) from pg_stats where schemaname = 'public'").await, "2");
    assert_eq!(bench.ask("select reltuples from pg_class where oid = 'public.t'::regclass").await, "2");
}

#[tokio::test]
async fn the_highest_rowid_is_no_size() {
    skip_without_postgres!();
    let table = |name| {
        format!("create table {name} (id integer primary key); insert into {name} values (9223372036854775807);")
    };
    let bench = Bench::new(&["a", "b"].map(table).concat(), &[("a", "id:I!"), ("b", "id:I!")]).await;
    assert_eq!(bench.stage_and_publish().await.rows(), 2);
}

#[tokio::test]
async fn rows_that_were_assessed_and_not_read_are_missed() {
    skip_without_postgres!();
    let sql = "create table t (id integer primary key); insert into t values (1), (2)";
    let mut bench = Bench::new(sql, &[("t", "id:i!")]).await;
    bench.migration.tables[0].rows = Some(3);
    let error = bench.stage().await.unwrap_err();
    assert!(matches!(error, autobot_transfer::Error::OtherRows { assessed: 3, read: 2, .. }), "{error}");
    assert_eq!(bench.ask("select to_regclass('autobot_stage.t') is null").await, "true");
}

#[tokio::test]
async fn a_large_table_is_sorted_by_several_processes_and_nothing_of_that_is_left() {
    skip_without_postgres!();
    let sql = "create table t (id integer primary key, s); create table small (id integer primary key, s);
        insert into t select value, hex(randomblob(50000)) from (
            with recursive n(value) as (select 1 union all select value + 1 from n where value < 40) select value from n);";
    let mut bench = Bench::new(sql, &[("t", "id:i! s:s"), ("small", "id:i! s:s")]).await;
    bench.migration.tables[0].bytes = Some(64 << 20);
    bench.options.index_workers = 2;
    bench.stage().await.unwrap();
    let options =
        "select string_agg(c.relname || coalesce(c.reloptions::text, ''), ' ' order by c.relname) from pg_class c
        where c.relkind = 'r' and c.relnamespace =";
    assert_eq!(bench.ask(&format!("{options} 'autobot_stage'::regnamespace")).await, "small t{parallel_workers=2}");
    bench.publish().await.unwrap();
    assert_eq!(bench.ask(&format!("{options} 'public'::regnamespace")).await, "small t");
}

#[tokio::test]
async fn statistics_are_gathered_of_every_column_and_of_an_index_on_an_expression() {
    skip_without_postgres!();
    let rows = "select value, hex(randomblob(3000)) from (
        with recursive n(value) as (select 1 union all select value + 1 from n where value < 400) select value from n);";
    let sql = format!(
        "create table t (id integer primary key, s); insert into t {rows}
        create table u (id integer primary key, s); insert into u {rows}"
    );
    let mut bench = Bench::new(&sql, &[("t", "id:i! s:s"), ("u", "id:i! s:s")]).await;
    bench.index("u", "s");
    let index = bench.migration.target.indexes.last_mut().unwrap();
    index.columns.clear();
    index.sql = "create index u_s_idx on u (lower(left(s, 8)))".to_owned();
    bench.options.analyze = true;
    bench.stage_and_publish().await;
    let known = "select string_agg(tablename || '.' || attname, ' ' order by tablename, attname) from pg_stats
        where schemaname = 'public'";
    assert_eq!(bench.ask(known).await, "t.id t.s u.id u.s u_s_idx.lower");
    assert_eq!(
        bench.ask("select string_agg(reltuples::text, ' ') from pg_class where relname in ('t', 'u')").await,
        "400 400"
    );
}

/// What a witness saw, as texts.
struct Seen(Arc<Mutex<Vec<String>>>, String);

impl Witness for Seen {
    fn value(&mut self, value: ValueRef<'_>) {
        self.1.push_str(&format!("{:?} ", value.data_type()));
    }

    fn end_row(&mut self) {
        self.0.lock().unwrap().push(std::mem::take(&mut self.1));
    }

    fn end(self: Box<Self>) {
        self.0.lock().unwrap().push("end".to_owned());
    }
}

#[tokio::test]
async fn a_witness_sees_every_value_that_is_read() {
    skip_without_postgres!();
    let sql = "create table t (id integer primary key, n, s); insert into t values (1, 5, 'x'), (2, 'no', null), (3, 7, x'00')";
    let mut bench = Bench::new(sql, &[("t", "id:i! n:I s:y")]).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let (list, statements) = (Arc::clone(&told), Arc::new(Mutex::new(Vec::new())));
    let asked = Arc::clone(&statements);
    bench.options.witnesses = Some(Arc::new(move |_, sql| {
        asked.lock().unwrap().push(sql.to_owned());
        Some(Box::new(Seen(Arc::clone(&list), String::new())))
    }));
    // The second row is refused: the reading ends there.
    bench.stage().await.unwrap_err();
    assert_eq!(std::mem::take(&mut *told.lock().unwrap()), ["Integer Integer Text "]);
    bench.column("t", "n").on_invalid = OnInvalid::Quarantine;
    bench.stage().await.unwrap();
    let rows = ["Integer Integer Text ", "Integer Text Null ", "Integer Integer Blob ", "end"];
    assert_eq!(*told.lock().unwrap(), rows);
    assert_eq!(statements.lock().unwrap()[0], r#"select "id", "n", "s" from "t" not indexed"#);
}
