use autobot_catalog::{NulRule, OnInvalid, RowFilter};
use autobot_testkit::skip_without_postgres;
use autobot_transfer::Error;

use crate::bench::{Bench, column, table};

const SQL: &str = "create table t (id integer primary key, n, s);
    insert into t values (1, 5, 'good'), (2, 'x', cast(x'610062' as text)), (3, x'00ff', 'blob'), (4, 6.5, null), (5, 7, 'last');";

async fn bench() -> Bench {
    Bench::new(SQL, &[("t", "id:i! n:I s:s")]).await
}

#[tokio::test]
async fn a_refused_value_is_named_by_table_column_and_row() {
    skip_without_postgres!();
    let bench = bench().await;
    let error = bench.stage().await.unwrap_err();
    let Error::Refused { table, column, place, .. } = &error else { panic!("{error}") };
    assert_eq!((table.as_str(), column.as_str(), place.as_str()), ("t", "n", "rowid 2"));
    assert_eq!(bench.ask("select to_regclass('autobot_stage.t') is null").await, "true");
}

#[tokio::test]
async fn invalid_values_become_null_where_the_rule_says_so() {
    skip_without_postgres!();
    let mut bench = bench().await;
    bench.column("t", "n").on_invalid = OnInvalid::Null;
    bench.column("t", "s").nul = NulRule::Strip;
    let report = bench.stage_and_publish().await;
    assert_eq!(bench.ask("select string_agg(coalesce(n::text, '-'), ',' order by id) from t").await, "5,-,-,-,7");
    let changed = &report.table("t").unwrap().changed;
    assert_eq!(changed.values().sum::<u64>(), 4, "{changed:?}");
    assert_eq!(bench.ask("select s from t where id = 2").await, "ab");
    assert_eq!(
        bench
            .ask(
                "select concat_ws(' ', table_name, row_id, column_name, rule, value) from autobot_quarantine.originals"
            )
            .await,
        "t 2 s nul-stripped \\x610062"
    );
}

#[tokio::test]
async fn quarantined_rows_go_whole_and_typed() {
    skip_without_postgres!();
    let mut bench = bench().await;
    bench.column("t", "n").on_invalid = OnInvalid::Quarantine;
    bench.column("t", "s").on_invalid = OnInvalid::Quarantine;
    let report = bench.stage_and_publish().await;
    let report = report.table("t").unwrap();
    assert_eq!((report.rows, report.quarantined), (2, 3));
    assert_eq!(bench.ask("select string_agg(id::text, ',' order by id) from t").await, "1,5");
    assert_eq!(
        bench
            .ask("select string_agg(concat_ws(' ', row_id, row), '; ' order by row_id) from autobot_quarantine.rows")
            .await,
        r#"2 {"n": {"text": "x"}, "s": {"text_hex": "610062"}, "id": {"integer": "2"}}; 3 {"n": {"blob_hex": "00ff"}, "s": {"text": "blob"}, "id": {"integer": "3"}}; 4 {"n": {"bits": "401a000000000000", "real": "6.5"}, "s": null, "id": {"integer": "4"}}"#
    );
    assert_eq!(bench.ask("select count(*) from autobot_quarantine.rows where reason like 'n: %'").await, "3");
}

#[tokio::test]
async fn orphans_of_orphans_leave_together() {
    skip_without_postgres!();
    let sql = "create table bot (id text primary key); insert into bot values ('a');
        create table chat (id integer primary key, bot text); insert into chat values (1, 'a'), (2, 'gone'), (3, null);
        create table line (id integer primary key, chat int, reply int);
        insert into line values (1, 1, null), (2, 2, null), (3, 1, 2), (4, 1, 1), (5, 3, 4), (6, 1, 3);";
    let tables = [("bot", "id:s!"), ("chat", "id:i! bot:s"), ("line", "id:i! chat:i reply:i")];
    let mut bench = Bench::new(sql, &tables).await;
    let rule = |of: &str, parent: &str| (vec![column(of)], table(parent), vec![column("id")]);
    bench.migration.tables[1].quarantine_orphans = vec![rule("bot", "bot")];
    bench.migration.tables[2].quarantine_orphans = vec![rule("reply", "line"), rule("chat", "chat")];
    bench.foreign_key("chat", "bot", "bot");
    bench.foreign_key("line", "chat", "chat");
    bench.foreign_key("line", "reply", "line");
    let report = bench.stage_and_publish().await;
    assert_eq!(bench.ask("select string_agg(id::text, ',' order by id) from line").await, "1,4,5");
    assert_eq!(report.table("line").map(|table| (table.rows, table.orphans)), Some((3, 3)));
    assert_eq!(report.table("chat").map(|table| (table.rows, table.orphans)), Some((2, 1)));
    assert_eq!(
        bench.ask("select string_agg(concat_ws(':', table_name, row_id), ',' order by table_name, row_id) from autobot_quarantine.rows").await,
        "chat:2,line:2,line:3,line:6"
    );
}

#[tokio::test]
async fn only_the_rows_that_the_owner_asked_for_go_over() {
    skip_without_postgres!();
    let sql = "create table m (id integer primary key, bot text, at int);
        insert into m values (1, 'a', 10), (2, 'a', 30), (3, 'a', 20), (4, 'b', 1), (5, 'a', 30);";
    let mut bench = Bench::new(sql, &[("m", "id:i! bot:s at:i")]).await;
    bench.migration.tables[0].filter =
        Some(RowFilter::Last { count: 2, per: vec!["bot".to_owned()], by: "at".to_owned() });
    bench.stage_and_publish().await;
    assert_eq!(bench.ask("select string_agg(id::text, ',' order by id) from m").await, "2,4,5");

    let mut bench = Bench::new(sql, &[("m", "id:i! bot:s at:i")]).await;
    bench.migration.tables[0].filter = Some(RowFilter::Where("bot = 'b' -- only".to_owned()));
    bench.stage_and_publish().await;
    assert_eq!(bench.ask("select string_agg(id::text, ',' order by id) from m").await, "4");
}
