//! What tells one row from another.

use autobot_catalog::{Form, RowKey, SourceIndex};
use autobot_db::ColumnName;

use super::draft::{Draft, TableDraft};
use crate::findings::{self as code, finding};

pub(super) fn decide(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    for table in &mut draft.tables {
        table.key = row_key(table);
        if table.key == RowKey::None {
            let message = format!("`{}` has no key without NULLs: its rows are compared as a bag", table.source.name);
            found.push(finding(&code::NO_KEY, message).table(&table.source.name).done());
        }
    }
    draft.findings.append(&mut found);
}

fn row_key(table: &TableDraft<'_>) -> RowKey {
    let position = |name: &ColumnName| table.columns.iter().position(|column| column.source.name == *name);
    if let Some(at) = table.source.rowid_alias.as_ref().and_then(position) {
        return RowKey::RowidColumn(at);
    }
    let full = |index: &&SourceIndex| index.unique && index.predicate.is_none();
    let unique = table.source.indexes.iter().filter(full).map(|index| {
        let columns: Option<Vec<_>> = index.columns.iter().map(|column| column.column.clone()).collect();
        let comparable = index.columns.iter().all(|column| is_built_in(&column.collation));
        columns.filter(|_| comparable).unwrap_or_default()
    });
    let keys = std::iter::once(own_key(table)).chain(unique).filter(|columns| !columns.is_empty());
    for columns in keys {
        let at: Option<Vec<usize>> = columns.iter().map(position).collect();
        if let Some(at) = at.filter(|at| at.iter().all(|at| never_null(table, *at))) {
            return RowKey::Columns(at);
        }
    }
    RowKey::None
}

/// The primary key, when SQLite can compare it without the help of the application.
fn own_key(table: &TableDraft<'_>) -> Vec<ColumnName> {
    let index = table.source.indexes.iter().find(|index| index.origin == "pk");
    let comparable = index.is_none_or(|index| index.columns.iter().all(|column| is_built_in(&column.collation)));
    if comparable { table.source.primary_key.clone() } else { Vec::new() }
}

/// The collations that SQLite has itself; others are the application's.
pub(super) fn is_built_in(collation: &str) -> bool {
    ["BINARY", "NOCASE", "RTRIM"].iter().any(|known| collation.eq_ignore_ascii_case(known))
}

/// A column that holds no NULL: declared so, or found so by the full pass.
fn never_null(table: &TableDraft<'_>, at: usize) -> bool {
    let column = &table.columns[at];
    let in_key = table.source.without_rowid && table.source.primary_key.contains(&column.source.name);
    let declared = column.source.not_null || in_key;
    if column.evidence.is_some() { column.count(Form::Null) == 0 } else { declared }
}
