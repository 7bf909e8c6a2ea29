use autobot_catalog::TableMap;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::canonical::SourceValue;
use crate::side::{CanonicalRow, SourceForms, query};
use crate::stream::{RowStream, StreamDigest, StreamKey};

/// Sees the rows of a table of the source while somebody else reads them, so that the comparison need not read them again.
///
/// Nothing of what the other does with the rows is believed: only what SQLite gave for a statement that is, word for word,
/// the one that the comparison would run itself, and only if there were as many rows as the assessment counted.
pub struct Witness<'a> {
    table: &'a TableMap,
    forms: SourceForms<'a>,
    /// Asked how SQLite writes a number.
    scratch: Connection,
    row: CanonicalRow,
    state: RowState,
    stream: RowStream,
    quarantined: u64,
    /// A row could not be brought to canonical form: the comparison will say which.
    lost: bool,
}

/// What becomes of the row that is being shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowState {
    /// It goes over, as far as it is known.
    Goes,
    Quarantined,
    /// A value of it has no canonical form.
    Lost,
}

/// What a [`Witness`] saw.
pub struct Testimony {
    pub(crate) key: StreamKey,
    pub(crate) seen: StreamDigest,
    pub(crate) quarantined: u64,
}

impl<'a> Witness<'a> {
    /// A witness of the rows that the statement `sql` gives; none where they are not all that the comparison asks for, or
    /// where it is not known how many there are.
    pub fn of(table: &'a TableMap, sql: &str) -> Option<Self> {
        let whole = table.rows.is_some() && table.filter.is_none() && table.quarantine_orphans.is_empty();
        if !whole || query(table, None).ok()? != sql {
            return None;
        }
        Some(Self {
            table,
            forms: SourceForms::new(table),
            scratch: Connection::open_in_memory().ok()?,
            row: CanonicalRow::default(),
            state: RowState::Goes,
            stream: RowStream::new(StreamKey::draw()),
            quarantined: 0,
            lost: false,
        })
    }

    /// Takes note of the next value of a row.
    #[inline]
    pub fn value(&mut self, value: ValueRef<'_>) {
        if self.state != RowState::Goes {
            return;
        }
        match self.forms.put(value, &self.scratch, &mut self.row) {
            Ok(SourceValue::Put) => {}
            Ok(SourceValue::Quarantined) => self.state = RowState::Quarantined,
            Err(_) => self.state = RowState::Lost,
        }
    }

    /// The row has no other value.
    pub fn end_row(&mut self) {
        match std::mem::replace(&mut self.state, RowState::Goes) {
            RowState::Goes if self.row.ends.len() == self.table.columns.len() => self.stream.add(&self.row),
            RowState::Quarantined => self.quarantined += 1,
            RowState::Goes | RowState::Lost => self.lost = true,
        }
        self.row.clear();
    }

    /// What was seen, when no row follows.
    pub fn testimony(self) -> Option<Testimony> {
        let (key, quarantined) = (self.stream.key(), self.quarantined);
        let seen = self.stream.digest();
        let whole = !self.lost && self.table.rows == Some(seen.rows + quarantined);
        whole.then_some(Testimony { key, seen, quarantined })
    }
}
