//! Which tables go over, and under which name.

use autobot_catalog::{RowKey, Rules, Skipped, SourceTable, TableKind, TableRule};
use autobot_db::TableName;

use super::draft::{Draft, TableDraft};
use crate::ddl::NameRegistry;
use crate::findings::{self as code, finding};
use crate::introspect::{Content, content_of, tool_of_data};

pub(super) fn select(draft: &mut Draft<'_>) {
    let catalog = draft.catalog;
    for table in &catalog.tables {
        let rule = rule_of(draft.rules, table);
        match reason_to_skip(table, &rule) {
            Some(reason) => skip(draft, table, reason),
            None => keep(draft, table, rule),
        }
    }
    let unknown = draft.rules.tables.keys().filter(|name| *name != "*" && catalog.table(name).is_none());
    let unknown: Vec<_> = unknown.cloned().collect();
    for name in unknown {
        let message = format!("a rule names table `{name}`, which is not in the source");
        draft.findings.push(finding(&code::RULE_WITHOUT_OBJECT, message).object(name).done());
    }
}

/// The rule of a table: its own, by exact name or as SQLite compares names, else the one for all.
fn rule_of(rules: &Rules, table: &SourceTable) -> TableRule {
    let name = table.name.as_str();
    let own = rules.tables.get(name);
    let alike = || rules.tables.iter().find(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, rule)| rule);
    own.or_else(alike).or_else(|| rules.tables.get("*")).cloned().unwrap_or_default()
}

/// Why a table stays behind: its code and the reason.
fn reason_to_skip(table: &SourceTable, rule: &TableRule) -> Option<(&'static code::Code, String)> {
    if rule.skip {
        return Some((&code::LEFT_OUT_BY_RULE, "left out by rule".to_owned()));
    }
    match &table.kind {
        TableKind::Ordinary | TableKind::Virtual { readable: true, .. } => None,
        TableKind::Virtual { module, .. } => {
            Some((&code::VIRTUAL_TABLE, unreadable(module, &content_of(&table.sql).1)))
        }
        TableKind::Shadow { of } => Some((&code::BOOKKEEPING, format!("part of the virtual table `{of}`"))),
        TableKind::Bookkeeping { tool } => Some((&code::BOOKKEEPING, format!("bookkeeping of {tool}"))),
    }
}

fn unreadable(module: &str, content: &Content) -> String {
    match content {
        Content::OfTable(table) => {
            format!(
                "`{module}` index over table `{table}`, which goes over itself: make a tsvector or pg_trgm index on it"
            )
        }
        Content::Index => format!("`{module}` index that keeps no texts: there is nothing to copy"),
        Content::Derived => format!("`{module}` shows what is stored elsewhere"),
        Content::Own | Content::Unknown => {
            format!(
                "its module `{module}` is not in this program's SQLite; tables that the module keeps go over as they are"
            )
        }
    }
}

fn skip(draft: &mut Draft<'_>, table: &SourceTable, (code, reason): (&'static code::Code, String)) {
    draft.skipped.push(Skipped { table: table.name.clone(), reason: reason.clone() });
    draft.findings.push(finding(code, format!("`{}` stays behind: {reason}", table.name)).table(&table.name).done());
}

fn keep<'a>(draft: &mut Draft<'a>, table: &'a SourceTable, rule: TableRule) {
    if let TableKind::Virtual { module, .. } = &table.kind {
        let message = format!("virtual table `{}` ({module}) becomes an ordinary table with its rows", table.name);
        draft.findings.push(finding(&code::VIRTUAL_TABLE, message).table(&table.name).done());
    }
    if let Some(tool) = tool_of_data(table.name.as_str()) {
        let message =
            format!("`{}` is a table of {tool}: it goes over as data, as the application may read it", table.name);
        draft.findings.push(finding(&code::TOOL_TABLE, message).table(&table.name).done());
    }
    let target = rule.rename.clone().and_then(|name| TableName::new(name).ok()).unwrap_or_else(|| table.name.clone());
    if target != table.name {
        let message = format!("table `{}` becomes `{target}`, by rule", table.name);
        draft.findings.push(finding(&code::RENAMED, message).table(&table.name).done());
    }
    let model = draft.ddl.as_ref().and_then(|ddl| {
        let same = |model: &&autobot_prisma::Table| model.name.eq_ignore_ascii_case(table.name.as_str());
        ddl.tables.iter().find(same).map(|model| model.name.clone())
    });
    draft.tables.push(TableDraft {
        source: table,
        evidence: draft.evidence.tables.get(&table.name),
        rule,
        target,
        columns: Vec::new(),
        key: RowKey::None,
        text_order: draft.text_order(),
        model,
        quarantine_orphans: Vec::new(),
        late_checks: Vec::new(),
        constraints: NameRegistry::default(),
    });
}
