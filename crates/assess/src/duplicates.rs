//! Rows that SQLite tells apart and PostgreSQL will not, under a unique key.

mod canonical;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use autobot_catalog::{ColumnMap, Seen, SourceTable, TableEvidence, TableMap};
use autobot_convert::Converter;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::{Error, rows};

/// Keys held at a time: about 40 MB at the worst. With more rows the table is read several times, each time looking at
/// another share of the keys.
const KEYS_MAX: u64 = 1_000_000;

/// A unique key of the target.
#[derive(Debug, Clone, Copy)]
pub struct UniqueKey<'a> {
    /// Its columns, as indexes into the columns of the map.
    pub columns: &'a [usize],
    /// The condition of a partial index, in SQLite's SQL.
    pub predicate: Option<&'a str>,
}

/// Finds rows that PostgreSQL would refuse under a unique key since they equal an earlier one after conversion: texts of
/// one date in two forms, `1.0` and `1.00`, `É` and `é` in CITEXT, milliseconds that a cut makes equal.
///
/// None without reading when the evidence shows that no two different values can become equal, as SQLite's own
/// uniqueness then holds. Rows with NULL are left out: both databases take those for distinct. Values that are refused are
/// not compared. The evidence must be that of a scan with the interests of the types.
pub fn duplicates(
    connection: &Connection,
    table: &SourceTable,
    map: &TableMap,
    key: UniqueKey<'_>,
    evidence: &TableEvidence,
    places_max: usize,
) -> Result<Option<Seen>, Error> {
    let columns: Vec<&ColumnMap> = key.columns.iter().filter_map(|index| map.columns.get(*index)).collect();
    let merges = columns.iter().any(|column| {
        let evidence = evidence.columns.get(&column.source);
        evidence.is_none_or(|evidence| canonical::may_merge(column, evidence))
    });
    if !merges || columns.is_empty() {
        return Ok(None);
    }
    let names: Vec<_> = columns.iter().map(|column| &column.source).collect();
    let mut reading = rows::filtered(table, map, &names)?;
    if let Some(predicate) = key.predicate {
        let word = if map.filter.is_none() { "where" } else { "and" };
        reading.sql = format!("{} {word} ({predicate}\n)", reading.sql);
    }
    let converters: Vec<Converter> = columns.iter().map(|column| Converter::for_column(column)).collect();
    let passes = evidence.rows.div_ceil(KEYS_MAX).max(1);
    let mut found = Seen::default();
    let mut bytes = Vec::new();
    for pass in 0..passes {
        let mut seen = HashSet::new();
        rows::each(connection, table, &reading, &reading.sql, &[], |row| {
            let Some(hash) = hash(row, reading.first, &columns, &converters, &mut bytes) else { return Ok(()) };
            if hash.0 % passes == pass && !seen.insert(hash) {
                found.count += 1;
                if found.first.len() < places_max {
                    let value = row.get_ref(reading.first).unwrap_or(ValueRef::Null);
                    found.first.push(reading.locator.place(row, value));
                }
            }
            Ok(())
        })?;
    }
    Ok((found.count > 0).then_some(found))
}

/// 128 bits of the key that a row will have; none with NULL or a value that is refused.
fn hash(
    row: &Row<'_>,
    first: usize,
    columns: &[&ColumnMap],
    converters: &[Converter],
    bytes: &mut Vec<u8>,
) -> Option<(u64, u64)> {
    bytes.clear();
    for (index, (column, converter)) in columns.iter().zip(converters).enumerate() {
        let start = bytes.len();
        let value = row.get_ref(first + index).ok().filter(|value| *value != ValueRef::Null)?;
        converter.encode(value, bytes).ok()?;
        canonical::fold(&column.target_type, bytes, start);
    }
    let with = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, &*bytes).hash(&mut hasher);
        hasher.finish()
    };
    Some((with(1), with(2)))
}
