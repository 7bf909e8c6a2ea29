use autobot_catalog::Migration;
use autobot_plan::Standing;

use crate::stage::StageState;
use crate::{TableReport, TransferReport};

/// How far the stage is.
pub(crate) fn standing(state: &StageState, migration: &Migration) -> Standing {
    let target = &migration.target;
    let rows = target.tables.iter().map(|table| state.has_rows(&table.table));
    let indexes = target.indexes.iter().map(|index| state.has_index(index) && state.has_constraint(index));
    let keys = target.foreign_keys.iter().map(|key| state.has_foreign_key(key));
    let orphans = migration.tables.iter().any(|map| !map.quarantine_orphans.is_empty()).then_some(state.orphans_done);
    let parts: Vec<bool> = rows.chain(indexes).chain(keys).chain(orphans).collect();
    if parts.iter().all(|done| *done) && !state.fingerprint.is_empty() {
        Standing::AlreadySo
    } else if parts.iter().any(|done| *done) || !state.begun.is_empty() {
        Standing::PartDone
    } else {
        Standing::ToDo
    }
}

/// What the marks say of the tables that are loaded, in the order of the migration.
pub(crate) fn report_of(state: &StageState, migration: &Migration) -> TransferReport {
    let tables = migration.tables.iter().filter_map(|map| state.loaded.get(map.target.as_str()).cloned());
    TransferReport { tables: tables.collect(), ..TransferReport::default() }
}

impl TransferReport {
    /// Puts a table's report in its place.
    pub(crate) fn set(&mut self, report: TableReport, migration: &Migration) {
        self.tables.retain(|known| known.table != report.table);
        self.tables.push(report);
        let place = |report: &TableReport| migration.tables.iter().position(|map| map.target == report.table);
        self.tables.sort_by_key(place);
    }
}
