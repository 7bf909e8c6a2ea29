//! Every row that the chosen types do not take.

use std::io::Write;

use autobot_catalog::{ColumnMap, OnInvalid, SourceCatalog, TableMap};
use autobot_convert::{Converter, Refusal};
use autobot_db::{ColumnName, TableName};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::rows::Reading;
use crate::{Error, place, rows};

/// One value that does not go over: a line of the list.
#[derive(Debug, Serialize)]
pub struct Located<'a> {
    /// The table, by its name in the source.
    pub table: &'a TableName,
    /// The column, by its name in the source.
    pub column: &'a ColumnName,
    /// The row's rowid, where the table has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rowid: Option<i64>,
    /// Otherwise its primary key, each part as text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<String>,
    /// Storage class.
    pub class: &'static str,
    /// First bytes in hexadecimal, at most eight.
    pub sample: String,
    /// Stable name of the reason: `text-in-integer`.
    pub reason: &'static str,
    /// The reason in words, with the byte at which it shows.
    pub message: String,
    /// What becomes of the value by rule: `refuse`, `null`, `quarantine`.
    pub on_invalid: OnInvalid,
}

/// Lists all values that are refused by the types and rules that were chosen, one JSON object a line, in the order of the
/// tables and rows. Gives how many there are; stops after `limit`.
///
/// Tables are read to the end, also where a rule makes NULL or quarantine of such values.
pub fn locate(
    connection: &Connection,
    catalog: &SourceCatalog,
    tables: &[TableMap],
    limit: Option<u64>,
    sink: &mut dyn Write,
) -> Result<u64, Error> {
    let mut listed = 0;
    for map in tables {
        if limit.is_some_and(|limit| listed >= limit) {
            break;
        }
        match table(connection, catalog, map, limit, &mut listed, sink) {
            Ok(()) | Err(Error::Stopped) => {}
            Err(error) => return Err(error),
        }
    }
    sink.flush().map_err(Error::Write)?;
    Ok(listed)
}

/// Lists one table; stopped at the limit.
fn table(
    connection: &Connection,
    catalog: &SourceCatalog,
    map: &TableMap,
    limit: Option<u64>,
    listed: &mut u64,
    sink: &mut dyn Write,
) -> Result<(), Error> {
    let Some(source) = catalog.table(map.source.as_str()) else { return Ok(()) };
    let columns: Vec<&ColumnMap> = map.columns.iter().filter(|column| column.generated.is_none()).collect();
    let names =
        columns.iter().map(|column| rows::source_column(source, &column.source)).collect::<Result<Vec<_>, _>>()?;
    let reading = rows::filtered(source, map, &names)?;
    let converters: Vec<Converter> = columns.iter().map(|column| Converter::for_column(column)).collect();
    let mut field = Vec::new();
    rows::each(connection, source, &reading, &reading.sql, &[], |row| {
        for (index, (column, converter)) in columns.iter().zip(&converters).enumerate() {
            let value = row.get_ref(reading.first + index);
            let value =
                value.map_err(|error| Error::reading(&map.source, "read", reading.locator.rowid(row), error))?;
            field.clear();
            let Err(refusal) = converter.encode(value, &mut field) else { continue };
            if limit.is_some_and(|limit| *listed >= limit) {
                return Err(Error::Stopped);
            }
            *listed += 1;
            write(sink, &line(map, column, &reading, row, value, refusal))?;
        }
        Ok(())
    })
}

fn line<'a>(
    map: &'a TableMap,
    column: &'a ColumnMap,
    reading: &Reading,
    row: &Row<'_>,
    value: ValueRef<'_>,
    refusal: Refusal,
) -> Located<'a> {
    let place = reading.locator.place(row, value);
    Located {
        table: &map.source,
        column: &column.source,
        rowid: place.rowid,
        key: place.key,
        class: place::class(value),
        sample: place.sample,
        reason: refusal.reason.code(),
        message: refusal.to_string(),
        on_invalid: column.on_invalid,
    }
}

fn write(sink: &mut dyn Write, line: &Located<'_>) -> Result<(), Error> {
    let mut text = serde_json::to_vec(line).map_err(|error| Error::Write(error.into()))?;
    text.push(b'\n');
    sink.write_all(&text).map_err(Error::Write)
}
