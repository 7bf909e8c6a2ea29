use std::collections::BTreeMap;

use autobot_catalog::{RowFilter, RowKey, TableMap};
use rusqlite::{Connection, OptionalExtension};

use super::aside::Aside;

/// Which rows of a table are read, and in how many batches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    /// Only rows beyond this rowid: an earlier run committed the others.
    pub(crate) after: Option<i64>,
    /// A batch ends with the row that fills it to that many bytes; none: the table is one batch.
    pub(crate) batch_bytes: Option<u64>,
}

/// What came of a batch: rows that are committed together.
pub(crate) struct BatchEnd {
    /// Rows sent.
    pub(crate) rows: u64,
    /// Values that a rule changed, by rule.
    pub(crate) changed: BTreeMap<String, u64>,
    /// Rows and originals set aside.
    pub(crate) aside: Aside,
    /// The rowid up to which the table was read; none at its end.
    pub(crate) up_to: Option<i64>,
}

/// The name of the rowid by which a table can be read in batches: an ordinary table that has one (SQLite documentation,
/// "ROWIDs and the INTEGER PRIMARY KEY"), all of whose rows are wanted or told by a condition. Others are one batch.
pub(crate) fn rowid_name(connection: &Connection, map: &TableMap) -> rusqlite::Result<Option<String>> {
    if matches!(map.filter, Some(RowFilter::Last { .. })) {
        return Ok(None);
    }
    let sql = "select 1 from pragma_table_list where schema = 'main' and name = ?1 and type = 'table' and wr = 0";
    if connection.query_row(sql, [map.source.as_str()], |_| Ok(())).optional()?.is_none() {
        return Ok(None);
    }
    if let RowKey::RowidColumn(index) = map.key {
        return Ok(map.columns.get(index).map(|column| column.source.quoted()));
    }
    let mut names = connection.prepare("select lower(name) from pragma_table_xinfo(?1)")?;
    let names = names.query_map([map.source.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let free = ["_rowid_", "rowid", "oid"].into_iter().find(|word| !names.iter().any(|name| name == word));
    Ok(free.map(str::to_owned))
}
