use std::collections::BTreeMap;

use autobot_catalog::TableKind;
use autobot_db::{Name, TableName};
use rusqlite::Connection;

use super::bookkeeping;
use super::schema_rows::{Listed, SchemaRow};
use super::virtual_content::{Content, content_of};

/// What the virtual tables of a database keep where.
pub(super) struct VirtualTables {
    /// Name, module, content, readable.
    tables: Vec<(TableName, String, Content, bool)>,
}

/// Endings of the tables in which SQLite's own modules keep their content, for files read without those modules' help.
const SHADOWS: &[(&str, &[&str])] = &[
    ("fts3", &["content", "segments", "segdir", "docsize", "stat"]),
    ("fts4", &["content", "segments", "segdir", "docsize", "stat"]),
    ("fts5", &["data", "idx", "content", "docsize", "config"]),
    ("rtree", &["node", "parent", "rowid"]),
    ("rtree_i32", &["node", "parent", "rowid"]),
    ("geopoly", &["node", "parent", "rowid"]),
];

impl VirtualTables {
    pub(super) fn find(connection: &Connection, rows: &[SchemaRow]) -> Self {
        let tables = rows.iter().filter(|row| row.kind == "table").filter_map(|row| {
            let sql = row.sql.as_deref()?;
            let (parsed, content) = content_of(sql);
            let (name, module) = (TableName::new(row.name.clone()).ok()?, parsed?.module);
            let readable = content == Content::Own && is_readable(connection, &name);
            Some((name, module, content, readable))
        });
        Self { tables: tables.collect() }
    }

    /// The kind of a table.
    pub(super) fn kind(&self, name: &str, listed: &BTreeMap<String, Listed>) -> TableKind {
        if let Some((_, module, _, readable)) = self.tables.iter().find(|(table, ..)| table.as_str() == name) {
            return TableKind::Virtual { module: module.clone(), readable: *readable };
        }
        if let Some(tool) = bookkeeping::tool(name) {
            return TableKind::Bookkeeping { tool: tool.to_owned() };
        }
        let said = listed.get(&name.to_ascii_lowercase()).is_some_and(|listed| listed.kind == "shadow");
        match self.owner(name, said) {
            Some(of) => TableKind::Shadow { of },
            None => TableKind::Ordinary,
        }
    }

    /// The virtual table whose shadow a table is. When the virtual table cannot be read, the shadow that holds the
    /// texts or shapes counts as an ordinary table, so that they are not lost.
    fn owner(&self, name: &str, said: bool) -> Option<TableName> {
        let owners = self.tables.iter().filter_map(|(table, module, content, readable)| {
            let beginning = name.get(..table.as_str().len())?;
            let ending = name.get(table.as_str().len()..)?.strip_prefix('_')?;
            let known = SHADOWS.iter().any(|(of, endings)| of == module && endings.contains(&ending));
            let keeps_rows = ending == "content" || module == "geopoly" && ending == "rowid";
            let only_place = *content == Content::Own && !readable && keeps_rows;
            let owned = beginning.eq_ignore_ascii_case(table.as_str()) && (said || known) && !only_place;
            owned.then_some(table)
        });
        owners.max_by_key(|table| table.as_str().len()).cloned()
    }
}

/// True when this program's SQLite has the module and the table opens.
fn is_readable(connection: &Connection, table: &Name) -> bool {
    connection.prepare(&format!("select * from main.{} limit 0", table.quoted())).is_ok()
}
