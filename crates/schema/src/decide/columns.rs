//! The type and the name of each column.

use autobot_catalog::{ColumnMap, ColumnRule, Finding, PgType, SourceColumn, TableRule};
use autobot_db::ColumnName;

use super::draft::{ColumnDraft, Draft, TableDraft, TypedBy};
use super::{names, prisma_tables};
use crate::findings::{self as code, finding};
use crate::typing::{ColumnView, Writer, choose, parse_pg_type};

pub(super) fn decide(draft: &mut Draft<'_>) {
    let writer = draft.writer();
    let mut found = Vec::new();
    let ddl = draft.ddl.take();
    for table in &mut draft.tables {
        let source = table.source;
        for column in source.columns.iter().filter(|column| !column.hidden) {
            let rule = rule_of(&table.rule, column);
            if rule.skip {
                found.push(left_out(table, column));
                continue;
            }
            let decided = column_draft(table, column, rule, writer, &mut found);
            table.columns.push(decided);
        }
        unknown_rules(table, &mut found);
        if let Some(ddl) = &ddl {
            prisma_tables::apply(ddl, table, &mut found);
        }
    }
    draft.ddl = ddl;
    draft.findings.append(&mut found);
}

fn rule_of(rule: &TableRule, column: &SourceColumn) -> ColumnRule {
    let name = column.name.as_str();
    let own = rule.columns.get(name);
    let alike = || rule.columns.iter().find(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, rule)| rule);
    own.or_else(alike).or_else(|| rule.columns.get("*")).cloned().unwrap_or_default()
}

fn column_draft<'a>(
    table: &TableDraft<'a>,
    column: &'a SourceColumn,
    rule: ColumnRule,
    writer: Writer,
    found: &mut Vec<Finding>,
) -> ColumnDraft<'a> {
    let evidence = table.evidence.and_then(|evidence| evidence.columns.get(&column.name));
    let asked = asked_type(table, column, &rule, found);
    let by_rule = asked.is_some();
    let mut choice = choose(ColumnView { column, evidence, rule: &rule, writer }, asked);
    if choice.target == PgType::Json && !by_rule && is_indexed(table, column) {
        // PostgreSQL does not compare `json`.
        choice.target = PgType::Text;
    }
    let renamed = rule.rename.clone().and_then(|name| ColumnName::new(name).ok());
    let target = renamed.unwrap_or_else(|| names::of_column(table.source, &column.name));
    let in_key = table.source.primary_key.contains(&column.name) && table.keeps_primary_key();
    let typed_by = match (by_rule, choice.by_content) {
        (true, _) => TypedBy::Rule,
        (false, true) => TypedBy::Content,
        (false, false) => TypedBy::Declaration,
    };
    let numbers_as_bytes = by_rule && choice.target == PgType::Bytea;
    let map = ColumnMap {
        source: column.name.clone(),
        target,
        target_type: choice.target,
        not_null: column.not_null || in_key,
        unit: choice.unit,
        on_invalid: rule.on_invalid.unwrap_or_default(),
        nul: rule.nul.unwrap_or_default(),
        utf8: rule.utf8.unwrap_or_default(),
        numbers_as_bytes,
        generated: None,
    };
    ColumnDraft {
        source: column,
        evidence,
        rule,
        map,
        typed_by,
        writer,
        unit_guessed: choice.unit_guessed,
        fell_back: choice.fell_back,
        generated_sql: None,
    }
}

/// True when a key or an index compares the column.
fn is_indexed(table: &TableDraft<'_>, column: &SourceColumn) -> bool {
    let by_index = table.source.indexes.iter().flat_map(|index| &index.columns);
    let by_key = table.source.foreign_keys.iter().flat_map(|key| &key.columns);
    by_index.filter_map(|key| key.column.as_ref()).chain(by_key).any(|name| *name == column.name)
}

/// The type that a rule asks for; a type of no known name is a problem.
fn asked_type(
    table: &TableDraft<'_>,
    column: &SourceColumn,
    rule: &ColumnRule,
    found: &mut Vec<Finding>,
) -> Option<PgType> {
    let text = rule.target_type.as_ref()?;
    let parsed = parse_pg_type(text);
    if parsed.is_none() {
        let message = format!("the rule of `{}`.`{}` asks for type `{text}`", table.source.name, column.name);
        found.push(finding(&code::UNKNOWN_TYPE, message).table(&table.source.name).column(&column.name).done());
    }
    parsed
}

fn left_out(table: &TableDraft<'_>, column: &SourceColumn) -> Finding {
    let message = format!("column `{}`.`{}` stays behind, by rule", table.source.name, column.name);
    finding(&code::LEFT_OUT_BY_RULE, message).table(&table.source.name).column(&column.name).done()
}

fn unknown_rules(table: &TableDraft<'_>, found: &mut Vec<Finding>) {
    let names = table.rule.columns.keys().filter(|name| *name != "*" && table.source.column(name).is_none());
    for name in names {
        let message = format!("a rule names column `{name}` of `{}`, which is not in the source", table.source.name);
        found.push(finding(&code::RULE_WITHOUT_OBJECT, message).table(&table.source.name).object(name).done());
    }
}
