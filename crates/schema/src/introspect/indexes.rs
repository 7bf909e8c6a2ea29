use autobot_catalog::{SourceIndex, SourceIndexColumn};
use autobot_db::{ColumnName, Name, TableName};
use rusqlite::Connection;

use super::schema_rows::SchemaRow;
use crate::Error;
use crate::syntax::{ParsedIndex, parse_index};

/// The indexes of a table in the order of their creation, those of constraints included.
pub(super) fn indexes(
    connection: &Connection,
    table: &TableName,
    rows: &[SchemaRow],
) -> Result<Vec<SourceIndex>, Error> {
    // SQLite lists the last made first.
    let sql = "select name, \"unique\", origin from pragma_index_list(?1, 'main') order by seq desc";
    let read = || -> rusqlite::Result<Vec<(String, bool, String)>> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([table.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect()
    };
    let listed = read().map_err(Error::read(format!("read the indexes of `{table}`")))?;
    let mut found = Vec::new();
    for (name, unique, origin) in listed {
        let row = rows.iter().find(|row| row.kind == "index" && row.name == name);
        let sql = row.and_then(|row| row.sql.clone());
        let parsed = sql.as_deref().and_then(|sql| parse_index(sql).ok());
        let columns = key_columns(connection, &name, parsed.as_ref())?;
        let name = Name::new(name)
            .map_err(|_| Error::Nameless { thing: "an index".to_owned(), of: table.as_str().to_owned() })?;
        let predicate = parsed.and_then(|index| index.predicate);
        found.push(SourceIndex { name, sql, unique, origin, predicate, columns });
    }
    Ok(found)
}

fn key_columns(
    connection: &Connection,
    index: &str,
    parsed: Option<&ParsedIndex>,
) -> Result<Vec<SourceIndexColumn>, Error> {
    let sql = "select cid, name, desc, coll from pragma_index_xinfo(?1, 'main') where key order by seqno";
    let read = || -> rusqlite::Result<Vec<SourceIndexColumn>> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([index])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let name: Option<String> = row.get(1)?;
            let written = parsed.and_then(|index| index.columns.get(found.len()));
            let column = name.and_then(|name| ColumnName::new(name).ok());
            let expression = match &column {
                Some(_) => None,
                None => Some(written.map(|column| column.text.clone()).unwrap_or_default()),
            };
            let collation: Option<String> = row.get(3)?;
            found.push(SourceIndexColumn {
                column,
                expression,
                descending: row.get(2)?,
                collation: collation.unwrap_or_else(|| "BINARY".to_owned()),
            });
        }
        Ok(found)
    };
    read().map_err(Error::read(format!("read the columns of index `{index}`")))
}
