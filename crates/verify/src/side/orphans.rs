use std::collections::HashSet;

use autobot_catalog::{PgType, TableMap};
use autobot_db::{ColumnName, TableName};
use rusqlite::Connection;

use super::{CanonicalRow, SourceRows, read_source, rowid_word};
use crate::Error;
use crate::canonical::{Payload, parts, put_number, tag};
use crate::digest::sha256;

/// The first half of a SHA-256 of a key.
type KeyDigest = [u8; 16];

/// Which rows of the source the rules set aside because a foreign key of theirs finds no parent: the closure over all
/// tables, worked out from the source alone.
///
/// Holds about 20 bytes per row of each table that such a rule refers to, and nothing where there is no such rule.
#[derive(Debug, Default)]
pub(crate) struct Orphans {
    parents: Vec<ParentKeys>,
    references: Vec<Reference>,
}

/// Keys of the parent's rows that stay.
#[derive(Debug)]
struct ParentKeys {
    parent: TableName,
    columns: Vec<usize>,
    keys: HashSet<KeyDigest>,
}

/// A foreign key whose orphans are set aside.
#[derive(Debug)]
struct Reference {
    table: TableName,
    columns: Vec<usize>,
    /// Index into the parents; none when the parent does not go over, so that every reference is an orphan.
    parent: Option<usize>,
}

/// The part of [`Orphans`] that one table's rows are held against.
#[derive(Debug, Default)]
pub(crate) struct TableOrphans<'a> {
    references: Vec<(&'a Reference, Option<&'a HashSet<KeyDigest>>)>,
    kinds: Vec<&'a PgType>,
}

impl TableOrphans<'_> {
    /// True when one of the row's foreign keys finds no parent. A key with a NULL in it refers to nothing.
    pub(crate) fn holds(&self, row: &CanonicalRow) -> bool {
        self.references.iter().any(|(reference, keys)| {
            let digest = key_of(row, &reference.columns, &self.kinds);
            digest.is_some_and(|digest| keys.is_none_or(|keys| !keys.contains(&digest)))
        })
    }
}

impl Orphans {
    /// Finds what is set aside, reading every table concerned until nothing changes any more.
    pub(crate) fn find(connection: &Connection, tables: &[TableMap]) -> Result<Self, Error> {
        let mut orphans = Self::rules(tables);
        let parents: Vec<&TableMap> = tables.iter().filter(|map| orphans.is_parent(map)).collect();
        for map in parents {
            let kinds = kinds(map);
            read(connection, map, |row| {
                for set in orphans.parents.iter_mut().filter(|set| set.parent == map.source) {
                    set.keys.extend(key_of(row, &set.columns, &kinds));
                }
            })?;
        }
        let between: Vec<&TableMap> =
            tables.iter().filter(|map| !map.quarantine_orphans.is_empty() && orphans.is_parent(map)).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for map in &between {
                changed |= orphans.drop_keys_of_orphans(connection, map)?;
            }
        }
        Ok(orphans)
    }

    /// What the rows of one table are held against.
    pub(crate) fn of<'a>(&'a self, map: &'a TableMap) -> TableOrphans<'a> {
        let references = self.references.iter().filter(|reference| reference.table == map.source);
        let references = references.map(|reference| {
            let keys = reference.parent.map(|parent| &self.parents[parent].keys);
            (reference, keys)
        });
        TableOrphans { references: references.collect(), kinds: kinds(map) }
    }

    fn rules(tables: &[TableMap]) -> Self {
        let mut orphans = Self::default();
        for map in tables {
            for (columns, parent, parent_columns) in &map.quarantine_orphans {
                let parent = tables.iter().find(|other| other.source == *parent || other.target == *parent);
                let parent = parent.map(|parent| orphans.parent_index(parent, &indexes(parent, parent_columns)));
                let reference = Reference { table: map.source.clone(), columns: indexes(map, columns), parent };
                orphans.references.push(reference);
            }
        }
        orphans
    }

    fn parent_index(&mut self, map: &TableMap, columns: &[usize]) -> usize {
        let found = self.parents.iter().position(|set| set.parent == map.source && set.columns == columns);
        found.unwrap_or_else(|| {
            let (parent, columns) = (map.source.clone(), columns.to_vec());
            self.parents.push(ParentKeys { parent, columns, keys: HashSet::new() });
            self.parents.len() - 1
        })
    }

    fn is_parent(&self, map: &TableMap) -> bool {
        self.parents.iter().any(|set| set.parent == map.source)
    }

    /// One round over one table; true when a key went.
    fn drop_keys_of_orphans(&mut self, connection: &Connection, map: &TableMap) -> Result<bool, Error> {
        let kinds = kinds(map);
        let mut changed = false;
        read(connection, map, |row| {
            if !self.of(map).holds(row) {
                return;
            }
            for set in self.parents.iter_mut().filter(|set| set.parent == map.source) {
                changed |= key_of(row, &set.columns, &kinds).is_some_and(|digest| set.keys.remove(&digest));
            }
        })?;
        Ok(changed)
    }
}

/// Every row that the other rules let over.
fn read(connection: &Connection, map: &TableMap, mut visit: impl FnMut(&CanonicalRow)) -> Result<(), Error> {
    let failed = |error| Error::ReadSource { table: map.source.clone(), source: error };
    let rowid_word = rowid_word(connection, &map.source).map_err(failed)?;
    let rows = SourceRows { connection, table: map, rowid_word, orphans: &TableOrphans::default() };
    read_source(rows, |row| {
        visit(row);
        Ok(())
    })?;
    Ok(())
}

fn kinds(map: &TableMap) -> Vec<&PgType> {
    map.columns.iter().map(|column| &column.target_type).collect()
}

/// Indexes of columns by their name in the source (or, failing that, in the target).
fn indexes(map: &TableMap, columns: &[ColumnName]) -> Vec<usize> {
    let place = |name: &ColumnName| {
        let by_source = map.columns.iter().position(|column| column.source == *name);
        by_source.or_else(|| map.columns.iter().position(|column| column.target == *name))
    };
    columns.iter().filter_map(place).collect()
}

/// Digest of the columns' forms; none when one of them is NULL. `citext` is equal whatever its case, a number whatever its
/// type: both sides of a foreign key need not have the same.
fn key_of(row: &CanonicalRow, columns: &[usize], kinds: &[&PgType]) -> Option<KeyDigest> {
    let mut bytes = Vec::with_capacity(64);
    for index in columns {
        let form = row.column(*index);
        let (class, payload) = parts(form)?;
        if class == tag::NULL {
            return None;
        }
        match payload {
            Payload::Whole(number) if matches!(class, tag::INTEGER | tag::DOUBLE) => {
                put_number(class, number, &mut bytes)?;
            }
            Payload::Whole(text) if *kinds[*index] == PgType::Citext => {
                bytes.extend_from_slice(String::from_utf8_lossy(text).to_lowercase().as_bytes());
                bytes.push(0xFF);
            }
            _ => bytes.extend_from_slice(form),
        }
    }
    sha256(&bytes).first_chunk::<16>().copied()
}
