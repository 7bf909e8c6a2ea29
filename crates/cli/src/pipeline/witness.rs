use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use autobot_catalog::TableMap;
use autobot_db::TableName;
use autobot_transfer::Witnesses;
use autobot_verify::{Testimony, Witness};
use rusqlite::types::ValueRef;

/// Testimonies that may wait for the proof; each takes 200 KiB, whatever its table's size. Many small tables may be loaded
/// while a large one is proved: the others are read again.
const WAITING_MAX: usize = 16;

/// What witnesses of the transfer's reading saw of the source, by table of the target, until the proof asks for it.
#[derive(Debug, Clone, Default)]
pub struct Testimonies(Arc<Mutex<HashMap<TableName, Testimony>>>);

impl Testimonies {
    /// What the transfer asks for witnesses.
    pub fn witnesses(&self) -> Witnesses {
        let all = self.clone();
        Arc::new(move |table, sql| {
            if all.lock().len() >= WAITING_MAX {
                return None;
            }
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

#[cfg(test)]
mod tests {
    use autobot_catalog::RowKey;

    use super::*;

    #[test]
    fn few_testimonies_wait_however_many_tables_there_are() {
        let testimonies = Testimonies::default();
        let witnesses = testimonies.witnesses();
        let mut waiting = Vec::new();
        for number in 0..2 * WAITING_MAX {
            let name = TableName::new(format!("t{number}")).unwrap();
            let table = TableMap {
                source: name.clone(),
                target: name.clone(),
                columns: Vec::new(),
                key: RowKey::None,
                filter: None,
                rows: Some(0),
                bytes: None,
                quarantine_orphans: Vec::new(),
            };
            let sql = format!("select  from {} not indexed", name.quoted());
            if let Some(witness) = witnesses(&table, &sql) {
                witness.end();
                waiting.push(name);
            }
        }
        assert_eq!(waiting.len(), WAITING_MAX);
        assert!(waiting.iter().all(|name| testimonies.take(name).is_some()));
        assert!(testimonies.take(&waiting[0]).is_none());
    }
}
