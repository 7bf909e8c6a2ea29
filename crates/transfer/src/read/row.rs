use std::collections::BTreeMap;
use std::io;

use autobot_catalog::{ColumnMap, OnInvalid, PgType, RowKey, TableMap};
use autobot_convert::{Change, Changes, Converter, Refusal};
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::aside::{Aside, RowPlace, typed_json};
use super::batch::BatchEnd;
use super::block::{Filler, LARGE_BYTES};
use super::reader::Cut;
use super::statement::sent;
use super::witness::Witness;
use crate::error::{Error, key_words};

/// Changes after which the value as it was cannot be told from the one that was written: the original is kept.
const KEEPS_ORIGINAL: Changes = Changes::NONE.with(Change::NulStripped).with(Change::Utf8Replaced);

/// A type that holds points in time.
fn is_instant(target: &PgType) -> bool {
    matches!(target, PgType::Date | PgType::Timestamp(_) | PgType::Timestamptz(_))
}

/// Encodes the rows of one table; everything that can be decided once per column is.
pub(super) struct RowEncoder<'m> {
    map: &'m TableMap,
    columns: Vec<Column<'m>>,
    /// Number of fields, as a row begins with it.
    field_count: [u8; 2],
    /// No column sends rows to quarantine, so a long row may be sent in parts.
    may_split: bool,
    /// Positions, among the values read, of the columns of the row's key.
    key: Vec<usize>,
    /// Who sees the values besides.
    pub(super) witness: Option<Box<dyn Witness + 'm>>,
    /// Of this batch: rows encoded, values changed by rule, what was set aside.
    rows: u64,
    changed: BTreeMap<String, u64>,
    aside: Aside,
}

struct Column<'m> {
    map: &'m ColumnMap,
    converter: Converter,
}

/// What became of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// It is in the block.
    Row,
    /// It was set aside.
    Aside,
}

impl<'m> RowEncoder<'m> {
    pub(super) fn new(map: &'m TableMap) -> Result<Self, Error> {
        let columns: Vec<_> =
            sent(map).map(|(_, column)| Column { map: column, converter: Converter::for_column(column) }).collect();
        let field_count = i16::try_from(columns.len()).map_err(|_| Error::Refused {
            table: map.source.clone(),
            column: "*".to_owned(),
            place: "in every row".to_owned(),
            reason: format!("{} columns are more than PostgreSQL has room for", columns.len()),
        })?;
        Ok(Self {
            map,
            field_count: field_count.to_be_bytes(),
            may_split: columns.iter().all(|column| column.map.on_invalid != OnInvalid::Quarantine),
            columns,
            key: key_positions(map),
            witness: None,
            rows: 0,
            changed: BTreeMap::new(),
            aside: Aside::default(),
        })
    }

