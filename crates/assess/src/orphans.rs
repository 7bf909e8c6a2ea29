//! Rows whose foreign key finds no parent, as SQLite compares: `MATCH SIMPLE`, the parent's affinity and collation.
//!
//! Keys of small parents are held in memory and looked up during the scan; large ones are looked up by SQLite
//! afterwards, through the index that a parent's key has.

mod key;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use autobot_catalog::{Place, SourceCatalog, SourceForeignKey, SourceTable, TableKind};
use autobot_db::ColumnName;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::rows::Reading;
use crate::tally::TableTally;
use crate::{Error, rows};

use key::KeyColumn;
pub(crate) use key::Scratch;

/// Bytes that the keys of all parents together may take in memory.
const KEYS_BYTES_MAX: usize = 12 * 1024 * 1024;

/// What a key takes besides its bytes: its place in the table of hashes and the allocator's share.
const KEY_OVERHEAD_BYTES: usize = 48;

/// Alias of the parent in a statement; a blank keeps it apart from names that people give.
const PARENT: &str = "\"autobot parent\"";

/// A foreign key of a table that is scanned.
pub(crate) struct ForeignKey {
    /// Its number in the catalog.
    pub(crate) number: usize,
    /// The referring columns, as indexes into those that are read.
    columns: Vec<usize>,
    names: Vec<ColumnName>,
    parent: Option<(String, Vec<ColumnName>)>,
    /// The parent's keys; none when there are too many.
    pub(crate) keys: Option<Arc<Keys>>,
}

/// The keys of a parent.
pub(crate) struct Keys {
    columns: Vec<KeyColumn>,
    present: HashSet<Box<[u8]>>,
}

/// The parents that were looked at.
#[derive(Default)]
pub(crate) struct Parents {
    known: BTreeMap<(String, Vec<ColumnName>), Option<Arc<Keys>>>,
    bytes: usize,
}

impl Parents {
    /// The foreign keys of a table that can be checked. Those whose parent has no such key cannot: SQLite calls them a
    /// mismatch, and PostgreSQL refuses the constraint.
    pub(crate) fn foreign_keys(
        &mut self,
        connection: &Connection,
        catalog: &SourceCatalog,
        table: &SourceTable,
        columns: &[&ColumnName],
    ) -> Result<Vec<ForeignKey>, Error> {
        let mut found = Vec::new();
        for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
            let index = |name: &ColumnName| columns.iter().position(|column| same(column, name));
            let Some(indexes) = foreign_key.columns.iter().map(index).collect::<Option<Vec<_>>>() else { continue };
            let names = indexes.iter().map(|index| columns[*index].clone()).collect();
            let Some(parent) = catalog.table(&foreign_key.parent) else {
                let keys =
                    Some(Arc::new(Keys { columns: vec![KeyColumn::PLAIN; indexes.len()], present: HashSet::new() }));
                found.push(ForeignKey { number, columns: indexes, names, parent: None, keys });
                continue;
            };
            let Some(parent_columns) = parent_key(parent, foreign_key) else { continue };
            let keys = self.keys(connection, parent, &parent_columns)?;
            if keys.is_none() && !is_unique(parent, &parent_columns) {
                continue;
            }
            let parent = Some((parent.name.quoted(), parent_columns));
            found.push(ForeignKey { number, columns: indexes, names, parent, keys });
        }
        Ok(found)
    }

    fn keys(
        &mut self,
        connection: &Connection,
        parent: &SourceTable,
        columns: &[ColumnName],
    ) -> Result<Option<Arc<Keys>>, Error> {
        let name = (parent.name.as_str().to_owned(), columns.to_vec());
        if let Some(known) = self.known.get(&name) {
            return Ok(known.clone());
        }
        let keys = load(connection, parent, columns, KEYS_BYTES_MAX - self.bytes)?;
        let keys = keys.map(|(keys, bytes)| {
            self.bytes += bytes;
            Arc::new(keys)
        });
        self.known.insert(name, keys.clone());
        Ok(keys)
    }
}

/// Reads the keys of a parent, unless they take more than so many bytes.
fn load(
    connection: &Connection,
    parent: &SourceTable,
    columns: &[ColumnName],
    bytes_max: usize,
) -> Result<Option<(Keys, usize)>, Error> {
    let key_columns = columns.iter().map(|column| KeyColumn::of(parent, column)).collect();
    let mut keys = Keys { columns: key_columns, present: HashSet::new() };
    let list: Vec<String> = columns.iter().map(|column| column.quoted()).collect();
    let sql = format!("select {} from {}", list.join(", "), parent.name.quoted());
    let error = |source| Error::reading(&parent.name, "read the keys of", None, source);
    let mut statement = connection.prepare(&sql).map_err(error)?;
    let mut result = statement.query([]).map_err(error)?;
    let mut bytes = 0;
    let mut scratch = Scratch::default();
    while let Some(row) = result.next().map_err(error)? {
        if keys.key(row, 0..columns.len(), &mut scratch) && !keys.present.contains(scratch.key()) {
            bytes += scratch.key().len() + KEY_OVERHEAD_BYTES;
            if bytes > bytes_max {
                return Ok(None);
            }
            keys.present.insert(scratch.key().into());
        }
    }
    Ok(Some((keys, bytes)))
}

