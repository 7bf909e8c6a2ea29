//! Values that the chosen types or rules change, one by one: how many, and where first.

use std::collections::BTreeMap;

use autobot_catalog::{Seen, SourceTable, TableMap};
use autobot_convert::Converter;
use autobot_db::ColumnName;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::{Error, rows};

/// 2^53: beyond it a JavaScript number does not hold every integer.
const JAVASCRIPT_MAX: u64 = 1 << 53;

/// Reads some columns of a table and counts each change that the conversion of a value brings, by its stable name; and
/// as `beyond-javascript` the integers that a JavaScript number does not hold exactly.
///
/// The pass over everything knows ranges: that some value is changed. This one knows which.
pub fn changed_values(
    connection: &Connection,
    table: &SourceTable,
    map: &TableMap,
    columns: &[ColumnName],
    places_max: usize,
) -> Result<BTreeMap<ColumnName, BTreeMap<String, Seen>>, Error> {
    let columns: Vec<_> = map.columns.iter().filter(|column| columns.contains(&column.source)).collect();
    let names =
        columns.iter().map(|column| rows::source_column(table, &column.source)).collect::<Result<Vec<_>, _>>()?;
    let reading = rows::filtered(table, map, &names)?;
    let converters: Vec<Converter> = columns.iter().map(|column| Converter::for_column(column)).collect();
    let mut found: BTreeMap<ColumnName, BTreeMap<String, Seen>> =
        columns.iter().map(|column| (column.source.clone(), BTreeMap::new())).collect();
    let mut field = Vec::new();
    rows::each(connection, table, &reading, &reading.sql, &[], |row| {
        for (index, (column, converter)) in columns.iter().zip(&converters).enumerate() {
            let value = row.get_ref(reading.first + index);
            let value =
                value.map_err(|error| Error::reading(&map.source, "read", reading.locator.rowid(row), error))?;
            field.clear();
            let changes = converter.encode(value, &mut field).unwrap_or_default();
            let beyond = matches!(value, ValueRef::Integer(number) if number.unsigned_abs() > JAVASCRIPT_MAX);
            let codes = changes.iter().map(autobot_convert::Change::code).chain(beyond.then_some("beyond-javascript"));
            let Some(of_column) = found.get_mut(&column.source) else { continue };
            for code in codes {
                let seen = of_column.entry(code.to_owned()).or_default();
                seen.count += 1;
                if seen.first.len() < places_max {
                    seen.first.push(reading.locator.place(row, value));
                }
            }
        }
        Ok(())
    })?;
    Ok(found)
}
