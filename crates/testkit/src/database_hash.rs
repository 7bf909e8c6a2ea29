//! One hash over everything in a PostgreSQL database.

use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

use crate::tree_hash::hex;

/// What the catalog says, each line one object and its definition; nothing with an OID or a page count in it, so that
/// equal databases hash equal.
const CATALOG: &str = include_str!("../sql/catalog.sql");
/// Each table with rows of its own, quoted.
const TABLES: &str = include_str!("../sql/tables.sql");
/// Each sequence, quoted.
const SEQUENCES: &str = include_str!("../sql/sequences.sql");

/// The SHA-256 over the catalog (schemas, tables, columns, constraints, indexes, views, functions, types, comments,
/// rights, settings), every table's rows as a bag, and every sequence's state.
///
/// Reads only. Equal content in another database of the same server gives the same hash.
pub async fn database_hash(url: &str) -> String {
    let mut connection = PgConnection::connect(url).await.expect("a database to hash");
    run(&mut connection, "set time zone 'UTC'; set extra_float_digits = 3; set search_path = ''").await;
    run(&mut connection, "begin isolation level repeatable read read only").await;
    let mut hasher = Sha256::new();
    for line in lines(&mut connection, CATALOG).await {
        add(&mut hasher, &line);
    }
    for table in lines(&mut connection, TABLES).await {
        let sql = format!(
            "select concat_ws(' ', count(*), sum(hashtextextended(t::text, 0)::numeric), \
             sum(hashtextextended(t::text, 1)::numeric)) from only {table} t"
        );
        let rows = lines(&mut connection, &sql).await.concat();
        add(&mut hasher, &format!("rows {table} {rows}"));
    }
    for sequence in lines(&mut connection, SEQUENCES).await {
        let state =
            lines(&mut connection, &format!("select concat_ws(' ', last_value, is_called) from {sequence}")).await;
        add(&mut hasher, &format!("sequence {sequence} {}", state.concat()));
    }
    hex(&hasher.finalize())
}

fn add(hasher: &mut Sha256, line: &str) {
    hasher.update((line.len() as u64).to_be_bytes());
    hasher.update(line.as_bytes());
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap_or_else(|error| panic!("{error}\nin: {sql}"));
}

async fn lines(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await;
    rows.unwrap_or_else(|error| panic!("{error}\nin: {sql}")).iter().map(|row| row.get::<String, _>(0)).collect()
}
