//! The migrations that led to the sample's schema, and Prisma's record of them.

use rusqlite::types::Value;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::dates::{self, DAY_MS, START_MS};
use crate::options::SampleOptions;
use crate::random::Random;

/// Prisma's own bookkeeping table in SQLite, to the letter (read from a database that Prisma 6.19.3 made).
const BOOKKEEPING: &str = r#"CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)"#;

/// A migration as it lies in `prisma/migrations`. The SQL is what Prisma 6.19.3 prints.
#[derive(Debug)]
pub(crate) struct Migration {
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
    applied_ms: i64,
    /// By a driver adapter, which writes ISO text; the native engine wrote integers.
    by_adapter: bool,
}

const INIT: Migration = Migration {
    name: "20211229101530_init",
    sql: include_str!("../../../../tests/autobot-app/server/prisma/migrations/20211229101530_init/migration.sql"),
    applied_ms: START_MS - 2 * DAY_MS,
    by_adapter: false,
};

const CRM_STATES: Migration = Migration {
    name: "20241015093000_crm_states",
    sql: include_str!("../../assets/extras/migration.sql"),
    applied_ms: START_MS + 1018 * DAY_MS,
    by_adapter: true,
};

/// The migrations of a sample, oldest first.
pub(crate) fn migrations(options: &SampleOptions) -> Vec<Migration> {
    if options.extras { vec![INIT, CRM_STATES] } else { vec![INIT] }
}

/// Runs the migrations on an empty database, with Prisma's record of each.
pub(super) fn apply(connection: &Connection, options: &SampleOptions) -> Result<(), rusqlite::Error> {
    let mut random = Random::new(options.seed, 1);
    connection.execute_batch(BOOKKEEPING)?;
    for migration in migrations(options) {
        connection.execute_batch(migration.sql)?;
        // Prisma's scripts end with foreign keys switched on.
        connection.execute_batch("pragma foreign_keys = off")?;
        let moment = |ms| if migration.by_adapter { Value::Text(dates::iso(ms)) } else { Value::Integer(ms) };
        connection.execute(
            "insert into _prisma_migrations values (?1, ?2, ?3, ?4, null, null, ?5, 1)",
            params![
                random.uuid(),
                checksum(migration.sql),
                moment(migration.applied_ms + 37),
                migration.name,
                moment(migration.applied_ms)
            ],
        )?;
    }
    Ok(())
}

/// Lowercase hex SHA-256 of the script's bytes, as Prisma records it.
fn checksum(sql: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(sql.as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
