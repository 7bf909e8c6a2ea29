use std::collections::BTreeMap;

use autobot_catalog::Migration;
use autobot_report::{
    Difference, Finding, Level, Proof, Report, Sample, SchemaDifference, Severity, SkippedTable, TableReport,
};
use autobot_transfer::TransferReport;
use autobot_verify::{BehaviourNote, DifferenceKind, Report as Verified};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A part of a phase's result, or of a failure's details.
pub fn part<T: DeserializeOwned>(result: &Value, name: &str) -> Option<T> {
    result.get(name).and_then(|value| serde_json::from_value(value.clone()).ok())
}

/// Findings, which have the same form in the catalog and in the report.
pub fn findings(value: &Value) -> Vec<Finding> {
    same_form(value)
}

/// What behaves otherwise in PostgreSQL although the copy is right, with the query or index that keeps the old way.
pub fn behaviour(notes: &[BehaviourNote]) -> Vec<Finding> {
    let finding = |note: &BehaviourNote| Finding {
        code: note.code.clone(),
        severity: Severity::Note,
        table: Some(note.table.to_string()),
        column: None,
        object: None,
        count: u64::try_from(note.columns.len()).unwrap_or(u64::MAX),
        places: Vec::new(),
        message: note.text.clone(),
        remedy: Some(note.remedy.clone()),
    };
    notes.iter().map(finding).collect()
}

/// Tables left out. Bookkeeping is told by its finding.
pub fn skipped(migration: &Migration) -> Vec<SkippedTable> {
    let bookkeeping = |table: &autobot_catalog::Skipped| {
        let told = migration.findings.iter().filter(|finding| finding.code.ends_with(" bookkeeping"));
        told.filter_map(|finding| finding.table.as_ref()).any(|name| *name == table.table)
    };
    let one = |table: &autobot_catalog::Skipped| SkippedTable {
        table: table.table.to_string(),
        reason: table.reason.clone(),
        bookkeeping: bookkeeping(table),
        rows: None,
    };
    migration.skipped.iter().map(one).collect()
}

/// Items of a list that have the same form here and there.
pub fn same_form<T: DeserializeOwned>(value: &Value) -> Vec<T> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

/// Per table what was moved.
pub fn moved(transfer: &TransferReport) -> Vec<TableReport> {
    let table = |moved: &autobot_transfer::TableReport| TableReport {
        source: moved.table.to_string(),
        target: moved.table.to_string(),
        rows_source: moved.rows,
        rows_target: moved.rows,
        rows_quarantined: moved.quarantined + moved.orphans,
        seconds: Some(moved.seconds),
        bytes: Some(moved.bytes),
        changed: by_rule(&moved.changed),
        ..TableReport::default()
    };
    transfer.tables.iter().map(table).collect()
}

/// Rows of the tables that a rule takes only some rows of, by the table's name in the target.
pub fn filtered(migration: &Migration) -> BTreeMap<String, u64> {
    let tables = migration.tables.iter().filter(|table| table.filter.is_some());
    tables.filter_map(|table| Some((table.target.to_string(), table.rows?))).collect()
}

/// Counts what rules left behind: rows of the source that neither went over nor into quarantine.
pub fn leave_out(report: &mut Report, filtered: &BTreeMap<String, u64>) {
    for table in &mut report.tables {
        let all = filtered.get(&table.target).copied().unwrap_or_default();
        table.rows_left_out = all.saturating_sub(table.rows_source + table.rows_quarantined);
    }
}

/// How far sending the rows was over time.
pub fn samples(transfer: &TransferReport) -> Vec<Sample> {
    let sample = |at: &autobot_transfer::Sample| Sample { ms: at.ms, rows: at.rows, bytes: at.bytes };
    transfer.throughput.iter().map(sample).collect()
}

/// Adds what a comparison found: per table, and on the whole.
pub fn prove(report: &mut Report, found: &Verified) {
    for proved in &found.tables {
        let name = proved.target.to_string();
        let known = report.tables.iter().position(|table| table.target == name);
        let place = known.unwrap_or_else(|| {
            report.tables.push(TableReport { target: name, ..TableReport::default() });
            report.tables.len() - 1
        });
        compared(&mut report.tables[place], proved);
    }
    report.proof = Some(Proof {
        level: match found.level {
            autobot_verify::Level::Counts => Level::Counts,
            autobot_verify::Level::Content => Level::Content,
            autobot_verify::Level::Rows => Level::Rows,
        },
        equal: found.is_equal(),
        at: None,
        took_ms: Some(found.tables.iter().map(|table| table.took_ms).sum()),
        schema: found.schema.iter().map(schema_difference).collect(),
    });
}

fn compared(table: &mut TableReport, proved: &autobot_verify::TableReport) {
    table.source = proved.source.to_string();
    table.rows_source = proved.rows_source;
    table.rows_target = proved.rows_target;
    table.rows_quarantined = proved.rows_quarantined;
    table.digest_source.clone_from(&proved.digest_source);
    table.digest_target.clone_from(&proved.digest_target);
    table.differences_count = proved.differences_count;
    table.differences = proved.differences.iter().map(difference).collect();
    table.marks = serde_json::to_value(&proved.marks).ok().filter(|marks| !marks.is_null());
}

/// What only the owner's rules do; the rest are readings of a form, which the findings tell of.
const BY_RULE: [&str; 4] = ["nul-stripped", "escaped", "utf8-replaced", "null"];

fn by_rule(changed: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let ruled = changed.iter().filter(|(name, _)| BY_RULE.iter().any(|rule| name.starts_with(rule)));
    ruled.map(|(name, count)| (name.clone(), *count)).collect()
}

fn difference(found: &autobot_verify::Difference) -> Difference {
    let kind = match found.kind {
        DifferenceKind::Missing => "missing",
        DifferenceKind::Extra => "extra",
        DifferenceKind::Changed => "changed",
    };
    let columns = found.columns.iter();
    Difference {
        kind: kind.to_owned(),
        rowid: found.rowid,
        key: found.key.clone(),
        columns: columns
            .map(|column| (column.column.to_string(), column.source.clone(), column.target.clone()))
            .collect(),
    }
}

fn schema_difference(found: &autobot_verify::SchemaDifference) -> SchemaDifference {
    SchemaDifference {
        table: found.table.to_string(),
        object: found.object.clone(),
        expected: found.expected.clone(),
        found: found.found.clone(),
    }
}

/// The comparison that a report tells of, for looking at the target again later.
pub fn verified(report: &Report) -> Verified {
    let name = |text: &str| autobot_db::TableName::new(text).ok();
    let table = |table: &TableReport| {
        Some(autobot_verify::TableReport {
            source: name(&table.source)?,
            target: name(&table.target)?,
            rows_source: table.rows_source,
            rows_target: table.rows_target,
            rows_quarantined: table.rows_quarantined,
            digest_source: table.digest_source.clone(),
            digest_target: table.digest_target.clone(),
            differences_count: table.differences_count,
            differences: Vec::new(),
            took_ms: 0,
            marks: table.marks.clone().and_then(|marks| serde_json::from_value(marks).ok()),
        })
    };
    let tables = report.tables.iter().filter_map(table).collect();
    Verified { level: autobot_verify::Level::Content, tables, schema: Vec::new() }
}
