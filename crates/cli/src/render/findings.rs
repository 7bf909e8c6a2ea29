use autobot_catalog::{Finding, Place, Severity};
use serde_json::{Value, json};

/// How many places of one finding the screen shows.
const PLACES_SHOWN_MAX: usize = 5;

/// Findings for eyes: the gravest first, each with its first places and its remedy.
pub fn findings_text(findings: &[Finding], least: Severity) -> String {
    let mut shown: Vec<&Finding> = findings.iter().filter(|finding| finding.severity >= least).collect();
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    shown.into_iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The warnings alone, for a run that goes on; problems are told by the refusal.
pub fn warnings_text(findings: &[Finding]) -> String {
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning);
    warnings.map(one).collect::<Vec<_>>().join("\n")
}

fn one(finding: &Finding) -> String {
    let word = match finding.severity {
        Severity::Problem => "problem",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let subject = [finding.table.as_ref().map(ToString::to_string), finding.column.as_ref().map(ToString::to_string)];
    let subject = subject.into_iter().flatten().collect::<Vec<_>>().join(".");
    let colon = if subject.is_empty() { "" } else { ": " };
    let mut text = format!("{word} {} {subject}{colon}{}", finding.code, finding.message);
    for place in finding.places.iter().take(PLACES_SHOWN_MAX) {
        text.push_str(&format!("\n    at {}", place_text(place)));
    }
    if let Some(remedy) = &finding.remedy {
        text.push_str(&format!("\n    remedy: {remedy}"));
    }
    text
}

fn place_text(place: &Place) -> String {
    let row = match place.rowid {
        Some(rowid) => format!("rowid {rowid}"),
        None => format!("key ({})", place.key.join(", ")),
    };
    let value = if place.sample.is_empty() { String::new() } else { format!(", X'{}…'", place.sample) };
    format!("{row}: {}{value}", place.class)
}

/// Findings as data, in the form of the issue: `warnings` and `problems`.
pub fn findings_json(findings: &[Finding]) -> (Value, Value) {
    (of_severity(findings, Severity::Warning), of_severity(findings, Severity::Problem))
}

/// What is worth knowing and no more, as data: `notes`.
pub fn notes_json(findings: &[Finding]) -> Value {
    of_severity(findings, Severity::Note)
}

fn of_severity(findings: &[Finding], severity: Severity) -> Value {
    findings.iter().filter(|finding| finding.severity == severity).map(finding_json).collect()
}

fn finding_json(finding: &Finding) -> Value {
    let first = finding.places.first();
    json!({
        "code": finding.code,
        "table": finding.table,
        "column": finding.column,
        "object": finding.object,
        "rowid": first.and_then(|place| place.rowid),
        "key": first.map(|place| place.key.clone()).filter(|key| !key.is_empty()),
        "count": finding.count,
        "places": finding.places,
        "message": finding.message,
        "remedy": finding.remedy,
        "rules": finding.rules,
    })
}
