use autobot_catalog::SourceForeignKey;
use autobot_db::{ColumnName, TableName};
use rusqlite::Connection;

use crate::Error;
use crate::syntax::{ParsedForeignKey, ParsedTable};

/// One row of `pragma_foreign_key_list`.
struct Row {
    id: i64,
    parent: String,
    from: String,
    to: Option<String>,
    on_update: String,
    on_delete: String,
}

/// The foreign keys of a table in the order of their declaration.
pub(super) fn foreign_keys(
    connection: &Connection,
    table: &TableName,
    parsed: Option<&ParsedTable>,
) -> Result<Vec<SourceForeignKey>, Error> {
    // SQLite numbers them backwards: the last declared is 0.
    let sql = "select id, \"table\", \"from\", \"to\", on_update, on_delete \
               from pragma_foreign_key_list(?1, 'main') order by id desc, seq";
    let read = || -> rusqlite::Result<Vec<Row>> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([table.as_str()], |row| {
            Ok(Row {
                id: row.get(0)?,
                parent: row.get(1)?,
                from: row.get(2)?,
                to: row.get(3)?,
                on_update: row.get(4)?,
                on_delete: row.get(5)?,
            })
        })?;
        rows.collect()
    };
    let rows = read().map_err(Error::read(format!("read the foreign keys of `{table}`")))?;
    let nameless = |_| Error::Nameless { thing: "a foreign key column".to_owned(), of: table.as_str().to_owned() };
    let mut found: Vec<SourceForeignKey> = Vec::new();
    for group in rows.chunk_by(|one, other| one.id == other.id) {
        let first = &group[0];
        let column = |name: &String| ColumnName::new(name.clone()).map_err(nameless);
        found.push(SourceForeignKey {
            name: None,
            columns: group.iter().map(|row| column(&row.from)).collect::<Result<_, _>>()?,
            parent: first.parent.clone(),
            parent_columns: group.iter().filter_map(|row| row.to.as_ref()).map(column).collect::<Result<_, _>>()?,
            on_delete: first.on_delete.clone(),
            on_update: first.on_update.clone(),
            deferred: false,
        });
    }
    let mut written: Vec<&ParsedForeignKey> = parsed.iter().flat_map(|table| &table.foreign_keys).collect();
    for key in &mut found {
        if let Some(at) = written.iter().position(|written| same(key, written)) {
            let written = written.remove(at);
            key.name.clone_from(&written.name);
            key.deferred = written.deferred;
        }
    }
    Ok(found)
}

fn same(key: &SourceForeignKey, written: &ParsedForeignKey) -> bool {
    key.parent.eq_ignore_ascii_case(&written.parent)
        && key.columns.len() == written.columns.len()
        && key.columns.iter().zip(&written.columns).all(|(one, other)| one.as_str().eq_ignore_ascii_case(other))
}
