use std::collections::BTreeMap;

use autobot_catalog::{Affinity, SourceCatalog, SourceColumn, SourceIndex, SourceObject, SourceTable, TableKind};
use autobot_db::{ColumnName, Name, TableName};
use rusqlite::Connection;

use super::columns::{Columns, columns};
use super::foreign_keys::foreign_keys;
use super::indexes::indexes;
use super::kind::VirtualTables;
use super::schema_rows::{Listed, SchemaRow, listed, schema_rows, sequences};
use crate::Error;
use crate::syntax::{ParsedTable, parse_table};

/// Reads what a SQLite database says of itself. Reads its schema only, none of its rows but those of
/// `sqlite_sequence`, and of each table the highest rowid.
pub fn introspect(connection: &Connection) -> Result<SourceCatalog, Error> {
    let rows = schema_rows(connection)?;
    let pragma = |name: &str| connection.query_row(&format!("pragma main.{name}"), [], |row| row.get::<_, i64>(0));
    let encoding = connection.query_row("pragma encoding", [], |row| row.get(0));
    let mut catalog = SourceCatalog {
        tables: Vec::new(),
        views: objects(&rows, "view")?,
        triggers: objects(&rows, "trigger")?,
        encoding: encoding.map_err(Error::read("read the encoding"))?,
        user_version: pragma("user_version").map_err(Error::read("read the user version"))?,
        application_id: pragma("application_id").map_err(Error::read("read the application id"))?,
    };
    let reader = Reader {
        connection,
        listed: listed(connection)?,
        sequences: sequences(connection, &rows)?,
        virtual_tables: VirtualTables::find(connection, &rows),
        rows: &rows,
    };
    for row in rows.iter().filter(|row| row.kind == "table") {
        catalog.tables.push(reader.table(row)?);
    }
    Ok(catalog)
}

fn objects(rows: &[SchemaRow], kind: &str) -> Result<Vec<SourceObject>, Error> {
    let of_kind = rows.iter().filter(|row| row.kind == kind);
    let object = |row: &SchemaRow| {
        let name = Name::new(row.name.clone())
            .map_err(|_| Error::Nameless { thing: format!("a {kind}"), of: row.table.clone() })?;
        Ok(SourceObject { name, table: row.table.clone(), sql: row.sql.clone().unwrap_or_default() })
    };
    of_kind.map(object).collect()
}

/// What is known before the tables are read one by one.
struct Reader<'a> {
    connection: &'a Connection,
    rows: &'a [SchemaRow],
    listed: BTreeMap<String, Listed>,
    sequences: BTreeMap<String, i64>,
    virtual_tables: VirtualTables,
}

impl Reader<'_> {
    fn table(&self, row: &SchemaRow) -> Result<SourceTable, Error> {
        let name = TableName::new(row.name.clone())
            .map_err(|_| Error::Nameless { thing: "a table".to_owned(), of: "the database".to_owned() })?;
        let sql = row.sql.clone().unwrap_or_default();
        let listed = self.listed.get(&row.name.to_ascii_lowercase()).cloned().unwrap_or_default();
        let kind = self.virtual_tables.kind(&row.name, &self.listed);
        let parsed = parse_table(&sql).ok();
        let sequence = self.sequences.get(&row.name.to_ascii_lowercase()).copied();
        let mut table = SourceTable {
            name,
            kind,
            sql,
            columns: Vec::new(),
            primary_key: Vec::new(),
            rowid_alias: None,
            rowid_word: None,
            autoincrement: parsed.as_ref().is_some_and(|table| table.autoincrement),
            sequence,
            without_rowid: listed.without_rowid,
            strict: listed.strict,
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            checks: parsed.as_ref().map(|table| table.checks.clone()).unwrap_or_default(),
        };
        match &table.kind {
            TableKind::Virtual { readable: false, .. } => {}
            TableKind::Virtual { module, .. } => {
                let text_search = module.starts_with("fts");
                self.add_virtual(&mut table, text_search)?;
            }
            _ => self.add_ordinary(&mut table, parsed.as_ref())?,
        }
        Ok(table)
    }

    fn add_ordinary(&self, table: &mut SourceTable, parsed: Option<&ParsedTable>) -> Result<(), Error> {
        let Columns { columns, primary_key } = columns(self.connection, &table.name, table.strict, parsed)?;
        table.columns = columns;
        table.primary_key = primary_key;
        table.foreign_keys = foreign_keys(self.connection, &table.name, parsed)?;
        table.indexes = indexes(self.connection, &table.name, self.rows)?;
        table.rowid_alias = rowid_alias(table);
        table.sequence = table.sequence.max(self.highest_rowid(table));
        table.rowid_word = rowid_word(table);
        Ok(())
    }

    /// The highest rowid, which SQLite finds without reading the table. Where it cannot (a damaged file), reading the rows
    /// says why.
    fn highest_rowid(&self, table: &SourceTable) -> Option<i64> {
        let alias = table.rowid_alias.as_ref()?;
        let sql = format!("select max({}) from {} not indexed", alias.quoted(), table.name.quoted());
        self.connection.query_row(&sql, [], |row| row.get(0)).ok().flatten()
    }

    /// A table of a full-text module gets its rowid as a column: other tables refer to it.
    fn add_virtual(&self, table: &mut SourceTable, text_search: bool) -> Result<(), Error> {
        table.columns = columns(self.connection, &table.name, false, None)?.columns;
        if !text_search {
            // The first column of an R-tree is its rowid.
            table.primary_key = table.columns.iter().take(1).map(|column| column.name.clone()).collect();
            return Ok(());
        }
        let word = "rowid";
        if let (None, Ok(name)) = (table.column(word), ColumnName::new(word)) {
            table.columns.insert(0, rowid_column(name.clone()));
            table.primary_key = vec![name.clone()];
            table.rowid_alias = Some(name);
            table.rowid_word = Some(word.to_owned());
        }
        Ok(())
    }
}

fn rowid_column(name: ColumnName) -> SourceColumn {
    SourceColumn {
        name,
        declared: "INTEGER".to_owned(),
        affinity: Affinity::Integer,
        not_null: true,
        default: None,
        collation: None,
        generated: None,
        hidden: false,
    }
}

/// A column is the rowid itself when it alone is the primary key, is declared exactly INTEGER, and SQLite made no index
/// for the key: for `INTEGER PRIMARY KEY DESC` in the column's own declaration it does (hostile input 52).
fn rowid_alias(table: &SourceTable) -> Option<ColumnName> {
    let [only] = table.primary_key.as_slice() else { return None };
    let exact = table.column(only.as_str()).is_some_and(|column| column.declared.eq_ignore_ascii_case("integer"));
    let indexed = table.indexes.iter().any(|index: &SourceIndex| index.origin == "pk");
    (exact && !indexed && !table.without_rowid).then(|| only.clone())
}

fn rowid_word(table: &SourceTable) -> Option<String> {
    if table.without_rowid {
        return None;
    }
    ["rowid", "_rowid_", "oid"].into_iter().find(|word| table.column(word).is_none()).map(str::to_owned)
}
