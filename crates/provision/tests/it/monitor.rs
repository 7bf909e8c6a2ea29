//! The monitoring queries.

use autobot_provision::monitor::look;
use autobot_testkit as testkit;

#[tokio::test]
async fn connections_sizes_and_tables_are_seen() {
    testkit::skip_without_postgres!();
    let database = testkit::database().await;
    database
        .execute(
            "create table small (id int primary key);
             create table \"Large\" as select n as id, repeat('x', 200) as text from generate_series(1, 5000) n;
             analyze \"Large\"",
        )
        .await;
    let mut holding = database.connect().await;
    sqlx::raw_sql("begin; select 1").execute(&mut holding).await.unwrap();
    let mut connection = database.connect().await;
    let seen = look(&mut connection, 10).await.unwrap();
    assert_eq!(seen.server.database, database.name);
    assert!(seen.server.database_bytes > 1_000_000 && seen.server.connections_max == 300);
    assert!(seen.server.oldest_transaction_s.is_some());
    assert!(seen.server.connections >= 2);
    let ours = |state: &str| {
        seen.connections.iter().any(|kind| kind.database == database.name && kind.state == state && kind.count == 1)
    };
    assert!(ours("idle in transaction") && ours("active"), "{:?}", seen.connections);
    let names: Vec<&str> = seen.tables.iter().map(|table| table.table.table.as_str()).collect();
    assert_eq!(names, ["Large", "small"]);
    assert_eq!(seen.tables[0].rows_estimated, Some(5000));
    assert!(seen.tables[0].total_bytes > 1_000_000 && seen.tables[1].index_bytes > 0);
    assert_eq!(look(&mut connection, 1).await.unwrap().tables.len(), 1);
}
