//! Sequences, and where they stand: ids once given out must not come again.

use autobot_catalog::{Finding, SequenceObject};

use super::draft::{Draft, TableDraft};
use crate::findings::{self as code, finding};

pub(super) fn decide(draft: &mut Draft<'_>) -> Vec<SequenceObject> {
    let mut sequences = Vec::new();
    let mut found = Vec::new();
    for table in &draft.tables {
        let Some(column) = super::assemble::counting_column(draft.ddl.as_ref(), table) else { continue };
        let last = last_id(table, &column.map.source);
        if last == Some(i64::MAX) {
            found.push(exhausted(table));
        }
        sequences.push(SequenceObject { table: table.target.clone(), column: column.map.target.clone(), last });
    }
    draft.findings.append(&mut found);
    sequences
}

/// The highest id ever given out: as the catalog says, or the highest that was read.
fn last_id(table: &TableDraft<'_>, column: &autobot_db::ColumnName) -> Option<i64> {
    let highest = table.column(column.as_str()).and_then(|column| column.evidence?.integers).map(|(_, high)| high);
    [table.source.sequence, highest].into_iter().flatten().max().filter(|last| *last > 0)
}

fn exhausted(table: &TableDraft<'_>) -> Finding {
    let message = format!("the highest id possible was given out in `{}`: no further id follows", table.source.name);
    finding(&code::SEQUENCE_EXHAUSTED, message).table(&table.source.name).done()
}
