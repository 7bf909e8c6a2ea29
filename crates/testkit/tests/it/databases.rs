//! Databases of one's own.

use autobot_testkit as testkit;

#[tokio::test]
async fn each_database_is_empty_utf8_and_apart() {
    testkit::skip_without_postgres!();
    let (first, second) = tokio::join!(testkit::database(), testkit::database_with("C"));
    assert_ne!(first.name, second.name);
    first.execute("create table t (id int)").await;
    let mut connection = second.connect().await;
    let tables: i64 = sqlx::query_scalar("select count(*) from pg_tables where schemaname = 'public'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let encoding: String = sqlx::query_scalar("show server_encoding").fetch_one(&mut connection).await.unwrap();
    assert_eq!((tables, encoding.as_str()), (0, "UTF8"));
}

#[test]
fn a_sqlite_file_is_made_from_text() {
    let source = testkit::sqlite("create table t (id integer primary key, name text); insert into t values (1, 'one')");
    let connection = rusqlite::Connection::open(&source.path).unwrap();
    let name: String = connection.query_row("select name from t", [], |row| row.get(0)).unwrap();
    assert_eq!(name, "one");
}
