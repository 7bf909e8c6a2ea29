//! Defaults, CHECKs and generated columns: translated exactly, or left out and said.

use autobot_catalog::{Checks, Finding, Generated, OnInvalid, Seen, Severity};

use super::draft::{ColumnDraft, Draft, TableDraft, TypedBy};
use crate::findings::{self as code, finding};
use crate::translate::{Scope, condition, default as translated, generated as translated_value};
use crate::typing::{Writer, is_temporal};

/// Decides which generated columns the target computes itself; the values of the others go over.
pub(super) fn generated(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    for table in &mut draft.tables {
        let expressions: Vec<(usize, Result<String, String>)> = table
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((at, expression(table, column)?)))
            .collect();
        for (at, expression) in expressions {
            match expression {
                Ok(sql) => {
                    table.columns[at].map.generated = Some(Generated::ByExpression);
                    table.columns[at].generated_sql = Some(sql);
                }
                Err(why) => found.push(kept_as_values(table, &table.columns[at], &why)),
            }
        }
    }
    draft.findings.append(&mut found);
}

/// The expression of a generated column; none for another column.
fn expression(table: &TableDraft<'_>, column: &ColumnDraft<'_>) -> Option<Result<String, String>> {
    let (text, _) = column.source.generated.as_ref()?;
    if column.typed_by == TypedBy::Model {
        return Some(Err("Prisma declares a plain column".to_owned()));
    }
    Some(translated_value(text, column, &Scope::of_generated(table)).map_err(|why| why.to_string()))
}

fn kept_as_values(table: &TableDraft<'_>, column: &ColumnDraft<'_>, why: &str) -> Finding {
    let text = column.source.generated.as_ref().map_or("", |(text, _)| text.as_str());
    let message = format!(
        "generated column `{}`.`{}` goes over as a plain column with its values: {why}; AS ({text})",
        table.source.name, column.source.name
    );
    finding(&code::GENERATED_COLUMN, message).table(&table.source.name).column(&column.source.name).done()
}

/// The CHECKs of a table that translate, with their names. Those that its own rows break are refused, or kept by rule for
/// rows to come.
pub(super) fn checks(table: &mut TableDraft<'_>, found: &mut Vec<Finding>) -> Vec<(String, String)> {
    let mut checks = Vec::new();
    for (number, (name, text)) in table.source.checks.iter().enumerate() {
        match condition(text, &Scope::of(table)) {
            Ok(sql) => {
                let wanted = name.clone().unwrap_or_else(|| format!("{}_check", table.target));
                let named = (table.constraints.free(&wanted), sql);
                let broken = table.evidence.and_then(|evidence| evidence.violations.get(&number));
                match broken.filter(|seen| seen.count > 0) {
                    Some(seen) if table.rule.checks == Some(Checks::NotValid) => {
                        found.push(violated(&code::CHECK_KEPT, table, text, seen));
                        table.late_checks.push(named);
                    }
                    Some(seen) => found.push(violated(&code::CHECK_VIOLATED, table, text, seen)),
                    None if sees_changed_values(table, text) => {
                        let message = format!(
                            "a rule changes values of `{}` that CHECK ({text}) sees: it is kept for rows to come",
                            table.source.name
                        );
                        found.push(finding(&code::CHECK_KEPT, message).table(&table.source.name).done());
                        table.late_checks.push(named);
                    }
                    None => checks.push(named),
                }
            }
            Err(why) => {
                let message = format!("CHECK of `{}` is left out: {why}; CHECK ({text})", table.source.name);
                let found_check = finding(&code::CHECK_LEFT_OUT, message).table(&table.source.name);
                found.push(found_check.object(name.clone().unwrap_or_else(|| "CHECK".to_owned())).done());
            }
        }
    }
    checks
}

/// True when a rule changes values of a column that the text of a CHECK seems to name: SQLite held the CHECK for what they
/// were before.
fn sees_changed_values(table: &TableDraft<'_>, text: &str) -> bool {
    let text = text.to_lowercase();
    let changes = |column: &&ColumnDraft<'_>| {
        let rule = &column.rule;
        rule.nul.is_some() || rule.utf8.is_some() || rule.on_invalid == Some(OnInvalid::Null)
    };
    // A quote in a name is doubled in the text.
    let named =
        |column: &ColumnDraft<'_>| text.contains(&column.source.name.as_str().to_lowercase().replace('"', "\"\""));
    table.columns.iter().filter(changes).any(named)
}

fn violated(code: &code::Code, table: &TableDraft<'_>, text: &str, seen: &Seen) -> Finding {
    let message = format!("{} rows of `{}` break CHECK ({text})", seen.count, table.source.name);
    let found = finding(code, message).table(&table.source.name).seen(seen);
    if code.severity == Severity::Problem {
        found.allowed_at_table(vec![vec![("checks", "not_valid".to_owned())]]).done()
    } else {
        found.done()
    }
}

/// The default of a column, where it has one that translates.
pub(super) fn default(table: &TableDraft<'_>, column: &ColumnDraft<'_>, found: &mut Vec<Finding>) -> Option<String> {
    let text = column.source.default.as_ref()?;
    if column.writer == Writer::Prisma
        && text.eq_ignore_ascii_case("CURRENT_TIMESTAMP")
        && is_temporal(&column.map.target_type)
    {
        // Prisma's own default for `now()`; its client always sends the time itself.
        return Some("CURRENT_TIMESTAMP".to_owned());
    }
    match translated(text, column, table.text_order) {
        Ok(sql) => sql,
        Err(why) => {
            let message = format!(
                "default of `{}`.`{}` is left out: {why}; DEFAULT {text}",
                table.source.name, column.source.name
            );
            let found_default = finding(&code::DEFAULT_LEFT_OUT, message).table(&table.source.name);
            found.push(found_default.column(&column.source.name).done());
            None
        }
    }
}
