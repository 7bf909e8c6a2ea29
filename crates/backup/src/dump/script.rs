use autobot_db::{ColumnName, InvalidName, TableName};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::encoding::Encoding;
use super::literal;

/// What a dump consists of, but for the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    pub(super) encoding: Encoding,
    /// Statements before the tables.
    pub(super) head: Vec<String>,
    pub(super) tables: Vec<Table>,
    /// Views, triggers, indexes, and the end.
    pub(super) tail: Vec<String>,
}

/// A table with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    /// Statements before its rows.
    pub(super) before: Vec<String>,
    /// None for a virtual table: its rows are those of its shadow tables.
    pub(super) rows: Option<Rows>,
}

/// How the rows of a table are read and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// Everything up to the first value.
    pub(super) insert: String,
    /// Gives the values in the order of `insert`; where text is not UTF-8, each is followed by its stored bytes.
    pub(super) select: String,
    /// Values of a row.
    pub(super) columns: usize,
}

/// Why a script could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum ScriptError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Name(#[from] InvalidName),
}

/// Lines for people about loading a database with virtual tables.
const ABOUT_VIRTUAL: &str =
    "-- This database has virtual tables. sqlite3 3.42 and later load them with: sqlite3 -unsafe-testing NEW.db";

impl Script {
    /// Reads the schema, in the order in which the `sqlite3` program dumps it.
    pub(super) fn read(connection: &Connection) -> Result<Self, ScriptError> {
        let word: String = connection.query_row("pragma encoding", [], |row| row.get(0))?;
        let encoding = Encoding::from_pragma(&word);
        let found = Found::read(connection)?;
        let mut head = head(connection, encoding, &word)?;
        let any_virtual = found.tables.iter().any(|(_, sql)| is_virtual(sql));
        if any_virtual {
            head.insert(0, ABOUT_VIRTUAL.to_owned());
            head.push("PRAGMA writable_schema=ON;".to_owned());
        }
        let counts_ids = found.tables.iter().any(|(_, sql)| sql.to_ascii_lowercase().contains("autoincrement"));
        let mut tables = Vec::new();
        for (name, sql) in &found.tables {
            let Some(before) = before(name, sql, counts_ids) else { continue };
            let rows = if is_virtual(sql) { None } else { Some(Rows::read(connection, name, encoding)?) };
            tables.push(Table { name: name.clone(), before, rows });
        }
        let mut tail: Vec<String> = found.rest.iter().map(|sql| statement(sql)).collect();
        tail.extend(any_virtual.then(|| "PRAGMA writable_schema=OFF;".to_owned()));
        tail.push("COMMIT;".to_owned());
        Ok(Self { encoding, head, tables, tail })
    }
}

struct Found {
    tables: Vec<(String, String)>,
    rest: Vec<String>,
}

impl Found {
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let tables = "select name, sql from sqlite_schema where type = 'table' and sql is not null \
                      order by name = 'sqlite_sequence', rowid";
        let rest = "select sql from sqlite_schema where sql is not null and type in ('index', 'trigger', 'view') \
                    order by type collate nocase desc, rowid";
        Ok(Self {
            tables: connection.prepare(tables)?.query_map([], |row| row.try_into())?.collect::<Result<_, _>>()?,
            rest: connection.prepare(rest)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?,
        })
    }
}

fn head(connection: &Connection, encoding: Encoding, word: &str) -> rusqlite::Result<Vec<String>> {
    let mut head = Vec::new();
    if encoding != Encoding::Utf8 {
        head.push(format!("PRAGMA encoding='{word}';"));
    }
    head.push("PRAGMA foreign_keys=OFF;".to_owned());
    head.push("BEGIN TRANSACTION;".to_owned());
    for pragma in ["application_id", "user_version"] {
        let value: i64 = connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0))?;
        if value != 0 {
            head.push(format!("PRAGMA {pragma}={value};"));
        }
    }
    Ok(head)
}

