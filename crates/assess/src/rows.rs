//! Reading the rows of one table in the order in which they are stored.

use autobot_catalog::{RowFilter, RowKey, SourceTable, TableKind, TableMap};
use autobot_db::{ColumnName, Name};
use rusqlite::{Connection, Row, ToSql};

use crate::Error;
use crate::place::Locator;

/// SQLite's own limit on the columns of a result (`SQLITE_MAX_COLUMN`): a table that reaches it is read without rowid.
const COLUMNS_MAX: usize = 2_000;

/// A statement that reads a table, and where its results have what.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// Without a condition on the rowid.
    pub(crate) sql: String,
    /// The word for the rowid, when the statement gives it.
    pub(crate) rowid_word: Option<String>,
    /// Result column of the first column asked for.
    pub(crate) first: usize,
    pub(crate) locator: Locator,
}

/// Reads `columns` of a table.
pub(crate) fn reading(table: &SourceTable, columns: &[&ColumnName]) -> Reading {
    let stored = matches!(table.kind, TableKind::Ordinary | TableKind::Bookkeeping { .. } | TableKind::Shadow { .. });
    let from = format!("{}{}", table.name.quoted(), if stored { " not indexed" } else { "" });
    let (list, rowid_word, first, locator) = list(table, columns);
    Reading { sql: format!("select {list} from {from}"), rowid_word, first, locator }
}

/// Reads `columns` of a table in any order, from an index where one has them all.
pub(crate) fn by_any_index(table: &SourceTable, columns: &[&ColumnName]) -> Reading {
    let (list, rowid_word, first, locator) = list(table, columns);
    Reading { sql: format!("select {list} from {}", table.name.quoted()), rowid_word, first, locator }
}

/// Reads what SQLite makes of some expressions over a table's columns.
pub(crate) fn values(table: &SourceTable, expressions: &[String]) -> Reading {
    let (list, rowid_word, first, locator) = list(table, &[]);
    let sql = format!("select {list}, {} from {}", expressions.join(", "), table.name.quoted());
    // Where nothing tells one row from another, a constant stands in the list.
    Reading { sql, rowid_word, first: first.max(1), locator }
}

/// Reads those rows of a table that its filter lets over; `columns` as in the source.
pub(crate) fn filtered(table: &SourceTable, map: &TableMap, columns: &[&ColumnName]) -> Result<Reading, Error> {
    let mut reading = reading(table, columns);
    let from = table.name.quoted();
    match &map.filter {
        None => {}
        // The line break ends a comment that the condition may end with.
        Some(RowFilter::Where(condition)) => reading.sql = format!("{} where ({condition}\n)", reading.sql),
        Some(RowFilter::Last { count, per, by }) => {
            let quoted = |name: &String| {
                let known = table.column(name).ok_or_else(|| no_column(table, name))?;
                Ok::<_, Error>(known.name.quoted())
            };
            let per = per.iter().map(quoted).collect::<Result<Vec<_>, _>>()?.join(", ");
            let partition = if per.is_empty() { per } else { format!("partition by {per} ") };
            let order = format!("{} desc{}", quoted(by)?, tie_break(map, reading.rowid_word.as_deref()));
            let (items, names) = inner(table, &reading, columns);
            reading.sql = format!(
                "select {names} from (select {items}, row_number() over ({partition}order by {order}) as place \
                 from {from}) where place <= {count}"
            );
        }
    }
    Ok(reading)
}

fn no_column(table: &SourceTable, column: &str) -> Error {
    Error::NoColumn { table: table.name.clone(), column: column.to_owned() }
}

/// Rows that are equal by the owner's order are told apart by their key, else by the rowid.
fn tie_break(map: &TableMap, rowid_word: Option<&str>) -> String {
    let indexes: &[usize] = match &map.key {
        RowKey::RowidColumn(index) => std::slice::from_ref(index),
        RowKey::Columns(indexes) => indexes,
        RowKey::None => return rowid_word.map_or_else(String::new, |word| format!(", {word} desc")),
    };
    let columns = indexes.iter().filter_map(|index| map.columns.get(*index));
    columns.flat_map(|column| [", ".to_owned(), column.source.quoted(), " desc".to_owned()]).collect()
}

/// The result columns under plain names, for a statement in a statement.
fn inner(table: &SourceTable, reading: &Reading, columns: &[&ColumnName]) -> (String, String) {
    let rowid = reading.rowid_word.iter().cloned();
    let key = table.primary_key.iter().take(reading.locator.key.len());
    let all = rowid.chain(key.chain(columns.iter().copied()).map(|column| column.quoted()));
    let items: Vec<String> = all.enumerate().map(|(index, item)| format!("{item} as c{index}")).collect();
    let names: Vec<String> = (0..items.len()).map(|index| format!("c{index}")).collect();
    (items.join(", "), names.join(", "))
}

/// The result columns: the rowid or the primary key, then the columns.
fn list(table: &SourceTable, columns: &[&ColumnName]) -> (String, Option<String>, usize, Locator) {
    let mut items = Vec::new();
    let mut locator = Locator::default();
    let mut rowid_word = None;
    match &table.rowid_word {
        _ if columns.len() + table.primary_key.len().max(1) > COLUMNS_MAX => {}
        Some(word) if !table.without_rowid => {
            locator.rowid = Some(0);
            rowid_word = Some(word.clone());
            items.push(word.clone());
        }
        _ => {
            locator.key = (0..table.primary_key.len()).collect();
            items.extend(table.primary_key.iter().map(|column| column.quoted()));
        }
    }
    let first = items.len();
    items.extend(columns.iter().map(|column| column.quoted()));
    if items.is_empty() {
        items.push("1".to_owned());
    }
    (items.join(", "), rowid_word, first, locator)
}

/// Runs a statement and hands over each row.
pub(crate) fn each(
    connection: &Connection,
    table: &SourceTable,
    reading: &Reading,
    sql: &str,
    parameters: &[&dyn ToSql],
    mut take: impl FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let error = |after, source| Error::reading(&table.name, "read", after, source);
    let mut statement = connection.prepare(sql).map_err(|source| error(None, source))?;
    let mut rows = statement.query(parameters).map_err(|source| error(None, source))?;
    let mut last = None;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                last = reading.locator.rowid(row).or(last);
                take(row)?;
            }
            Ok(None) => return Ok(()),
            Err(source) => return Err(error(last, source)),
        }
    }
}

/// A plain name for a result column of a rule is checked to be one.
pub(crate) fn source_column<'a>(table: &'a SourceTable, name: &Name) -> Result<&'a ColumnName, Error> {
    table.column(name.as_str()).map(|column| &column.name).ok_or_else(|| no_column(table, name.as_str()))
}
