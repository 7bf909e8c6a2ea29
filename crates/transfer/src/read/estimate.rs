use autobot_catalog::TableMap;
use rusqlite::Connection;

/// Bytes that a row is taken to have when only the number of rows is known.
const ROW_BYTES: u64 = 100;

/// Roughly how many bytes a table has: as assessed, else from its number of rows, else from its highest rowid (which
/// SQLite finds without reading the table). What depends on it: the order of tables, batches, who sorts their indexes.
pub(crate) fn estimate_bytes(map: &TableMap, connection: Option<&Connection>) -> u64 {
    if let Some(bytes) = map.bytes {
        return bytes;
    }
    if let Some(rows) = map.rows {
        return rows.saturating_mul(ROW_BYTES);
    }
    let sql = format!("select max(_rowid_) from {}", map.source.quoted());
    let highest = connection
        .and_then(|connection| connection.query_row(&sql, [], |row| row.get::<_, Option<i64>>(0)).ok().flatten());
    highest.map_or(0, |highest| u64::try_from(highest).unwrap_or(0).saturating_mul(ROW_BYTES))
}
