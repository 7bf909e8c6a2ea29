//! A catalog by SQLite's pragmas, as much of it as an assessment looks at.

use autobot_catalog::{
    Affinity, SourceCatalog, SourceColumn, SourceForeignKey, SourceIndex, SourceIndexColumn, SourceTable, TableKind,
};
use autobot_db::{ColumnName, Name, TableName, quote_literal};
use rusqlite::{Connection, Row};

/// The tables of a database in the order of their creation.
pub(crate) fn catalog(connection: &Connection) -> SourceCatalog {
    let sql = "select s.name, s.sql, l.wr, l.strict, l.type from sqlite_schema s join pragma_table_list l on l.name = s.name
               where s.type = 'table' and l.schema = 'main' and l.type in ('table', 'virtual') and s.name not like 'sqlite\\_%' escape '\\'
               order by s.rowid";
    let mut tables: Vec<SourceTable> = all(connection, sql, |row| SourceTable {
        name: TableName::new(row.get::<_, String>(0).unwrap()).unwrap(),
        kind: match row.get::<_, String>(4).unwrap().as_str() {
            "virtual" => TableKind::Virtual { module: String::new(), readable: true },
            _ => TableKind::Ordinary,
        },
        sql: row.get(1).unwrap(),
        columns: Vec::new(),
        primary_key: Vec::new(),
        rowid_alias: None,
        rowid_word: (!row.get::<_, bool>(2).unwrap()).then(|| "_rowid_".to_owned()),
        autoincrement: false,
        sequence: None,
        without_rowid: row.get(2).unwrap(),
        strict: row.get(3).unwrap(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
    });
    for table in &mut tables {
        fill(connection, table);
    }
    SourceCatalog { tables, encoding: "UTF-8".to_owned(), ..SourceCatalog::default() }
}

fn fill(connection: &Connection, table: &mut SourceTable) {
    let name = quote_literal(table.name.as_str());
    table.columns =
        all(connection, &format!("select name, type, \"notnull\", hidden from pragma_table_xinfo({name})"), |row| {
            let declared: String = row.get(1).unwrap();
            let name: String = row.get(0).unwrap();
            // SQLite gives the common types back in capitals.
            let nocase = format!("\"{name}\" {declared} collate nocase").to_lowercase();
            let nocase = table.sql.to_lowercase().contains(&nocase);
            SourceColumn {
                affinity: affinity(&declared),
                name: column(name),
                declared,
                not_null: row.get(2).unwrap(),
                default: None,
                collation: nocase.then(|| "NOCASE".to_owned()),
                generated: None,
                hidden: row.get::<_, i64>(3).unwrap() == 1,
            }
        });
    let key = format!("select name from pragma_table_xinfo({name}) where pk > 0 order by pk");
    table.primary_key = all(connection, &key, |row| column(row.get(0).unwrap()));
    let keys = format!("select id, \"table\", \"from\", \"to\" from pragma_foreign_key_list({name}) order by id, seq");
    let mut last = None;
    for (id, parent, from, to) in all(connection, &keys, |row| {
        (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap(), row.get::<_, Option<String>>(3).unwrap())
    }) {
        let id: i64 = id;
        if last.replace(id) != Some(id) {
            table.foreign_keys.push(foreign_key(parent));
        }
        let foreign_key = table.foreign_keys.last_mut().unwrap();
        foreign_key.columns.push(column(from));
        foreign_key.parent_columns.extend(to.map(column));
    }
    let indexes = format!("select name, origin from pragma_index_list({name}) where \"unique\" and not partial");
    table.indexes =
        all(connection, &indexes, |row| index(connection, &row.get::<_, String>(0).unwrap(), row.get(1).unwrap()));
}

fn foreign_key(parent: String) -> SourceForeignKey {
    SourceForeignKey {
        name: None,
        columns: Vec::new(),
        parent,
        parent_columns: Vec::new(),
        on_delete: "NO ACTION".to_owned(),
        on_update: "NO ACTION".to_owned(),
        deferred: false,
    }
}

fn index(connection: &Connection, name: &str, origin: String) -> SourceIndex {
    let sql = format!("select name from pragma_index_info({}) order by seqno", quote_literal(name));
    let columns = all(connection, &sql, |row| SourceIndexColumn {
        column: row.get::<_, Option<String>>(0).unwrap().map(column),
        expression: None,
        descending: false,
        collation: "BINARY".to_owned(),
    });
    SourceIndex { name: Name::new(name).unwrap(), sql: None, unique: true, origin, predicate: None, columns }
}

pub(crate) fn column(name: String) -> ColumnName {
    ColumnName::new(name).unwrap()
}

fn all<T>(connection: &Connection, sql: &str, mut take: impl FnMut(&Row<'_>) -> T) -> Vec<T> {
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| Ok(take(row))).unwrap().map(Result::unwrap).collect()
}

/// SQLite documentation, "Datatypes", 3.1.
fn affinity(declared: &str) -> Affinity {
    let declared = declared.to_ascii_uppercase();
    let says = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    match () {
        () if says(&["INT"]) => Affinity::Integer,
        () if says(&["CHAR", "CLOB", "TEXT"]) => Affinity::Text,
        () if declared.is_empty() || says(&["BLOB"]) => Affinity::Blob,
        () if says(&["REAL", "FLOA", "DOUB"]) => Affinity::Real,
        () => Affinity::Numeric,
    }
}
