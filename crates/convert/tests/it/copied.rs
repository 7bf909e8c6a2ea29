//! Rows `(o text, v TYPE)` by binary COPY: `o` tells PostgreSQL what `v` should be.

use autobot_catalog::{EpochUnit, PgType};
use autobot_convert::{Converter, Refusal};
use autobot_testkit::TestDatabase;
use rusqlite::types::{Value, ValueRef};
use sqlx::postgres::PgPoolCopyExt as _;
use sqlx::{AssertSqlSafe, PgPool};

/// Header of a binary COPY: signature, flags, length of the extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// A database with one table per batch of values.
pub(crate) struct Copied {
    _database: TestDatabase,
    pool: PgPool,
}

impl Copied {
    pub(crate) async fn new() -> Self {
        let database = autobot_testkit::database().await;
        let pool = PgPool::connect(&database.url).await.unwrap();
        sqlx::raw_sql("create type color as enum ('red', 'green')").execute(&pool).await.unwrap();
        sqlx::raw_sql("create extension if not exists citext schema public").execute(&pool).await.unwrap();
        Self { _database: database, pool }
    }

    /// Copies values into a table `t` made anew; values that are refused are left out. Gives how many went over.
    pub(crate) async fn copy(&self, target: &PgType, unit: Option<EpochUnit>, rows: &[(String, Value)]) -> u64 {
        let sql = format!("drop table if exists t; create table t (o text, v {target})");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&self.pool).await.unwrap();
        let mut bytes = HEADER.to_vec();
        let mut sent = 0;
        for (oracle, value) in rows {
            if let Ok(row) = encode(target, unit, oracle, value) {
                bytes.extend(row);
                sent += 1;
            }
        }
        bytes.extend_from_slice(&(-1_i16).to_be_bytes());
        let mut copy = self.pool.copy_in_raw("copy t from stdin with (format binary)").await.unwrap();
        copy.send(bytes).await.unwrap();
        let copied = copy.finish().await.unwrap_or_else(|error| panic!("{target} {unit:?}: {error}\n{rows:?}"));
        assert_eq!(copied, sent);
        sent
    }

    /// Rows for which a condition is not true.
    pub(crate) async fn wrong(&self, condition: &str) -> Vec<(String, Option<String>)> {
        let sql = format!("select o, v::text from t where ({condition}) is not true limit 5");
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&self.pool).await.unwrap()
    }

    /// What one value becomes.
    pub(crate) async fn one(&self, target: &PgType, unit: Option<EpochUnit>, value: Value) -> Option<String> {
        assert_eq!(self.copy(target, unit, &[(String::new(), value.clone())]).await, 1, "{value:?} is refused");
        sqlx::query_scalar("select v::text from t").fetch_one(&self.pool).await.unwrap()
    }
}

fn encode(target: &PgType, unit: Option<EpochUnit>, oracle: &str, value: &Value) -> Result<Vec<u8>, Refusal> {
    let mut row = 2_i16.to_be_bytes().to_vec();
    Converter::for_type(&PgType::Text, None).encode(ValueRef::Text(oracle.as_bytes()), &mut row)?;
    Converter::for_type(target, unit).encode(ValueRef::from(value), &mut row)?;
    Ok(row)
}
