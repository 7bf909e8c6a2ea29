//! A server that is far away: what a copy costs there is its round trips.

use std::fmt::Write as _;
use std::time::Duration;

use autobot_testkit::{Proxy, database, sqlite};

use crate::program::{Ran, copy};

/// Round trips that a small table may cost: create, COPY (two), keys with statistics, foreign key; for the proof one to read
/// it and a trial insert. And a fraction, where something came in two pieces.
const PER_TABLE_MAX: u64 = 8;

/// Of many tables each costs only so many: the number of round trips is counted, not their time.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_table_costs_few_round_trips() {
    autobot_testkit::skip_without_postgres!();
    let (few, many) = (trips(5).await, trips(45).await);
    let per_table = (many - few).div_ceil(40);
    assert!(per_table <= PER_TABLE_MAX, "{few} round trips for 5 tables, {many} for 45: {per_table} a table");
}

/// Round trips of a copy of that many tables, each with two indexes, a sequence, NULLs and a reference to the one before.
async fn trips(tables: u32) -> u64 {
    let mut sql = String::new();
    for at in 0..tables {
        let parent = at.saturating_sub(1);
        writeln!(
            sql,
            "create table t{at} (id integer primary key autoincrement, name text not null, note text,
                 parent integer references t{parent} (id));
             create unique index t{at}_name on t{at} (name); create index t{at}_parent on t{at} (parent);
             insert into t{at} (name, note) values ('a', null), ('b', 'x');"
        )
        .unwrap();
    }
    let (source, target) = (sqlite(&sql), database().await);
    let (before, server) = target.url.split_once('@').unwrap();
    let (server, name) = server.split_once('/').unwrap();
    let proxy = Proxy::start(0, server, Duration::ZERO).unwrap();
    let far = format!("{before}@127.0.0.1:{}/{name}", proxy.port());
    Ran::of(&mut copy(&source.path, &far, &source.dir.path().join("work"))).exits(0);
    proxy.trips()
}
