//! SQLite files from SQL text.

use std::path::PathBuf;

/// A SQLite database in a temporary directory that goes with this value.
#[derive(Debug)]
pub struct TempSqlite {
    /// The database file, `dev.db`.
    pub path: PathBuf,
    /// Its directory, otherwise empty.
    pub dir: tempfile::TempDir,
}

/// Makes a SQLite database from SQL text, with foreign keys not enforced (so that orphans can be written).
pub fn sqlite(sql: &str) -> TempSqlite {
    let dir = tempfile::Builder::new().prefix("autobot-sqlite-").tempdir().expect("a temporary directory");
    let path = dir.path().join("dev.db");
    let connection = rusqlite::Connection::open(&path).expect("a new SQLite file");
    connection.execute_batch("pragma foreign_keys = off").expect("a pragma");
    connection.execute_batch(sql).unwrap_or_else(|error| panic!("{error}\nin: {sql}"));
    connection.close().map_err(|(_, error)| error).expect("closing the SQLite file");
    TempSqlite { path, dir }
}
