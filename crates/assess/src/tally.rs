//! What is kept of one table while it is read: constant in the number of rows.

use std::collections::BTreeMap;

use autobot_catalog::{ColumnEvidence, Form, Place, Seen, SourceTable, TableEvidence};
use autobot_convert::{Gauge, Interest};
use autobot_db::ColumnName;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::place::Locator;

/// One table, or a part of it.
#[derive(Debug, Clone)]
pub(crate) struct TableTally {
    rows: u64,
    columns: Vec<ColumnTally>,
    orphans: BTreeMap<usize, Seen>,
    places_max: usize,
}

#[derive(Debug, Clone)]
struct ColumnTally {
    gauge: Gauge,
    places: BTreeMap<Form, Vec<Place>>,
    longest: Option<(u64, Place)>,
}

impl TableTally {
    pub(crate) fn new(interests: &[Interest], places_max: usize) -> Self {
        let column =
            |interest: &Interest| ColumnTally { gauge: Gauge::new(*interest), places: BTreeMap::new(), longest: None };
        Self { rows: 0, columns: interests.iter().map(column).collect(), orphans: BTreeMap::new(), places_max }
    }

    /// Takes one row, whose columns begin at `first`.
    #[inline]
    pub(crate) fn row(&mut self, row: &Row<'_>, first: usize, locator: &Locator) -> rusqlite::Result<()> {
        self.rows += 1;
        for (index, column) in self.columns.iter_mut().enumerate() {
            let value = row.get_ref(first + index)?;
            column.note(row, value, locator, self.places_max);
        }
        Ok(())
    }

    /// Takes a row whose foreign key finds no parent.
    pub(crate) fn orphan(&mut self, foreign_key: usize, place: impl FnOnce() -> Place) {
        let seen = self.orphans.entry(foreign_key).or_default();
        seen.count += 1;
        if seen.first.len() < self.places_max {
            seen.first.push(place());
        }
    }

    /// Takes over what was seen of another part of the table.
    pub(crate) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.merge(theirs, self.places_max);
        }
        for (foreign_key, theirs) in other.orphans {
            let mine = self.orphans.entry(foreign_key).or_default();
            mine.count += theirs.count;
            first_places(&mut mine.first, theirs.first, self.places_max);
        }
    }

    /// The evidence for the columns of that name, in their order.
    pub(crate) fn evidence<'a>(self, names: impl Iterator<Item = &'a ColumnName>) -> TableEvidence {
        let bytes = self.columns.iter().map(|column| column.gauge.bytes()).sum();
        let columns = names.cloned().zip(self.columns.into_iter().map(ColumnTally::evidence)).collect();
        TableEvidence { rows: self.rows, bytes, columns, orphans: self.orphans, ..TableEvidence::default() }
    }
}

impl ColumnTally {
    #[inline]
    fn note(&mut self, row: &Row<'_>, value: ValueRef<'_>, locator: &Locator, places_max: usize) {
        let longest = self.gauge.longest();
        let form = self.gauge.note(value);
        if self.gauge.count(form) <= places_max as u64 {
            self.places.entry(form).or_default().push(locator.place(row, value));
        }
        if self.gauge.longest() > longest {
            self.longest = Some((self.gauge.longest(), locator.place(row, value)));
        }
    }

    fn merge(&mut self, other: Self, places_max: usize) {
        self.gauge.merge(&other.gauge);
        for (form, theirs) in other.places {
            first_places(self.places.entry(form).or_default(), theirs, places_max);
        }
        let mine = self.longest.as_ref().map_or((0, None), |(bytes, place)| (*bytes, place.rowid));
        if let Some((bytes, place)) = other.longest
            && (bytes > mine.0 || (bytes == mine.0 && place.rowid < mine.1))
        {
            self.longest = Some((bytes, place));
        }
    }

    fn evidence(mut self) -> ColumnEvidence {
        let mut evidence = self.gauge.evidence();
        for (form, seen) in &mut evidence.forms {
            seen.first = self.places.remove(form).unwrap_or_default();
        }
        evidence.longest = self.longest;
        evidence
    }
}

/// The first places of two parts of a table, both in the order of rowids.
fn first_places(mine: &mut Vec<Place>, theirs: Vec<Place>, places_max: usize) {
    mine.extend(theirs);
    mine.sort_by_key(|place| place.rowid);
    mine.truncate(places_max);
}

/// The columns of a table that can be read, in declared order.
pub(crate) fn read_columns(table: &SourceTable) -> Vec<&ColumnName> {
    table.columns.iter().filter(|column| !column.hidden).map(|column| &column.name).collect()
}
