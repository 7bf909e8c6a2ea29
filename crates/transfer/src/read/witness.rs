use std::sync::Arc;

use autobot_catalog::TableMap;
use rusqlite::types::ValueRef;

/// Sees the values of a table as SQLite gives them, in the thread that reads them, before they are converted.
pub trait Witness {
    /// The next value of the row, in the order of the statement's columns.
    fn value(&mut self, value: ValueRef<'_>);

    /// The row has no other value.
    fn end_row(&mut self);

    /// No row follows. Not called when the reading ends early.
    fn end(self: Box<Self>);
}

/// Gives a witness for what a statement (its text) reads of a table; none where it wants none.
pub type Witnesses = Arc<dyn for<'m> Fn(&'m TableMap, &str) -> Option<Box<dyn Witness + 'm>> + Send + Sync>;
