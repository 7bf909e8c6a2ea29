//! What a SQLite file holds, read with typed values.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::names::quoted;
use crate::values::Value;

/// The file, opened to be read.
pub struct Source(pub Connection);

/// A table or view.
pub struct Relation {
    pub name: String,
    pub is_view: bool,
    pub columns: Vec<Column>,
}

/// A column as `pragma table_xinfo` tells it.
pub struct Column {
    pub name: String,
    pub not_null: bool,
    /// Its place in the primary key, from 1; 0 when it is not in it.
    pub key: usize,
}

/// An index as `pragma index_list` tells it.
pub struct Index {
    pub name: String,
    pub unique: bool,
    pub origin: String,
    pub partial: bool,
    /// Names of its columns, none for an expression, and their collations.
    pub columns: Vec<(Option<String>, String)>,
}

impl Source {
    pub fn open(path: &Path) -> Self {
        Self(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap())
    }

    /// All tables and views but SQLite's own.
    pub fn relations(&self) -> Vec<Relation> {
        let sql = "select name, type = 'view' from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'";
        let mut statement = self.0.prepare(sql).unwrap();
        let named = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))).unwrap();
        let named: Vec<(String, bool)> = named.map(Result::unwrap).collect();
        let relation = |(name, is_view): (String, bool)| match self.columns(&name) {
            Ok(columns) => Some(Relation { name, is_view, columns }),
            // A view of what is not there.
            Err(_) if is_view => None,
            Err(error) => panic!("{name:?}: {error}"),
        };
        named.into_iter().filter_map(relation).collect()
    }

    fn columns(&self, table: &str) -> rusqlite::Result<Vec<Column>> {
        let sql = "select name, \"notnull\", pk from pragma_table_xinfo(?1) where hidden <> 1";
        let mut statement = self.0.prepare(sql)?;
        let columns = statement.query_map([table], |row| {
            Ok(Column { name: row.get(0)?, not_null: row.get(1)?, key: row.get::<_, i64>(2)?.try_into().unwrap() })
        });
        columns?.collect()
    }

    /// Every value of a table or view; the error where SQLite itself cannot compute one.
    pub fn rows(&self, of: &Relation) -> rusqlite::Result<Vec<Vec<Value>>> {
        let list: Vec<String> = of.columns.iter().map(|column| quoted(&column.name)).collect();
        let mut statement = self.0.prepare(&format!("select {} from {}", list.join(", "), quoted(&of.name)))?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((0..list.len()).map(|at| row.get_ref(at).map(value)).collect::<rusqlite::Result<_>>()?);
        }
        Ok(all)
    }

    pub fn indexes(&self, table: &str) -> Vec<Index> {
        // A condition that is always true is none.
        let sql = "select name, \"unique\", origin, partial and name not in (
            select name from sqlite_schema where sql like '% not in ()') from pragma_index_list(?1)";
        let mut statement = self.0.prepare(sql).unwrap();
        let indexes = statement.query_map([table], |row| {
            Ok(Index {
                name: row.get(0)?,
                unique: row.get(1)?,
                origin: row.get(2)?,
                partial: row.get(3)?,
                columns: Vec::new(),
            })
        });
        let indexes: Vec<Index> = indexes.unwrap().map(Result::unwrap).collect();
        let mut columns = self.0.prepare("select name, coll from pragma_index_xinfo(?1) where key").unwrap();
        let mut filled = |index: Index| {
            let columns = columns.query_map([&index.name], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            Index { columns: columns.map(Result::unwrap).collect(), ..index }
        };
        indexes.into_iter().map(&mut filled).collect()
    }

    /// One number of a query; none for NULL.
    pub fn number(&self, sql: &str) -> Option<i64> {
        self.0.query_row(sql, [], |row| row.get(0)).unwrap_or_default()
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(text.to_vec()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
