//! Names that PostgreSQL would cut, mix up, or not take.

use std::collections::BTreeMap;

use autobot_catalog::Finding;
use autobot_db::Name;

use super::draft::{Draft, TableDraft};
use super::system_tables::is_system_table;
use crate::findings::{self as code, finding};

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

/// What PostgreSQL makes of a name: its first 63 bytes, no character cut in two.
fn kept(name: &Name) -> &str {
    let text = name.as_str();
    let mut end = Name::MAX_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn tables(tables: &[TableDraft<'_>], found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &TableDraft<'_>> = BTreeMap::new();
    for table in tables {
        let name = &table.source.name;
        if table.target.is_too_long() {
            let message = format!("PostgreSQL would cut table `{}` to `{}`", table.target, kept(&table.target));
            found.push(finding(&code::NAME_TOO_LONG, message).table(name).done());
        }
        if is_system_table(table.target.as_str()) {
            let message =
                format!("PostgreSQL has a table `{}` of its own, which unqualified statements mean", table.target);
            found.push(finding(&code::NAME_COLLISION, message).table(name).done());
        }
        if let Some(other) = seen.insert(kept(&table.target), table) {
            let message = format!("tables `{}` and `{name}` have one name in PostgreSQL", other.source.name);
            found.push(finding(&code::NAME_COLLISION, message).table(name).done());
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
            found.push(finding(&code::NAME_TOO_LONG, message).table(of).column(source).done());
        }
        if let Some(other) = seen.insert(kept(target), source) {
            let message = format!("columns `{other}` and `{source}` of `{of}` have one name in PostgreSQL");
            found.push(finding(&code::NAME_COLLISION, message).table(of).column(source).done());
        }
        if SYSTEM_COLUMNS.contains(&target.as_str()) {
            let message = format!("every table of PostgreSQL has a system column `{target}`");
            found.push(finding(&code::SYSTEM_COLUMN, message).table(of).column(source).done());
        }
    }
    if table.columns.len() > COLUMNS_MAX {
        let message = format!("`{of}` has {} columns, PostgreSQL takes {COLUMNS_MAX}", table.columns.len());
        found.push(finding(&code::TOO_MANY_COLUMNS, message).table(of).done());
    }
}
