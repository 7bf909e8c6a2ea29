//! An AutoBOT whose database holds more than the plan's five tables.

use autobot_sample::SampleOptions;
use rusqlite::Connection;

use crate::checkout::Checkout;

#[tokio::test(flavor = "multi_thread")]
async fn every_table_comes_over() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions { extras: true, ..SampleOptions::small() }).await;
    let tables: Vec<_> =
        checkout.sample.rows.iter().filter(|(table, _)| table != "_prisma_migrations").cloned().collect();
    assert!(tables.len() > 8, "{tables:?}");

    checkout.run(&["migrate"]).exits(0);

    for (table, rows) in &tables {
        assert!(*rows > 0, "{table} is empty: nothing is shown by it");
        assert_eq!(checkout.rows(table).await, i64::try_from(*rows).unwrap(), "{table}");
    }
    let published = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!(checkout.number(published).await, i64::try_from(tables.len()).unwrap() + 1);
    composite_key_and_sequence(&checkout).await;
}

/// The join table's key has both columns, and the next id of a table with a counter is one that was never given out.
async fn composite_key_and_sequence(checkout: &Checkout) {
    let composite = "select count(*) from pg_constraint where contype = 'p' and cardinality(conkey) > 1
        and connamespace = 'public'::regnamespace";
    assert!(checkout.number(composite).await >= 1, "the join table has a key of two columns");
    let source = Connection::open(&checkout.sample.database).unwrap();
    let mut counters = source.prepare("select name, seq from sqlite_sequence").unwrap();
    let counters = counters.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
    let counters: Vec<_> = counters.map(Result::unwrap).collect();
    assert!(!counters.is_empty(), "the sample has a table that counts");
    for (table, seq) in counters {
        let next = format!("select nextval(pg_get_serial_sequence('\"{table}\"', 'id'))");
        assert!(checkout.number(&next).await > seq, "{table}: an id is given out twice");
    }
}
