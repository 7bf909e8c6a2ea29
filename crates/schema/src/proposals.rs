//! Rules that would let a refused source go over, proposed to its owner.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use autobot_catalog::{Finding, Migration, Severity};

use crate::ddl::shortened;

/// The settings' text with a proposed rule for each problem of a migration, its evidence above it as a comment.
///
/// TOML as the settings take it, below `[rules]`. It is the owner who puts it into the settings, and so allows what it
/// allows. Problems that no rule allows are comments only.
pub fn write_rules(migration: &Migration) -> String {
    let mut text =
        String::from("# Proposed rules. Each lets something go over that is refused otherwise: read the evidence.\n");
    let problems = migration.findings.iter().filter(|finding| finding.severity == Severity::Problem);
    let mut places: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    let mut without_rule = Vec::new();
    for finding in problems {
        match (&finding.table, rule(finding)) {
            (Some(table), Some(_)) => {
                let column = finding.column.as_ref().map_or("", |name| name.as_str());
                places.entry((table.as_str(), column)).or_default().push(finding);
            }
            _ => without_rule.push(finding),
        }
    }
    for ((table, column), findings) in &places {
        text.push('\n');
        for finding in findings {
            evidence(&mut text, finding);
        }
        let _ = writeln!(text, "{}", header(table, column));
        // A key stands once: the rule of the first finding of its kind.
        let mut keys = BTreeSet::new();
        for (key, value) in findings.iter().filter_map(|finding| rule(finding)) {
            if keys.insert(key) {
                let _ = writeln!(text, "{key} = {}", toml_string(&value));
            }
        }
    }
    for finding in without_rule {
        text.push('\n');
        evidence(&mut text, finding);
        text.push_str("#   no rule allows this\n");
    }
    text
}

/// What was found, and where first.
fn evidence(text: &mut String, finding: &Finding) {
    let _ = writeln!(text, "# {}: {} ({} times)", finding.code, one_line(&finding.message), finding.count);
    for place in finding.places.iter().take(3) {
        let row = match place.rowid {
            Some(rowid) => format!("rowid {rowid}"),
            None => format!("key {}", one_line(&place.key.join(", "))),
        };
        let _ = writeln!(text, "#   {row}: {} x'{}'", place.class, place.sample);
    }
}

/// A comment ends where its line ends.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

fn header(table: &str, column: &str) -> String {
    let table = toml_string(table);
    if column.is_empty() {
        format!("[rules.tables.{table}]")
    } else {
        format!("[rules.tables.{table}.columns.{}]", toml_string(column))
    }
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            character if character.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// The rule proposed for a problem: key and value.
fn rule(finding: &Finding) -> Option<(&'static str, String)> {
    let name = finding.code.split(' ').nth(1)?;
    let (_, key, value) = PROPOSED.iter().find(|(known, ..)| *known == name)?;
    let named = finding.column.as_ref().map(|name| name.as_str());
    let named = named.or(finding.table.as_ref().map(|name| name.as_str())).unwrap_or_default();
    let value = if *key == "rename" { shortened(named) } else { (*value).to_owned() };
    Some((key, value))
}

/// What is proposed for each kind of problem: the rule that keeps most.
const PROPOSED: &[(&str, &str, &str)] = &[
    ("empty-text", "on_invalid", "null"),
    ("fraction-in-integer", "as", "double precision"),
    ("blob-in-text", "as", "bytea"),
    ("not-a-boolean", "as", "bigint"),
    ("mixed-classes", "as", "text"),
    ("blob-in-scalar", "as", "bytea"),
    ("number-in-bytea", "as", "text"),
    ("text-in-integer", "as", "text"),
    ("text-in-real", "as", "text"),
    ("text-in-numeric", "as", "text"),
    ("not-a-uuid", "as", "text"),
    ("nul-in-text", "nul", "escape"),
    ("invalid-utf8", "as", "bytea"),
    ("surrogates", "utf8", "replace"),
    ("not-json", "as", "text"),
    ("json-refused", "as", "json"),
    ("too-long-for-index", "long_index", "hash"),
    ("out-of-range", "as", "bigint"),
    ("needs-bigint", "as", "bigint"),
    ("infinite", "as", "double precision"),
    ("too-many-digits", "as", "numeric"),
    ("inexact-in-double", "as", "numeric"),
    ("unknown-unit", "unit", "milliseconds"),
    ("impossible-date", "on_invalid", "null"),
    ("not-a-date", "as", "text"),
    ("time-of-day-in-date", "as", "timestamp"),
    ("not-a-time", "as", "text"),
    ("orphans", "orphans", "quarantine"),
    ("null-in-primary-key", "surrogate_key", "row_id"),
    ("null-in-not-null", "on_invalid", "quarantine"),
    ("name-too-long", "rename", "…"),
    ("name-collision", "rename", "…"),
    ("system-column", "rename", "…"),
];
