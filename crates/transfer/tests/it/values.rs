use autobot_testkit::skip_without_postgres;

use crate::bench::Bench;

#[tokio::test]
async fn large_values_arrive_whole() {
    skip_without_postgres!();
    let sql = "create table t (id integer primary key, b blob, s text);
        insert into t values (1, randomblob(20000000), null), (2, x'', ''), (3, randomblob(300000), hex(randomblob(2000000)));
        insert into t select value + 3, randomblob(40000), 'x' from generate_series(1, 100);";
    let sql = sql.replace("generate_series(1, 100)", "(with recursive c(value) as (select 1 union all select value + 1 from c where value < 100) select value from c)");
    let bench = Bench::new(&sql, &[("t", "id:i! b:y s:s")]).await;
    bench.stage_and_publish().await;
    let source = bench.source().connect().unwrap();
    let lengths: String = source
        .query_row(
            "select group_concat(id || ':' || length(b) || ':' || ifnull(length(s), '-'), ',') from t",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let arrived =
        "select string_agg(concat(id, ':', length(b), ':', coalesce(length(s)::text, '-')), ',' order by id) from t";
    assert_eq!(bench.ask(arrived).await, lengths);
    let blob: Vec<u8> = source.query_row("select b from t where id = 1", [], |row| row.get(0)).unwrap();
    let digest = bench.ask("select encode(sha256(b), 'hex') from t where id = 1").await;
    let expected =
        <sha2::Sha256 as sha2::Digest>::digest(&blob).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(digest, expected);
}

#[tokio::test]
async fn wide_rows_and_empty_tables_arrive() {
    const COLUMNS: usize = 1500;
    skip_without_postgres!();
    let names: Vec<String> = (0..COLUMNS).map(|number| format!("c{number}")).collect();
    let columns = names.iter().map(|name| format!("{name} int")).collect::<Vec<_>>().join(", ");
    let values = (1..COLUMNS).map(|number| number.to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "create table wide (id integer primary key, {}); insert into wide values (1, {values}), (2, {values}); create table none (id integer primary key, s text)",
        columns.replace("c0 int, ", "")
    );
    let short = names.iter().skip(1).map(|name| format!("{name}:i")).collect::<Vec<_>>().join(" ");
    let bench = Bench::new(&sql, &[("wide", &format!("id:i! {short}")), ("none", "id:i! s:s")]).await;
    let report = bench.stage_and_publish().await;
    assert_eq!(report.table("none").map(|table| table.rows), Some(0));
    assert_eq!(bench.ask("select concat_ws(' ', id, c1, c1499) from wide where id = 2").await, "2 1 1499");
    assert_eq!(bench.ask("select count(*) from none").await, "0");
}

/// Run alone: `cargo test -p autobot-transfer --test it -- --ignored memory`. The peak of a process is that of all its tests.
#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "measures the whole process, so it must run alone"]
async fn memory_stays_within_twice_the_largest_value() {
    const BLOB_MIB: u64 = 60;
    skip_without_postgres!();
    let bytes = BLOB_MIB * 1024 * 1024;
    let sql = format!(
        "create table t (id integer primary key, b blob, s text); insert into t values (1, randomblob({bytes}), null),
         (2, randomblob({bytes}), 'x'), (3, null, hex(randomblob({})));
         with recursive c(n) as (select 4 union all select n + 1 from c where n < 2000) insert into t select n, randomblob(20000), n from c;",
        10 * 1024 * 1024
    );
    let bench = Bench::new(&sql, &[("t", "id:i! b:y s:s")]).await;
    // Making the file took more than reading it will: the peak is counted from here.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    bench.stage_and_publish().await;
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak_kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    let allowed_kib = (48 + 2 * BLOB_MIB) * 1024;
    assert!(peak_kib <= allowed_kib, "{peak_kib} KiB of {allowed_kib}");
    println!("peak {} MiB of {}", peak_kib / 1024, allowed_kib / 1024);
}
