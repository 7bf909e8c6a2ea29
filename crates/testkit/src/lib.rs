//! Private PostgreSQL clusters and databases for tests.
//!
//! Dev-only, hence allowed what libraries here are not: it reads the environment, prints, and panics.
//!
//! ```no_run
//! # async fn example() -> Result<(), sqlx::Error> {
//! autobot_testkit::skip_without_postgres!(Ok(()));
//! let database = autobot_testkit::database().await; // empty, UTF8, this test's own
//! let mut connection = database.connect().await;
//! sqlx::query("create table t (id int)").execute(&mut connection).await?;
//! let source = autobot_testkit::sqlite("create table t (id integer primary key)");
//! # drop(source);
//! # Ok(())
//! # }
//! ```
//!
//! One server serves all tests of a test binary. It is stopped and its directory removed when the binary ends, however
//! it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    reason = "what fails here fails a test, with the reason"
)]

mod database;
mod database_hash;
mod proxy;
mod server;
mod sqlite;
mod tree_hash;
mod watchdog;

pub use database::{TestDatabase, database, database_with};
pub use database_hash::database_hash;
pub use proxy::Proxy;
pub use server::{cluster, postgres_present, programs, url};
pub use sqlite::{TempSqlite, sqlite};
pub use tree_hash::tree_hash;

/// Leaves the test where there is no PostgreSQL, saying so; with `AUTOBOT_TEST_REQUIRE_PG=1` fails it instead.
///
/// `skip_without_postgres!(Ok(()))` gives the test's result.
#[macro_export]
macro_rules! skip_without_postgres {
    () => {
        $crate::skip_without_postgres!(())
    };
    ($result:expr) => {
        if !$crate::postgres_present() {
            return $result;
        }
    };
}
