use std::path::Path;

use autobot_db::TableName;
use rusqlite::{Connection, ErrorCode};
use serde::{Deserialize, Serialize};

use crate::BackupError;
use crate::manifest::{read_if_there, write_json};

/// A table and how many rows it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRows {
    /// The table.
    pub table: String,
    /// Its rows; none for a virtual table whose module is not built in.
    pub rows: Option<u64>,
}

/// Counts the rows of every table but SQLite's own.
pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Vec<TableRows>> {
    let sql = "select name, sql like 'create virtual %' from sqlite_schema where type = 'table' \
               and name not like 'sqlite\\_%' escape '\\' order by rowid";
    let mut statement = connection.prepare(sql)?;
    let tables: Vec<(String, bool)> = statement.query_map([], |row| row.try_into())?.collect::<Result<_, _>>()?;
    let count = |(table, is_virtual): (String, bool)| {
        let rows = match count(connection, &table) {
            Err(error) if is_virtual && error.sqlite_error_code() == Some(ErrorCode::Unknown) => None,
            counted => Some(counted?),
        };
        Ok(TableRows { table, rows })
    };
    tables.into_iter().map(count).collect()
}

/// Writes the counts and reads them back.
pub(crate) fn write(path: &Path, tables: &[TableRows]) -> Result<(), BackupError> {
    write_json(path, &tables)?;
    let text = read_if_there(path)?.unwrap_or_default();
    let json = |source| BackupError::Json { path: path.to_owned(), source };
    let back: Vec<TableRows> = serde_json::from_slice(&text).map_err(json)?;
    if back == tables {
        return Ok(());
    }
    Err(BackupError::ReadBack { path: path.to_owned(), what: "the counts differ".to_owned() })
}

fn count(connection: &Connection, table: &str) -> rusqlite::Result<u64> {
    // A name that SQLite itself gave is a name; an empty one can only be asked for and not found.
    let quoted = TableName::new(table).map_or_else(|_| "\"\"".to_owned(), |name| name.quoted());
    connection
        .query_row(&format!("select count(*) from {quoted}"), [], |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
}
