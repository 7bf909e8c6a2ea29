use autobot_catalog::{ColumnMap, OnInvalid, PgType, RowFilter, RowKey, TableMap};
use autobot_db::{ColumnName, Name};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::{CanonicalRow, TableOrphans};
use crate::Error;
use crate::canonical::{SourceColumn, SourceValue};

/// One table of the source and how its rows are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceRows<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) table: &'a TableMap,
    /// The word for its rowid, where it has one and it is wanted.
    pub(crate) rowid_word: Option<&'a str>,
    pub(crate) orphans: &'a TableOrphans<'a>,
}

/// Calls `visit` with each row of the table that the rules let over, in canonical form; gives the number of rows that
/// the rules put in quarantine. An error of `visit` ends the reading.
pub(crate) fn read_source(
    rows: SourceRows<'_>,
    mut visit: impl FnMut(&CanonicalRow) -> Result<(), Error>,
) -> Result<u64, Error> {
    let SourceRows { connection, table, rowid_word, orphans } = rows;
    let failed = |source| Error::ReadSource { table: table.source.clone(), source };
    let mut statement = connection.prepare(&query(table, rowid_word)?).map_err(failed)?;
    let mut stored = statement.query([]).map_err(failed)?;
    let forms = SourceForms::new(table);
    let (mut row, mut quarantined) = (CanonicalRow::default(), 0);
    while let Some(stored) = stored.next().map_err(failed)? {
        let put = forms.put_row(stored, rowid_word.is_some(), connection, &mut row)?;
        if put == SourceValue::Quarantined || orphans.holds(&row) {
            quarantined += 1;
            continue;
        }
        visit(&row)?;
    }
    Ok(quarantined)
}

/// Brings stored rows of one table to canonical form.
pub(crate) struct SourceForms<'a> {
    table: &'a TableMap,
    /// With whether a real in it becomes text.
    columns: Vec<(SourceColumn<'a>, bool)>,
}

impl<'a> SourceForms<'a> {
    pub(crate) fn new(table: &'a TableMap) -> Self {
        let columns = table.columns.iter().map(|column| (SourceColumn::new(column), is_textual(column)));
        Self { table, columns: columns.collect() }
    }

    /// Puts a row of [`query`] into `row`, or says that the rules put it in quarantine.
    fn put_row(
        &self,
        stored: &Row<'_>,
        with_rowid: bool,
        connection: &Connection,
        row: &mut CanonicalRow,
    ) -> Result<SourceValue, Error> {
        let failed = |source| Error::ReadSource { table: self.table.source.clone(), source };
        row.clear();
        if with_rowid {
            row.rowid = stored.get(0).map_err(failed)?;
        }
        for index in 0..self.columns.len() {
            // By reference: a copy is read in other pieces than the value was written in, for which a processor waits.
            let value = stored.get_ref(index + usize::from(with_rowid)).map_err(failed)?;
            if self.put(value, connection, row)? == SourceValue::Quarantined {
                return Ok(SourceValue::Quarantined);
            }
        }
        Ok(SourceValue::Put)
    }

    /// Puts the next value of a row into `row`; nothing, where the rules put that row in quarantine. `connection` is asked
    /// how SQLite writes a number.
    #[inline]
    pub(crate) fn put(
        &self,
        value: ValueRef<'_>,
        connection: &Connection,
        row: &mut CanonicalRow,
    ) -> Result<SourceValue, Error> {
        let Some((column, textual)) = self.columns.get(row.ends.len()) else { return Ok(SourceValue::Put) };
        let put = match value {
            ValueRef::Real(real) if *textual => {
                let text = real_as_text(connection, real);
                let text = text.map_err(|source| Error::ReadSource { table: self.table.source.clone(), source })?;
                column.put(&ValueRef::Text(text.as_bytes()), &mut row.bytes)
            }
            value => column.put(&value, &mut row.bytes),
        };
        match put {
            Ok(SourceValue::Put) => row.ends.push(row.bytes.len()),
            Ok(SourceValue::Quarantined) => return Ok(SourceValue::Quarantined),
            Err(_) => {
                return Err(Error::Unfit {
                    table: self.table.source.clone(),
                    column: column.map.source.clone(),
                    rowid: row.rowid,
                    kind: column.map.target_type.to_string(),
                });
            }
        }
        Ok(SourceValue::Put)
    }
}

/// Names the rowid in an error that came of a reading without it.
pub(crate) fn place_of_unfit(error: Error, rows: SourceRows<'_>) -> Error {
    match error {
        Error::Unfit { rowid: None, .. } if rows.rowid_word.is_some() => {
            read_source(rows, |_| Ok(())).err().unwrap_or(error)
        }
        error => error,
    }
}