/// The statements before the rows of a table; none for a table that is left out: SQLite makes its own tables itself,
/// and the samples of `sqlite_stat4` exist only where the program was built with them.
fn before(name: &str, sql: &str, counts_ids: bool) -> Option<Vec<String>> {
    if name == "sqlite_sequence" {
        let mut before = Vec::new();
        if !counts_ids {
            // The table outlives the last table that needed it.
            before.push("CREATE TABLE autobot_sequence(id INTEGER PRIMARY KEY AUTOINCREMENT);".to_owned());
            before.push("DROP TABLE autobot_sequence;".to_owned());
        }
        before.push("DELETE FROM sqlite_sequence;".to_owned());
        return Some(before);
    }
    if name == "sqlite_stat1" {
        return Some(vec!["ANALYZE sqlite_schema;".to_owned()]);
    }
    if name.starts_with("sqlite_") {
        return None;
    }
    if is_virtual(sql) {
        let text = |value: &str| {
            let mut text = Vec::new();
            // Writing to a `Vec` cannot fail.
            let _ = literal::write(&mut text, ValueRef::Text(value.as_bytes()), None, Encoding::Utf8);
            String::from_utf8_lossy(&text).into_owned()
        };
        let (name, sql) = (text(name), text(sql));
        return Some(vec![format!(
            "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table',{name},{name},0,{sql});"
        )]);
    }
    let quoted_name = ["CREATE TABLE '", "CREATE TABLE \""].iter().any(|start| sql.starts_with(start));
    let rest = sql.strip_prefix("CREATE TABLE ").filter(|_| quoted_name);
    Some(vec![rest.map_or_else(|| statement(sql), |rest| statement(&format!("CREATE TABLE IF NOT EXISTS {rest}")))])
}

/// The statement with its end, which a comment on the last line must not swallow.
fn statement(sql: &str) -> String {
    let comment = sql.rsplit('\n').next().is_some_and(|last| last.contains("--"));
    if comment { format!("{sql}\n;") } else { format!("{sql};") }
}

fn is_virtual(sql: &str) -> bool {
    const START: &str = "create virtual table";
    sql.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

impl Rows {
    fn read(connection: &Connection, table: &str, encoding: Encoding) -> Result<Self, ScriptError> {
        let name = TableName::new(table)?.quoted();
        let plain: Vec<String> = connection
            .prepare("select name from pragma_table_xinfo(?1) where hidden = 0 order by cid")?
            .query_map([table], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut columns = Vec::new();
        for column in &plain {
            columns.push(ColumnName::new(column.as_str())?.quoted());
        }
        let rowid = Rowid::read(connection, table, &name, &plain)?;
        let mut insert = format!("INSERT INTO {name}");
        if let Some(rowid) = rowid.name.filter(|_| rowid.is_kept) {
            columns.insert(0, rowid.to_owned());
            insert.push_str(&format!("({})", columns.join(",")));
        }
        insert.push_str(" VALUES(");
        let values: Vec<String> = columns
            .iter()
            .map(|column| match encoding {
                Encoding::Utf8 => column.clone(),
                _ => format!("{column},cast({column} as blob)"),
            })
            .collect();
        let order = rowid.name.map_or_else(String::new, |rowid| format!(" order by {rowid}"));
        let select = format!("select {} from {name} not indexed{order}", values.join(","));
        Ok(Self { insert, select, columns: columns.len() })
    }
}

/// What to do about the row numbers of a table.
struct Rowid {
    /// What they are called; none in a table without them, or where columns have taken all their names.
    name: Option<&'static str>,
    /// True when loading would give other numbers: no column holds them, and they are not 1, 2, 3, …
    is_kept: bool,
}

impl Rowid {
    fn read(connection: &Connection, table: &str, quoted: &str, columns: &[String]) -> rusqlite::Result<Self> {
        let without = "select wr from pragma_table_list where schema = 'main' and name = ?1";
        let without: bool = connection.query_row(without, [table], |row| row.get(0))?;
        let is_free = |name: &&str| !columns.iter().any(|column| column.eq_ignore_ascii_case(name));
        let name = ["rowid", "_rowid_", "oid"].into_iter().find(is_free).filter(|_| !without);
        let Some(rowid) = name else { return Ok(Self { name, is_kept: false }) };
        // A primary key without an index of its own is the row number under another name.
        let keyed = "select exists (select 1 from pragma_table_info(?1) where pk > 0) \
                     and not exists (select 1 from pragma_index_list(?1) where origin = 'pk')";
        let is_column: bool = connection.query_row(keyed, [table], |row| row.get(0))?;
        if is_column {
            return Ok(Self { name, is_kept: false });
        }
        let span = format!(
            "select (select min({rowid}) from {quoted}), (select max({rowid}) from {quoted}), (select count(*) from {quoted})"
        );
        let (first, last, count): (Option<i64>, Option<i64>, i64) =
            connection.query_row(&span, [], |row| row.try_into())?;
        let is_kept = count > 0 && (first, last) != (Some(1), Some(count));
        Ok(Self { name, is_kept })
    }
}