    /// True when rows or originals may have to be set aside, so that it matters where they were.
    pub(super) fn sets_aside(&self) -> bool {
        use autobot_catalog::{NulRule, Utf8Rule};
        let by_rule = |column: &Column<'_>| {
            column.map.on_invalid == OnInvalid::Quarantine
                || column.map.nul == NulRule::Strip
                || column.map.utf8 == Utf8Rule::Replace
        };
        self.columns.iter().any(by_rule)
    }

    /// Appends a row (the `number`th, from 1) to the block, or sets it aside.
    pub(super) fn encode(&mut self, row: &Row<'_>, number: u64, filler: &mut Filler) -> Result<Sent, Cut> {
        let start = filler.bytes.len();
        filler.bytes.extend_from_slice(&self.field_count);
        for index in 0..self.columns.len() {
            let column = &self.columns[index];
            let value = row.get_ref(index).map_err(|source| self.unreadable(number, source))?;
            if let Some(witness) = &mut self.witness {
                witness.value(value);
            }
            if self.may_split
                && let Some(bytes) = large_as_stored(&column.converter, value)
            {
                filler.stream_field(bytes)?;
                continue;
            }
            let field = filler.bytes.len();
            match column.converter.encode(value, &mut filler.bytes) {
                Ok(Changes::NONE) => {}
                Ok(changes) => self.note(changes, row, number, index)?,
                Err(refusal) => {
                    filler.bytes.truncate(field);
                    match column.map.on_invalid {
                        OnInvalid::Null if !column.map.not_null => self.write_null(refusal, &mut filler.bytes),
                        OnInvalid::Quarantine => {
                            filler.bytes.truncate(start);
                            self.show_rest(row, number, index)?;
                            self.set_aside(row, number, index, refusal)?;
                            return Ok(Sent::Aside);
                        }
                        OnInvalid::Refuse | OnInvalid::Null => {
                            return Err(self.refused(row, number, index, refusal).into());
                        }
                    }
                }
            }
            if self.may_split && filler.is_full() {
                filler.send()?;
            }
        }
        if let Some(witness) = &mut self.witness {
            witness.end_row();
        }
        self.rows += 1;
        Ok(Sent::Row)
    }

    /// Shows the witness what follows the value at `index` in a row that is not read further here.
    fn show_rest(&mut self, row: &Row<'_>, number: u64, index: usize) -> Result<(), Cut> {
        let Some(mut witness) = self.witness.take() else { return Ok(()) };
        for index in index + 1..self.columns.len() {
            witness.value(row.get_ref(index).map_err(|source| self.unreadable(number, source))?);
        }
        witness.end_row();
        self.witness = Some(witness);
        Ok(())
    }

    /// The rowid of a row that was read with it.
    pub(super) fn rowid(&self, row: &Row<'_>) -> rusqlite::Result<i64> {
        row.get(self.columns.len())
    }

    /// What came of the rows since the last batch ended.
    pub(super) fn end_batch(&mut self, up_to: Option<i64>) -> BatchEnd {
        let (rows, changed) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.changed));
        BatchEnd { rows, changed, aside: std::mem::take(&mut self.aside), up_to }
    }

    fn write_null(&mut self, refusal: Refusal, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&(-1_i32).to_be_bytes());
        *self.changed.entry(format!("null-for-{}", refusal.reason.code())).or_default() += 1;
    }

    #[cold]
    fn note(&mut self, changes: Changes, row: &Row<'_>, number: u64, index: usize) -> Result<(), Cut> {
        for change in changes.iter() {
            match self.changed.get_mut(change.code()) {
                Some(count) => *count += 1,
                None => drop(self.changed.insert(change.code().to_owned(), 1)),
            }
            if KEEPS_ORIGINAL.contains(change) {
                let place = self.place(row);
                let (ValueRef::Text(original) | ValueRef::Blob(original)) =
                    row.get_ref(index).map_err(|source| self.unreadable(number, source))?
                else {
                    continue;
                };
                let (table, column) = (self.map.target.as_str(), self.columns[index].map.target.as_str());
                let kept = self.aside.originals.add_original(table, &place, column, change.code(), original);
                kept.map_err(|source| self.no_room(source))?;
            }
        }
        Ok(())
    }

    #[cold]
    fn set_aside(&mut self, row: &Row<'_>, number: u64, index: usize, refusal: Refusal) -> Result<(), Cut> {
        let mut values = serde_json::Map::new();
        for (position, column) in self.columns.iter().enumerate() {
            let value = row.get_ref(position).map_err(|source| self.unreadable(number, source))?;
            let mut json = typed_json(value);
            if let Some(typed) = json.as_object_mut().filter(|_| is_instant(&column.map.target_type)) {
                // What numbers count is known here; without it nobody puts the row back.
                typed.insert("instant".to_owned(), serde_json::json!(column.map.unit));
            }
            values.insert(column.map.source.to_string(), json);
        }
        let reason = format!("{}: {refusal} ({})", self.columns[index].map.source, refusal.reason.code());
        let json = serde_json::Value::Object(values).to_string();
        let kept = self.aside.quarantine.add_row(self.map.target.as_str(), &self.place(row), &reason, &json);
        Ok(kept.map_err(|source| self.no_room(source))?)
    }

    fn place(&self, row: &Row<'_>) -> RowPlace {
        let rowid = match (&self.map.key, self.key.first()) {
            (RowKey::RowidColumn(_), Some(position)) => Some(*position),
            // SQLite's own rowid comes after the columns, where it was asked for.
            (RowKey::None, _) => Some(self.columns.len()),
            _ => None,
        };
        let rowid = rowid.and_then(|position| row.get::<_, i64>(position).ok());
        let parts = self.key.iter().filter_map(|position| row.get_ref(*position).ok()).map(typed_json);
        let key = (!self.key.is_empty()).then(|| serde_json::Value::Array(parts.collect()).to_string());
        RowPlace { rowid, key }
    }

    fn refused(&self, row: &Row<'_>, number: u64, index: usize, refusal: Refusal) -> Error {
        let place = self.place(row);
        let which = match (place.rowid, place.key) {
            (Some(rowid), _) => rowid.to_string(),
            (None, Some(key)) => key,
            (None, None) => number.to_string(),
        };
        let words = if place.rowid.is_some() { "rowid" } else { key_words(&self.map.key) };
        Error::Refused {
            table: self.map.source.clone(),
            column: self.columns[index].map.source.to_string(),
            place: format!("{words} {which}"),
            reason: refusal.to_string(),
        }
    }

    fn unreadable(&self, number: u64, source: rusqlite::Error) -> Error {
        Error::Read { table: self.map.source.clone(), rows: number - 1, source }
    }

    fn no_room(&self, source: io::Error) -> Error {
        Error::Aside { table: self.map.source.clone(), source }
    }
}

/// The bytes of a large value that goes over as it is stored.
#[inline]
fn large_as_stored<'a>(converter: &Converter, value: ValueRef<'a>) -> Option<&'a [u8]> {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) if bytes.len() > LARGE_BYTES => converter.as_stored(value),
        _ => None,
    }
}

/// Where the columns of the key are among those that are read.
fn key_positions(map: &TableMap) -> Vec<usize> {
    let key: &[usize] = match &map.key {
        RowKey::RowidColumn(index) => std::slice::from_ref(index),
        RowKey::Columns(indexes) => indexes,
        RowKey::None => &[],
    };
    key.iter().filter_map(|index| sent(map).position(|(column, _)| column == *index)).collect()
}
