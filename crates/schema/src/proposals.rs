//! Rules that would let a refused source go over, proposed to its owner.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use autobot_catalog::{Finding, Migration, Severity};

/// The settings' text with a proposed rule for each problem of a migration, its evidence above it as a comment.
///
/// TOML as the settings take it, below `[rules]`. It is the owner who puts it into the settings, and so allows what it
/// allows. Problems that no rule allows are comments only.
pub fn write_rules(migration: &Migration) -> String {
    let mut text =
        String::from("# Proposed rules. Each lets something go over that is refused otherwise: read the evidence.\n");
    let problems = migration.findings.iter().filter(|finding| finding.severity == Severity::Problem);
    let mut places: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    let mut without_rule = Vec::new();
    for finding in problems {
        match finding.rules.first().and_then(|rule| rule.lines().next()) {
            Some(heading) => places.entry(heading).or_default().push(finding),
            None => without_rule.push(finding),
        }
    }
    for (heading, findings) in &places {
        text.push('\n');
        for finding in findings {
            evidence(&mut text, finding);
        }
        let _ = writeln!(text, "{heading}");
        for line in keys(findings) {
            let _ = writeln!(text, "{line}");
        }
    }
    for finding in without_rule {
        text.push('\n');
        evidence(&mut text, finding);
        text.push_str("#   no rule allows this\n");
    }
    text
}

/// Keys about the values of a column: a rule with one of them settles all values of its column.
const ABOUT_VALUES: &[&str] = &["as", "unit", "on_invalid", "nul", "utf8", "skip"];

/// The lines of the best rule of each finding: one rule for all the values, and of the rest each key once.
fn keys<'f>(findings: &[&'f Finding]) -> Vec<&'f str> {
    let about_values = |line: &str| ABOUT_VALUES.contains(&key_of(line));
    let mut lines: Vec<&str> = Vec::new();
    for rule in findings.iter().filter_map(|finding| finding.rules.first()) {
        let of_rule: Vec<&str> = rule.lines().skip(1).collect();
        let settled = of_rule.iter().any(|line| about_values(line)) && lines.iter().any(|line| about_values(line));
        for line in of_rule.into_iter().filter(|_| !settled) {
            if lines.iter().all(|known| key_of(known) != key_of(line)) {
                lines.push(line);
            }
        }
    }
    lines
}

fn key_of(line: &str) -> &str {
    line.split(" = ").next().unwrap_or(line)
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
