use std::sync::{Arc, Mutex};

use autobot_plan::{Change as _, Event, Executor, Observer, Scope, Silent, Stop};
use autobot_testkit::skip_without_postgres;
use autobot_transfer::{Error, plan};

use crate::bench::{Bench, run};

/// Five tables of a few thousand rows, each with an index and a reference to the one before.
async fn chain() -> Bench {
    let mut sql = String::new();
    for table in 0..5 {
        sql.push_str(&format!(
            "create table t{table} (id integer primary key, parent int, s text);
             with recursive c(n) as (select 1 union all select n + 1 from c where n < 3000)
             insert into t{table} select n, n, hex(randomblob(200)) from c;"
        ));
    }
    let names = ["t0", "t1", "t2", "t3", "t4"];
    let mut bench = Bench::new(&sql, &names.map(|name| (name, "id:i! parent:i s:s"))).await;
    for pair in names.windows(2) {
        bench.index(pair[1], "s");
        bench.foreign_key(pair[1], "parent", pair[0]);
    }
    bench
}

/// Asks for a stop when the given number of progress events was seen.
struct StopAfter {
    left: Mutex<u32>,
    stop: Stop,
}

impl Observer for StopAfter {
    fn on(&self, _event: &Event) {
        let mut left = self.left.lock().unwrap();
        *left = left.saturating_sub(1);
        if *left == 0 {
            self.stop.request();
        }
    }
}

#[tokio::test]
async fn a_stopped_load_goes_on_where_it_stopped() {
    skip_without_postgres!();
    for after in 1..=5 {
        let bench = chain().await;
        let steps = plan(&bench.facts().await, &bench.migration, &bench.options).unwrap().steps;
        let mut transfer = bench.transfer();
        run(&mut transfer, &steps[0].change).await.unwrap();
        let stop = Stop::new();
        let observer = StopAfter { left: Mutex::new(after), stop: stop.clone() };
        let scope = Scope { id: "load", observer: &observer, stop: &stop };
        let stopped = transfer.apply(&steps[1].change, &scope).await;
        assert!(matches!(stopped, Err(Error::Stopped)), "{stopped:?}");
        drop(transfer);
        let loaded = bench.facts().await.stage.unwrap().loaded.len();
        assert!(loaded >= after as usize && loaded <= 5, "{loaded} after {after}");
        let report = bench.stage_and_publish().await;
        assert_eq!(report.rows(), 15_000);
        assert_eq!(bench.ask("select count(*) from t4 join t3 on t3.id = t4.parent").await, "3000");
        assert_eq!(bench.ask("select count(*) from pg_constraint where contype = 'f'").await, "4");
    }
}

#[tokio::test]
async fn killed_at_any_moment_the_stage_goes_on() {
    skip_without_postgres!();
    for kill_after_ms in [5, 20, 40, 60, 80, 120] {
        let bench = chain().await;
        let steps = plan(&bench.facts().await, &bench.migration, &bench.options).unwrap().steps;
        let mut transfer = bench.transfer();
        run(&mut transfer, &steps[0].change).await.unwrap();
        let (change, stop) = (steps[1].change.clone(), Stop::new());
        let working = async {
            let scope = Scope { id: &change.id(), observer: &Silent, stop: &stop };
            transfer.apply(&change, &scope).await
        };
        // Dropping the work in the middle closes its connections, as the end of the process would.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(kill_after_ms), working).await;
        drop(transfer);
        let report = bench.stage_and_publish().await;
        assert_eq!(report.rows(), 15_000, "killed after {kill_after_ms} ms");
        assert_eq!(bench.ask("select count(*) from pg_constraint where contype = 'f'").await, "4");
        assert_eq!(bench.ask("select count(*) from pg_indexes where schemaname = 'public'").await, "9");
    }
}

#[tokio::test]
async fn a_stage_of_another_source_is_begun_again() {
    skip_without_postgres!();
    let bench =
        Bench::new("create table t (id integer primary key); insert into t values (1)", &[("t", "id:i!")]).await;
    bench.stage().await.unwrap();
    rusqlite::Connection::open(&bench.sqlite.path).unwrap().execute("insert into t values (2)", []).unwrap();
    let steps = plan(&bench.facts().await, &bench.migration, &bench.options).unwrap();
    assert_eq!(steps.notes, ["a stage of another source or migration is dropped"]);
    bench.stage_and_publish().await;
    assert_eq!(bench.ask("select count(*) from t").await, "2");
}

#[tokio::test]
async fn the_servers_own_words_come_up_when_it_fails_in_the_middle() {
    skip_without_postgres!();
    let sql = "create table t (id integer primary key, s text);
        with recursive c(n) as (select 1 union all select n + 1 from c where n < 20000)
        insert into t select n, hex(randomblob(500)) from c;";
    let mut bench = Bench::new(sql, &[("t", "id:i! s:s")]).await;
    // A constraint that fails in the middle of the rows, as a full disk would.
    bench.migration.target.tables[0].sql = "create table t (id int not null check (id <> 3000), s text)".to_owned();
    let error = bench.stage().await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(matches!(error, Error::Copy { .. }), "{error}");
    assert!(source.contains("violates check constraint"), "{source}");
    assert_eq!(bench.ask("select to_regclass('autobot_stage.t') is null").await, "true");
    assert_eq!(bench.ask("select count(*) from autobot_marks.mark").await, "0");
}

#[tokio::test]
async fn a_session_that_is_ended_by_the_server_says_so() {
    skip_without_postgres!();
    let bench = chain().await;
    let steps = plan(&bench.facts().await, &bench.migration, &bench.options).unwrap().steps;
    let mut transfer = bench.transfer();
    run(&mut transfer, &steps[0].change).await.unwrap();
    let url = bench.database.url.clone();
    let killer = Arc::new(bench.database.connect().await);
    drop(killer);
    let end = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'autobot' and datname = current_database()";
    let killing = tokio::spawn(async move {
        let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(&url).await.unwrap();
        for _ in 0..40 {
            sqlx::query(end).execute(&mut connection).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    });
    let (change, stop) = (steps[1].change.clone(), Stop::new());
    let scope = Scope { id: "load", observer: &Silent, stop: &stop };
    assert!(transfer.apply(&change, &scope).await.is_err());
    killing.await.unwrap();
    assert_eq!(bench.stage_and_publish().await.rows(), 15_000);
}