impl Keys {
    /// Writes the key that columns of a row make; false when one of them is NULL.
    fn key(&self, row: &Row<'_>, indexes: impl Iterator<Item = usize>, scratch: &mut Scratch) -> bool {
        scratch.clear();
        indexes
            .zip(&self.columns)
            .all(|(index, column)| row.get_ref(index).is_ok_and(|value| scratch.add(value, *column)))
    }
}

impl ForeignKey {
    /// Whether a row refers to a parent that is not there. False for parents whose keys are not in memory.
    #[inline]
    pub(crate) fn is_orphan(&self, row: &Row<'_>, first: usize, scratch: &mut Scratch) -> bool {
        let Some(keys) = &self.keys else { return false };
        keys.key(row, self.columns.iter().map(|index| first + index), scratch) && !keys.present.contains(scratch.key())
    }

    /// Where a row is, with the first referring value.
    pub(crate) fn place(&self, row: &Row<'_>, reading: &Reading) -> Place {
        let value = self.columns.first().and_then(|index| row.get_ref(reading.first + index).ok());
        reading.locator.place(row, value.unwrap_or(ValueRef::Null))
    }
}

/// Counts the orphans of a foreign key whose parent's keys are not in memory.
pub(crate) fn join(
    connection: &Connection,
    table: &SourceTable,
    foreign_key: &ForeignKey,
    tally: &mut TableTally,
) -> Result<(), Error> {
    let Some((parent, parent_columns)) = &foreign_key.parent else { return Ok(()) };
    let names: Vec<&ColumnName> = foreign_key.names.iter().collect();
    let mut reading = rows::reading(table, &names);
    let child = table.name.quoted();
    let present: Vec<String> = names.iter().map(|name| format!("{child}.{} is not null", name.quoted())).collect();
    // The parent's side comes first: its collation decides.
    let pairs = parent_columns.iter().zip(&names);
    let equal: Vec<String> =
        pairs.map(|(parent, name)| format!("{PARENT}.{} = {child}.{}", parent.quoted(), name.quoted())).collect();
    reading.sql = format!(
        "{} where {} and not exists (select 1 from {parent} as {PARENT} where {})",
        reading.sql,
        present.join(" and "),
        equal.join(" and ")
    );
    let sql = reading.sql.clone();
    rows::each(connection, table, &reading, &sql, &[], |row| {
        let value = row.get_ref(reading.first).unwrap_or(ValueRef::Null);
        tally.orphan(foreign_key.number, || reading.locator.place(row, value));
        Ok(())
    })
}

/// The columns that a foreign key refers to: those written, else the parent's primary key; none when there is none, or
/// of another number of columns.
fn parent_key(parent: &SourceTable, foreign_key: &SourceForeignKey) -> Option<Vec<ColumnName>> {
    let readable = matches!(parent.kind, TableKind::Ordinary | TableKind::Bookkeeping { .. });
    let written = &foreign_key.parent_columns;
    let columns = if written.is_empty() { &parent.primary_key } else { written };
    let known: Option<Vec<_>> =
        columns.iter().map(|name| parent.column(name.as_str()).map(|c| c.name.clone())).collect();
    known.filter(|columns| readable && columns.len() == foreign_key.columns.len())
}

/// Whether the columns are the primary key or have a full unique index, in any order.
fn is_unique(table: &SourceTable, columns: &[ColumnName]) -> bool {
    let equal = |key: &[&ColumnName]| {
        key.len() == columns.len() && columns.iter().all(|column| key.iter().any(|name| same(name, column)))
    };
    let alias: Vec<&ColumnName> = table.rowid_alias.iter().collect();
    let indexes = table.indexes.iter().filter(|index| index.unique && index.predicate.is_none());
    let mut keys =
        indexes.filter_map(|index| index.columns.iter().map(|c| c.column.as_ref()).collect::<Option<Vec<_>>>());
    equal(&alias) || equal(&table.primary_key.iter().collect::<Vec<_>>()) || keys.any(|key| equal(&key))
}

fn same(a: &ColumnName, b: &ColumnName) -> bool {
    a.as_str().eq_ignore_ascii_case(b.as_str())
}