/// A real in a column that becomes text: SQLite's own form of it is the one meant, unless that form is another number
/// (SQLite writes 15 digits, a double may need 17) or subnormal (SQLite does not round those exactly); then its shortest
/// digits in SQLite's layout.
fn real_as_text(connection: &Connection, real: f64) -> rusqlite::Result<String> {
    let mut written = connection.prepare_cached("select cast(?1 as text)")?;
    let text: String = written.query_row([real], |row| row.get(0))?;
    // SQLite does not round the digits of subnormal numbers exactly.
    let inexact = real.is_subnormal();
    if real.is_infinite() || !inexact && text.parse::<f64>().is_ok_and(|back| back.to_bits() == real.to_bits()) {
        return Ok(text);
    }
    let scientific = format!("{real:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..15).contains(&exponent) {
        return Ok(format!("{real:?}"));
    }
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent < 0 { '-' } else { '+' };
    Ok(format!("{mantissa}{point}e{sign}{:02}", exponent.abs()))
}

/// True when a rule may keep rows of the table from going over, so that SQLite alone cannot count them.
pub(crate) fn has_quarantine(table: &TableMap) -> bool {
    let by_value = table.columns.iter().any(|column| column.on_invalid == OnInvalid::Quarantine);
    by_value || !table.quarantine_orphans.is_empty()
}

/// Number of rows that the rules let over.
pub(crate) fn count_source(connection: &Connection, table: &TableMap, word: Option<&str>) -> Result<u64, Error> {
    let sql = format!("select count(*) from ({})", query(table, word)?);
    let count = connection.query_row(&sql, [], |row| row.get::<_, i64>(0));
    let count = count.map_err(|source| Error::ReadSource { table: table.source.clone(), source })?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The query: the rowid where it can be named, then the columns.
pub(crate) fn query(table: &TableMap, rowid_word: Option<&str>) -> Result<String, Error> {
    let rowid = rowid_word.map(str::to_owned);
    let columns = table.columns.iter().map(|column| column.source.quoted());
    let items: Vec<String> = rowid.into_iter().chain(columns).collect();
    let list = items.join(", ");
    // Not from an index that has all columns: a damaged one has fewer rows.
    let from = format!("{} not indexed", table.source.quoted());
    match &table.filter {
        None => Ok(format!("select {list} from {from}")),
        // The line break ends a comment that the condition may end with.
        Some(RowFilter::Where(condition)) => Ok(format!("select {list} from {from} where ({condition}\n)")),
        Some(RowFilter::Last { count, per, by }) => {
            let quote = |name: &String| Name::new(name.clone()).map(|name| name.quoted());
            let per = per.iter().map(quote).collect::<Result<Vec<_>, _>>().map_err(Error::Name)?.join(", ");
            let per = if per.is_empty() { per } else { format!("partition by {per} ") };
            let by = ColumnName::new(by.clone()).map_err(Error::Name)?.quoted();
            let order = std::iter::once(by).chain(tie_breakers(table, rowid_word));
            let order = order.map(|name| format!("{name} desc")).collect::<Vec<_>>().join(", ");
            let names: Vec<String> = (0..items.len()).map(|index| format!("c{index}")).collect();
            let inner: Vec<String> = items.iter().zip(&names).map(|(item, name)| format!("{item} as {name}")).collect();
            Ok(format!(
                "select {} from (select {}, row_number() over ({per}order by {order}) as place from {from}) \
                 where place <= {count}",
                names.join(", "),
                inner.join(", "),
            ))
        }
    }
}

/// What tells rows of equal order apart in the "last per group" query: the key, or the rowid where there is none.
fn tie_breakers(table: &TableMap, rowid_word: Option<&str>) -> Vec<String> {
    let named = |index: &usize| table.columns[*index].source.quoted();
    match &table.key {
        RowKey::RowidColumn(index) => vec![named(index)],
        RowKey::Columns(columns) => columns.iter().map(named).collect(),
        RowKey::None => rowid_word.map(str::to_owned).into_iter().collect(),
    }
}

/// True where a real becomes text. Its longest form has 24 characters: narrower types take none.
fn is_textual(column: &ColumnMap) -> bool {
    match &column.target_type {
        PgType::Bytea => column.numbers_as_bytes,
        PgType::Text | PgType::Citext => true,
        PgType::Varchar(most) | PgType::Char(most) => *most >= 24,
        _ => false,
    }
}
