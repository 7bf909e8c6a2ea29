use std::ops::ControlFlow;

use autobot_catalog::{RowFilter, RowKey, TableMap};
use autobot_db::{ColumnName, Name};
use rusqlite::Connection;

use super::CanonicalRow;
use crate::Error;
use crate::canonical::{SourceValue, from_source};

/// Calls `visit` with each row of the table that the rules let over, in canonical form; gives the number of rows that
/// the rules put in quarantine.
pub(crate) fn read_source(
    connection: &Connection,
    table: &TableMap,
    rowid_word: Option<&str>,
    mut visit: impl FnMut(&CanonicalRow) -> ControlFlow<()>,
) -> Result<u64, Error> {
    let failed = |source| Error::ReadSource { table: table.source.clone(), source };
    let mut statement = connection.prepare(&query(table, rowid_word)?).map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    let (mut row, mut quarantined) = (CanonicalRow::default(), 0);
    let shift = usize::from(rowid_word.is_some());
    'rows: while let Some(stored) = rows.next().map_err(failed)? {
        row.clear();
        if rowid_word.is_some() {
            row.rowid = stored.get(0).map_err(failed)?;
        }
        for (index, column) in table.columns.iter().enumerate() {
            let value = stored.get_ref(index + shift).map_err(failed)?;
            match from_source(column, value, &mut row.bytes) {
                Ok(SourceValue::Put) => row.ends.push(row.bytes.len()),
                Ok(SourceValue::Quarantined) => {
                    quarantined += 1;
                    continue 'rows;
                }
                Err(_) => {
                    return Err(Error::Unfit {
                        table: table.source.clone(),
                        column: column.source.clone(),
                        rowid: row.rowid,
                        kind: column.target_type.to_string(),
                    });
                }
            }
        }
        if visit(&row).is_break() {
            break;
        }
    }
    Ok(quarantined)
}

/// Number of rows that the rules let over.
pub(crate) fn count_source(connection: &Connection, table: &TableMap, word: Option<&str>) -> Result<u64, Error> {
    let sql = format!("select count(*) from ({})", query(table, word)?);
    let count = connection.query_row(&sql, [], |row| row.get::<_, i64>(0));
    let count = count.map_err(|source| Error::ReadSource { table: table.source.clone(), source })?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The query: the rowid where it can be named, then the columns; reals of a column that becomes text are cast by SQLite
/// itself, whose form of them is the one meant.
fn query(table: &TableMap, rowid_word: Option<&str>) -> Result<String, Error> {
    let failed = |source| Error::ReadSource { table: table.source.clone(), source };
    let rowid = rowid_word.map(str::to_owned);
    let columns = table.columns.iter().map(|column| {
        let name = column.source.quoted();
        if is_textual(&column.target_type) {
            format!("case typeof({name}) when 'real' then cast({name} as text) else {name} end")
        } else {
            name
        }
    });
    let list = rowid.into_iter().chain(columns).collect::<Vec<_>>().join(", ");
    let from = table.source.quoted();
    match &table.filter {
        None => Ok(format!("select {list} from {from}")),
        Some(RowFilter::Where(condition)) => Ok(format!("select {list} from {from} where ({condition})")),
        Some(RowFilter::Last { count, per, by }) => {
            let quote = |name: &String| Name::new(name.clone()).map(|name| name.quoted());
            let per = per.iter().map(quote).collect::<Result<Vec<_>, _>>().map_err(Error::Name)?.join(", ");
            let by = ColumnName::new(by.clone()).map_err(Error::Name)?.quoted();
            let tie = tie_breaker(table, rowid_word).map_err(failed)?;
            Ok(format!(
                "select {list} from {from} where {tie} in (select {tie} from (select {tie}, row_number() over \
                 (partition by {per} order by {by} desc, {tie} desc) as autobot_rank from {from}) \
                 where autobot_rank <= {count})"
            ))
        }
    }
}

/// What tells rows apart in the "last per group" query: the rowid, or the single key column.
fn tie_breaker(table: &TableMap, rowid_word: Option<&str>) -> rusqlite::Result<String> {
    let key = match &table.key {
        RowKey::RowidColumn(index) => Some(*index),
        RowKey::Columns(columns) if columns.len() == 1 => Some(columns[0]),
        _ => None,
    };
    let named = key.map(|index| table.columns[index].source.quoted());
    named.or_else(|| rowid_word.map(str::to_owned)).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

fn is_textual(kind: &autobot_catalog::PgType) -> bool {
    use autobot_catalog::PgType as T;
    matches!(kind, T::Text | T::Varchar(_) | T::Char(_) | T::Citext | T::Enum { .. } | T::Json | T::Jsonb)
}
