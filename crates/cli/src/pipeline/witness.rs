use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use autobot_catalog::TableMap;
use autobot_db::TableName;
use autobot_transfer::Witnesses;
use autobot_verify::{Testimony, Witness};
use rusqlite::types::ValueRef;

/// What witnesses of the transfer's reading saw of the source, by table of the target, until the proof asks for it.
#[derive(Clone, Default)]
pub struct Testimonies(Arc<Mutex<HashMap<TableName, Testimony>>>);

impl Testimonies {
    /// What the transfer asks for witnesses.
    pub fn witnesses(&self) -> Witnesses {
        let all = self.clone();
        Arc::new(move |table, sql| {
            let witness = Witness::of(table, sql)?;
            Some(Box::new(OfTable { table, witness, all: all.clone() }))
        })
    }

    /// What was seen of a table.
    pub fn take(&self, table: &TableName) -> Option<Testimony> {
        self.lock().remove(table)
    }

    /// A lock whose holder panicked still guards a map that is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<TableName, Testimony>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A witness of the proof, as the transfer knows it: the two crates do not see each other.
struct OfTable<'m> {
    table: &'m TableMap,
    witness: Witness<'m>,
    all: Testimonies,
}

impl autobot_transfer::Witness for OfTable<'_> {
    fn value(&mut self, value: ValueRef<'_>) {
        self.witness.value(value);
    }

    fn end_row(&mut self) {
        self.witness.end_row();
    }

    fn end(self: Box<Self>) {
        if let Some(testimony) = self.witness.testimony() {
            self.all.lock().insert(self.table.target.clone(), testimony);
        }
    }
}
