use autobot_db::TableName;
use rusqlite::Connection;

/// The word by which a statement can name the table's rowid (SQLite documentation, "ROWIDs and the INTEGER PRIMARY
/// KEY"): none for a view, a WITHOUT ROWID table, or when columns hide all three words.
pub(crate) fn rowid_word(connection: &Connection, table: &TableName) -> rusqlite::Result<Option<&'static str>> {
    let listed = "select type, wr from pragma_table_list where schema = 'main' and name = ?1";
    let (kind, without): (String, bool) =
        connection.query_row(listed, [table.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if without || kind == "view" {
        return Ok(None);
    }
    let mut statement = connection.prepare("select lower(name) from pragma_table_xinfo(?1)")?;
    let columns: Vec<String> = statement.query_map([table.as_str()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(["rowid", "_rowid_", "oid"].into_iter().find(|word| !columns.iter().any(|column| column == word)))
}
