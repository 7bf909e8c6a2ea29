use std::collections::BTreeSet;

use autobot_catalog::{OnInvalid, Orphans};
use autobot_convert::{Converter, Verdict};
use autobot_db::TableName;

use crate::decide::draft::{ColumnDraft, Draft, TableDraft};

/// The tables of which rows stay behind by rule: filtered, set aside for a value, or set aside after a row that they refer
/// to. Rows of other tables that refer to them can lose their parent.
pub(super) fn tables(draft: &Draft<'_>) -> BTreeSet<TableName> {
    let by_itself = draft.tables.iter().filter(|table| loses(table)).map(|table| table.source.name.clone());
    let mut losing: BTreeSet<TableName> = by_itself.collect();
    loop {
        let follows = |table: &&TableDraft<'_>| {
            let refers = |name: &str| losing.iter().any(|other| other.as_str().eq_ignore_ascii_case(name));
            !losing.contains(&table.source.name)
                && table.rule.orphans == Some(Orphans::Quarantine)
                && table.source.foreign_keys.iter().any(|key| refers(&key.parent))
        };
        let more: Vec<TableName> = draft.tables.iter().filter(follows).map(|table| table.source.name.clone()).collect();
        if more.is_empty() {
            return losing;
        }
        losing.extend(more);
    }
}

fn loses(table: &TableDraft<'_>) -> bool {
    let orphans = table.evidence.is_some_and(|evidence| evidence.orphans.values().any(|seen| seen.count > 0));
    let aside = table.rule.orphans == Some(Orphans::Quarantine) && orphans;
    table.rule.rows.is_some() || aside || table.columns.iter().any(sets_aside)
}

/// True when a value of the column is refused and its row goes to quarantine.
fn sets_aside(column: &ColumnDraft<'_>) -> bool {
    let Some(evidence) = column.evidence.filter(|_| column.map.on_invalid == OnInvalid::Quarantine) else {
        return false;
    };
    let converter = Converter::for_column(&column.map);
    let mut forms = evidence.forms.iter().filter(|(_, seen)| seen.count > 0);
    forms.any(|(form, _)| matches!(converter.admits(*form, evidence), Verdict::Refused(_)))
}
