//! Names that PostgreSQL would cut, mix up, or not take.

use std::collections::BTreeMap;

use autobot_catalog::{Finding, Severity, SourceTable, TableKind};
use autobot_db::{ColumnName, Name};

use super::draft::{Draft, TableDraft};
use super::system_tables::is_system_table;
use crate::ddl::shortened;
use crate::findings::{self as code, Keys, finding};

/// Columns that every table of PostgreSQL has already (PostgreSQL documentation, 5.6 "System Columns").
const SYSTEM_COLUMNS: &[&str] = &["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// Most columns of a table of PostgreSQL (PostgreSQL documentation, appendix K).
const COLUMNS_MAX: usize = 1600;

pub(super) fn check(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    tables(&draft.tables, &mut found);
    for table in &draft.tables {
        columns(table, &mut found);
        draft.relations.take(table.target.as_str());
    }
    draft.findings.append(&mut found);
}

/// The name in the target of a column to which no rule gives one: its own. Only where an R-tree of SQLite becomes an
/// ordinary table, and statements on it change anyway, a name that PostgreSQL has taken gives way (`xmin`).
pub(super) fn of_column(table: &SourceTable, column: &ColumnName) -> ColumnName {
    let virtual_table = matches!(table.kind, TableKind::Virtual { .. });
    let other = Some(beside(column)).filter(|_| virtual_table && is_system(column));
    other.and_then(|name| ColumnName::new(name).ok()).unwrap_or_else(|| column.clone())
}

fn is_system(column: &Name) -> bool {
    SYSTEM_COLUMNS.contains(&column.as_str())
}

/// The name next to a taken one.
fn beside(name: &Name) -> String {
    format!("{name}_")
}

/// What PostgreSQL makes of a name: its first 63 bytes, no character cut in two.
fn kept(name: &Name) -> &str {
    let text = name.as_str();
    let mut end = Name::MAX_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The rule that gives another name, the same in every run.
fn renamed(name: &Name) -> Keys {
    vec![("rename", shortened(name.as_str()))]
}

fn tables(tables: &[TableDraft<'_>], found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &TableDraft<'_>> = BTreeMap::new();
    for table in tables {
        let name = &table.source.name;
        if table.target.is_too_long() {
            let message = format!("PostgreSQL would cut table `{}` to `{}`", table.target, kept(&table.target));
            found.push(finding(&code::NAME_TOO_LONG, message).table(name).allowed_by(vec![renamed(name)]).done());
        }
        if is_system_table(table.target.as_str()) {
            let message =
                format!("PostgreSQL has a table `{}` of its own, which unqualified statements mean", table.target);
            found.push(finding(&code::NAME_COLLISION, message).table(name).allowed_by(vec![renamed(name)]).done());
        }
        if let Some(other) = seen.insert(kept(&table.target), table) {
            let message = format!("tables `{}` and `{name}` have one name in PostgreSQL", other.source.name);
            found.push(finding(&code::NAME_COLLISION, message).table(name).allowed_by(vec![renamed(name)]).done());
        }
    }
}

fn columns(table: &TableDraft<'_>, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &Name> = BTreeMap::new();
    let of = &table.source.name;
    for column in &table.columns {
        let (source, target) = (&column.map.source, &column.map.target);
        if target.is_too_long() {
            let message = format!("PostgreSQL would cut column `{of}`.`{target}` to `{}`", kept(target));
            found.push(
                finding(&code::NAME_TOO_LONG, message)
                    .table(of)
                    .column(source)
                    .allowed_by(vec![renamed(source)])
                    .done(),
            );
        }
        if let Some(other) = seen.insert(kept(target), source) {
            let message = format!("columns `{other}` and `{source}` of `{of}` have one name in PostgreSQL");
            found.push(
                finding(&code::NAME_COLLISION, message)
                    .table(of)
                    .column(source)
                    .allowed_by(vec![renamed(source)])
                    .done(),
            );
        }
        if is_system(target) {
            let message = format!("every table of PostgreSQL has a system column `{target}`");
            let rule = vec![("rename", beside(target))];
            found.push(finding(&code::SYSTEM_COLUMN, message).table(of).column(source).allowed_by(vec![rule]).done());
        } else if is_system(source) && column.rule.rename.is_none() {
            let message =
                format!("`{source}` of R-tree `{of}` becomes `{target}`: PostgreSQL has a system column `{source}`");
            let renamed = finding(&code::SYSTEM_COLUMN, message).table(of).column(source);
            found.push(renamed.severity(Severity::Warning).remedy("none needed").done());
        }
    }
    if table.columns.len() > COLUMNS_MAX {
        let message = format!("`{of}` has {} columns, PostgreSQL takes {COLUMNS_MAX}", table.columns.len());
        found.push(finding(&code::TOO_MANY_COLUMNS, message).table(of).done());
    }
}
