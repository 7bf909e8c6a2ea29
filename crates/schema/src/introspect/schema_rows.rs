//! The rows of `sqlite_schema`, `pragma_table_list` and `sqlite_sequence`.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::Error;

/// One row of `sqlite_schema`.
#[derive(Debug, Clone)]
pub(super) struct SchemaRow {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) table: String,
    pub(super) sql: Option<String>,
}

/// What `pragma_table_list` says of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    /// `table`, `view`, `virtual` or `shadow`.
    pub(super) kind: String,
    pub(super) without_rowid: bool,
    pub(super) strict: bool,
}

pub(super) fn schema_rows(connection: &Connection) -> Result<Vec<SchemaRow>, Error> {
    let read = || -> rusqlite::Result<Vec<SchemaRow>> {
        let mut statement =
            connection.prepare("select type, name, tbl_name, sql from main.sqlite_schema order by rowid")?;
        let rows = statement.query_map([], |row| {
            Ok(SchemaRow { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
        })?;
        rows.collect()
    };
    read().map_err(Error::read("read the schema"))
}

/// By table name in lower case.
pub(super) fn listed(connection: &Connection) -> Result<BTreeMap<String, Listed>, Error> {
    let read = || -> rusqlite::Result<BTreeMap<String, Listed>> {
        let sql = "select name, type, wr, strict from pragma_table_list where schema = 'main'";
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let name: String = row.get(0)?;
            let listed = Listed { kind: row.get(1)?, without_rowid: row.get(2)?, strict: row.get(3)? };
            Ok((name.to_ascii_lowercase(), listed))
        })?;
        rows.collect()
    };
    read().map_err(Error::read("list the tables"))
}

/// The highest id ever given out, by table name in lower case. Rows that are no such thing, `(NULL, NULL)` among them,
/// are passed over: real files hold them.
pub(super) fn sequences(connection: &Connection, rows: &[SchemaRow]) -> Result<BTreeMap<String, i64>, Error> {
    if !rows.iter().any(|row| row.kind == "table" && row.name == "sqlite_sequence") {
        return Ok(BTreeMap::new());
    }
    let read = || -> rusqlite::Result<BTreeMap<String, i64>> {
        let mut statement = connection.prepare("select name, seq from main.sqlite_sequence")?;
        let mut rows = statement.query([])?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            if let (ValueRef::Text(name), ValueRef::Integer(last)) = (row.get_ref(0)?, row.get_ref(1)?)
                && let Ok(name) = std::str::from_utf8(name)
            {
                let highest = found.entry(name.to_ascii_lowercase()).or_insert(last);
                *highest = last.max(*highest);
            }
        }
        Ok(found)
    };
    read().map_err(Error::read("read the sequences"))
}
