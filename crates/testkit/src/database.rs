//! A fresh database for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::server;

/// An empty database of the private server, dropped with this value (best effort; the server goes anyway).
#[derive(Debug)]
pub struct TestDatabase {
    /// Its URL, as the superuser `postgres`.
    pub url: String,
    /// Its name.
    pub name: String,
}

/// Makes an empty UTF8 database from `template0`.
pub async fn database() -> TestDatabase {
    database_with("C.UTF-8").await
}

/// Makes an empty UTF8 database with a locale, such as `C` or `en_US.UTF-8`.
///
/// A locale that the machine lacks fails the test; see `locale -a`.
pub async fn database_with(locale: &str) -> TestDatabase {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let locale = locale.replace('\'', "''");
    execute(&format!("create database {name} template template0 encoding 'UTF8' locale '{locale}'")).await;
    TestDatabase { url: server::url(&name), name }
}

impl TestDatabase {
    /// Opens a connection as the superuser.
    pub async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.unwrap_or_else(|error| panic!("database `{}`: {error}", self.name))
    }

    /// Runs SQL text, several statements if need be.
    pub async fn execute(&self, sql: &str) {
        let mut connection = self.connect().await;
        run(&mut connection, sql).await;
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let sql = format!("drop database if exists {} with (force)", self.name);
        let maintenance = server::url("postgres");
        // A thread, because this may be called inside an asynchronous runtime; not waited for, because nobody needs it.
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                if let Ok(mut connection) = PgConnection::connect(&maintenance).await {
                    let _ = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await;
                }
            });
        });
    }
}

async fn execute(sql: &str) {
    let url = start().await;
    let mut connection = PgConnection::connect(&url).await.unwrap_or_else(|error| panic!("the test server: {error}"));
    run(&mut connection, sql).await;
}

/// Starting takes seconds and blocks, so it is kept off the runtime's threads.
async fn start() -> String {
    tokio::task::spawn_blocking(|| server::url("postgres")).await.expect("starting the test server")
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap_or_else(|error| panic!("{error}\nin: {sql}"));
}
