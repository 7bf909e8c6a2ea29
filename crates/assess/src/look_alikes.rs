//! Keys that only the Unicode form of their texts tells apart.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use autobot_catalog::{ColumnMap, Form, PgType, Seen, SourceTable, TableEvidence, TableMap};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use unicode_normalization::UnicodeNormalization as _;

use crate::{Error, UniqueKey, rows};

/// Rows beyond ASCII that are remembered, about 40 MB; later ones are compared with those.
const KEYS_MAX: usize = 1_000_000;

/// Finds rows whose unique key looks like an earlier one's: equal in Unicode's composed form (`é` as one character and as
/// `e` with an accent), but of other bytes. Both databases keep them apart; a person does not.
///
/// None without reading when no column of the key holds texts. Rows whose texts are ASCII are not looked at.
pub fn look_alikes(
    connection: &Connection,
    table: &SourceTable,
    map: &TableMap,
    key: UniqueKey<'_>,
    evidence: &TableEvidence,
    places_max: usize,
) -> Result<Option<Seen>, Error> {
    let columns: Vec<&ColumnMap> = key.columns.iter().filter_map(|index| map.columns.get(*index)).collect();
    let texts: Vec<&ColumnMap> = columns.iter().copied().filter(|column| holds_texts(column, evidence)).collect();
    if texts.is_empty() {
        return Ok(None);
    }
    let names: Vec<_> = columns.iter().map(|column| &column.source).collect();
    let mut reading = rows::by_any_index(table, &names);
    let beyond_ascii =
        |column: &&ColumnMap| format!("length({0}) <> length(cast({0} as blob))", column.source.quoted());
    let condition = texts.iter().map(beyond_ascii).collect::<Vec<_>>().join(" or ");
    reading.sql = format!("{} where ({condition})", reading.sql);
    if let Some(predicate) = key.predicate {
        reading.sql = format!("{} and ({predicate}\n)", reading.sql);
    }
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut found = Seen::default();
    rows::each(connection, table, &reading, &reading.sql, &[], |row| {
        let Some((composed, stored)) = hashes(row, reading.first, columns.len()) else { return Ok(()) };
        let earlier = seen.get(&composed).copied();
        if earlier.is_none() && seen.len() < KEYS_MAX {
            seen.insert(composed, stored);
        }
        if earlier.is_some_and(|earlier| earlier != stored) {
            found.count += 1;
            if found.first.len() < places_max {
                let value = row.get_ref(reading.first).unwrap_or(ValueRef::Null);
                found.first.push(reading.locator.place(row, value));
            }
        }
        Ok(())
    })?;
    Ok((found.count > 0).then_some(found))
}

fn holds_texts(column: &ColumnMap, evidence: &TableEvidence) -> bool {
    let of_text = matches!(column.target_type, PgType::Text | PgType::Varchar(_) | PgType::Citext);
    let evidence = evidence.columns.get(&column.source);
    of_text && evidence.is_some_and(|evidence| evidence.forms.get(&Form::Text).is_some_and(|seen| seen.count > 0))
}

/// Of the key in composed form, and as it is stored; none with NULL, which is equal to nothing.
fn hashes(row: &Row<'_>, first: usize, columns: usize) -> Option<(u64, u64)> {
    let (mut composed, mut stored) = (DefaultHasher::new(), DefaultHasher::new());
    for index in first..first + columns {
        match row.get_ref(index).ok()? {
            ValueRef::Null => return None,
            ValueRef::Text(bytes) => {
                bytes.hash(&mut stored);
                let text = std::str::from_utf8(bytes).ok()?;
                text.nfc().for_each(|character| character.hash(&mut composed));
            }
            ValueRef::Integer(value) => both(&value, &mut composed, &mut stored),
            ValueRef::Real(value) => both(&value.to_bits(), &mut composed, &mut stored),
            ValueRef::Blob(bytes) => both(&bytes, &mut composed, &mut stored),
        }
        // What one column ends with is not what the next begins with.
        index.hash(&mut composed);
    }
    Some((composed.finish(), stored.finish()))
}

fn both(value: &impl Hash, composed: &mut DefaultHasher, stored: &mut DefaultHasher) {
    value.hash(composed);
    value.hash(stored);
}
