use autobot_catalog::{NulRule, OnInvalid, RowFilter, RowKey};
use autobot_plan::{Change as _, Executor, Scope, Silent, Stop};
use autobot_testkit::skip_without_postgres;
use autobot_transfer::{Batches, TransferReport, plan};

use crate::bench::{Bench, run};

const SMALL: Batches = Batches { from_bytes: 0, bytes: 300 * 1024 };

/// 6,000 rows of about a kilobyte, every hundredth refused and every fiftieth with a NUL.
const SQL: &str = "create table t (id integer primary key, n, s text);
    with recursive c(n) as (select -2999 union all select n + 1 from c where n < 3000)
    insert into t select n, iif(n % 100 in (7, -93), 'x', n), hex(randomblob(500)) || iif(n % 50 in (1, -49), cast(x'00' as text), '') from c;";

async fn bench(sql: &str) -> Bench {
    let mut bench = Bench::new(sql, &[("t", "id:i! n:I s:s")]).await;
    bench.column("t", "n").on_invalid = OnInvalid::Quarantine;
    bench.column("t", "s").nul = NulRule::Strip;
    bench.index("t", "n");
    bench.options.batches = SMALL;
    bench
}

/// How many rows of `t` are in the stage, and in how many transactions they were written (a batch is one).
async fn loaded(bench: &Bench) -> String {
    bench.ask("select concat_ws(' in ', count(*), count(distinct xmin::text)) from autobot_stage.t").await
}

async fn expect_whole(bench: &Bench, report: &TransferReport) {
    let table = report.table("t").unwrap();
    assert_eq!((table.rows, table.quarantined), (5940, 60));
    assert_eq!(table.changed.get("nul-stripped"), Some(&120));
    let sums = "select concat_ws(' ', count(*), sum(id), sum(n), sum(length(s))) from t";
    assert_eq!(bench.ask(sums).await, "5940 5580 5580 5940000");
    let aside = "select concat_ws(' ', count(*), count(distinct row_id)) from autobot_quarantine.rows";
    assert_eq!(bench.ask(aside).await, "60 60");
    let originals = "select concat_ws(' ', count(*), count(distinct row_id)) from autobot_quarantine.originals";
    assert_eq!(bench.ask(originals).await, "120 120");
}

#[tokio::test]
async fn each_batch_is_a_transaction_and_nothing_is_in_two() {
    skip_without_postgres!();
    let bench = bench(SQL).await;
    let report = bench.stage().await.unwrap();
    let loaded = loaded(&bench).await;
    assert!(loaded.starts_with("5940 in "), "{loaded}");
    let batches: u64 = loaded.trim_start_matches("5940 in ").parse().unwrap();
    assert!((18..=24).contains(&batches), "{batches} batches of 300 KiB for 6 MB");
    assert_eq!(bench.ask("select count(*) from autobot_marks.batch").await, "0");
    bench.publish().await.unwrap();
    expect_whole(&bench, &report).await;
}

#[tokio::test]
async fn cut_off_at_any_moment_a_table_goes_on_where_it_was() {
    skip_without_postgres!();
    let mut inside = 0;
    let moments = [15, 25, 35, 45, 60, 80, 100, 130, 170, 220];
    for (round, cut_after_ms) in moments.iter().cycle().copied().enumerate() {
        if round >= moments.len() && (inside > 0 || round > 6 * moments.len()) {
            break;
        }
        let bench = bench(SQL).await;
        let steps = plan(&bench.facts().await, &bench.migration, &bench.options).unwrap().steps;
        let mut transfer = bench.transfer();
        run(&mut transfer, &steps[0].change).await.unwrap();
        let (change, stop) = (steps[1].change.clone(), Stop::new());
        let working = async {
            let scope = Scope { id: &change.id(), observer: &Silent, stop: &stop };
            transfer.apply(&change, &scope).await
        };
        // Dropping the work in the middle closes its connections, as the end of the process would.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(cut_after_ms), working).await;
        drop(transfer);
        let stage = bench.facts().await.stage.unwrap();
        let first = match stage.begun.as_slice() {
            [] => None,
            [(table, rows)] => {
                assert_eq!(table, "t");
                assert_eq!(bench.ask("select count(*) from autobot_stage.t").await, rows.to_string());
                inside += 1;
                Some(bench.ask("select concat_ws(' ', ctid, xmin) from autobot_stage.t where id = -2999").await)
            }
            more => panic!("{more:?}"),
        };
        let report = bench.stage().await.unwrap();
        if let Some(first) = first {
            let now = bench.ask("select concat_ws(' ', ctid, xmin) from autobot_stage.t where id = -2999").await;
            assert_eq!(now, first, "the first batch was loaded again");
        }
        bench.publish().await.unwrap();
        expect_whole(&bench, &report).await;
    }
    assert!(inside > 0, "no cut met a table in the middle");
}

#[tokio::test]
async fn a_rowid_is_found_whatever_the_columns_are_called() {
    skip_without_postgres!();
    let fill = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 3000)
        insert into t select n, n, hex(randomblob(500)) from c;";
    let cases = [
        ("create table t (id text, _rowid_ integer, s text);", RowKey::None, true),
        ("create table t (id text, \"ROWID\" integer, s text);", RowKey::None, true),
        ("create table t (id text primary key, _rowid_ integer, s text);", RowKey::Columns(vec![0]), true),
        ("create table t (id text primary key, n integer, s text) without rowid;", RowKey::Columns(vec![0]), false),
    ];
    for (table, key, in_batches) in cases {
        let second = ["_rowid_", "ROWID", "n"].into_iter().find(|name| table.contains(name)).unwrap();
        let mut bench = Bench::new(&format!("{table}{fill}"), &[("t", &format!("id:s! {second}:i s:s"))]).await;
        bench.migration.tables[0].key = key;
        bench.options.batches = SMALL;
        bench.stage().await.unwrap();
        let loaded = loaded(&bench).await;
        assert!(loaded.starts_with("3000 in "), "{loaded}");
        assert_eq!(loaded != "3000 in 1", in_batches, "{table}");
    }
}

#[tokio::test]
async fn a_condition_holds_in_every_batch() {
    skip_without_postgres!();
    let mut bench = bench(SQL).await;
    bench.migration.tables[0].filter = Some(RowFilter::Where("id > 0 or id < -2900 -- some".to_owned()));
    bench.stage().await.unwrap();
    let loaded = loaded(&bench).await;
    assert!(loaded.starts_with("3068 in ") && loaded != "3068 in 1", "{loaded}");
    bench.migration.tables[0].filter = Some(RowFilter::Last { count: 2000, per: Vec::new(), by: "id".to_owned() });
    bench.stage().await.unwrap();
    assert_eq!(self::loaded(&bench).await, "1980 in 1");
}
