//! Rows that fit no page of PostgreSQL, whatever is stored elsewhere.

use autobot_catalog::{ColumnMap, PgType, Seen, SourceTable, TableMap};
use autobot_convert::Converter;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::{Error, rows};

/// The largest row on a page of 8 KiB (`MaxHeapTupleSize` in PostgreSQL's `htup_details.h`).
const ROW_BYTES_MAX: usize = 8160;

/// A longer value of variable length is stored elsewhere, where need be; this much stays of it (`heaptoast.h`).
const OUTSIDE_FROM_BYTES: usize = 24;
const POINTER_BYTES: usize = 18;

/// Reads a table whose rows might not fit and finds those that do not: by what each row takes after everything long was
/// stored elsewhere, with PostgreSQL's alignment. That a value could be compressed below 18 bytes is not counted on.
pub fn wide_rows(
    connection: &Connection,
    table: &SourceTable,
    map: &TableMap,
    places_max: usize,
) -> Result<Seen, Error> {
    let columns: Vec<&ColumnMap> = map.columns.iter().filter(|column| column.generated.is_none()).collect();
    let names =
        columns.iter().map(|column| rows::source_column(table, &column.source)).collect::<Result<Vec<_>, _>>()?;
    let reading = rows::filtered(table, map, &names)?;
    let converters: Vec<Converter> = columns.iter().map(|column| Converter::for_column(column)).collect();
    let mut found = Seen::default();
    let mut field = Vec::new();
    rows::each(connection, table, &reading, &reading.sql, &[], |row| {
        if bytes(row, reading.first, &columns, &converters, &mut field) > ROW_BYTES_MAX {
            found.count += 1;
            if found.first.len() < places_max {
                found.first.push(reading.locator.place(row, ValueRef::Null));
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// The bytes of a row on its page.
fn bytes(row: &Row<'_>, first: usize, columns: &[&ColumnMap], converters: &[Converter], field: &mut Vec<u8>) -> usize {
    const HEADER: usize = 23;
    let mut at = (HEADER + columns.len().div_ceil(8)).next_multiple_of(8);
    for (index, (column, converter)) in columns.iter().zip(converters).enumerate() {
        let Ok(value) = row.get_ref(first + index) else { continue };
        field.clear();
        if value == ValueRef::Null || converter.encode(value, field).is_err() {
            continue;
        }
        at = match fixed(&column.target_type) {
            Some((size, align)) => at.next_multiple_of(align) + size,
            None => at + variable(field.len()),
        };
    }
    at.next_multiple_of(8)
}

/// Size and alignment of the types of fixed length.
fn fixed(target: &PgType) -> Option<(usize, usize)> {
    Some(match target {
        PgType::Boolean => (1, 1),
        PgType::SmallInt => (2, 2),
        PgType::Integer | PgType::Real | PgType::Date | PgType::Enum { .. } => (4, 4),
        PgType::BigInt | PgType::Double | PgType::Time(_) | PgType::Timestamp(_) | PgType::Timestamptz(_) => (8, 8),
        PgType::Uuid => (16, 1),
        _ => return None,
    })
}

/// What stays of a value of variable length, with its header of one byte.
fn variable(length: usize) -> usize {
    let whole = length + 1;
    if whole > OUTSIDE_FROM_BYTES { POINTER_BYTES } else { whole }
}
