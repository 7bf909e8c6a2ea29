use std::collections::BTreeMap;

use autobot_report::{Difference, Finding, SchemaDifference, Section, SkippedTable, TableReport};
use autobot_transfer::TransferReport;
use autobot_verify::{DifferenceKind, Report as Verified};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Findings, which have the same form in the catalog and in the report.
pub fn findings(value: &Value) -> Vec<Finding> {
    same_form(value)
}

/// Tables left out.
pub fn skipped(value: &Value) -> Vec<SkippedTable> {
    same_form(value)
}

fn same_form<T: DeserializeOwned>(value: &Value) -> Vec<T> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

/// Per table what was moved and what the comparison found.
pub fn table_reports(transfer: &TransferReport, verified: Option<&Verified>) -> Vec<TableReport> {
    let mut tables: BTreeMap<String, TableReport> = BTreeMap::new();
    let mut order = Vec::new();
    for moved in &transfer.tables {
        let name = moved.table.to_string();
        order.push(name.clone());
        let set_aside = moved.quarantined + moved.orphans;
        tables.insert(
            name.clone(),
            TableReport {
                source: name.clone(),
                target: name,
                rows_source: moved.rows,
                rows_target: moved.rows,
                rows_quarantined: set_aside,
                seconds: Some(moved.seconds),
                bytes: Some(moved.bytes),
                changed: by_rule(&moved.changed),
                ..TableReport::default()
            },
        );
    }
    for proved in verified.iter().flat_map(|report| &report.tables) {
        let name = proved.target.to_string();
        if !tables.contains_key(&name) {
            order.push(name.clone());
        }
        let table = tables.entry(name.clone()).or_default();
        table.source = proved.source.to_string();
        table.target = name;
        table.rows_source = proved.rows_source;
        table.rows_target = proved.rows_target;
        table.rows_quarantined = proved.rows_quarantined;
        table.digest_source.clone_from(&proved.digest_source);
        table.digest_target.clone_from(&proved.digest_target);
        table.differences_count = proved.differences_count;
        table.differences = proved.differences.iter().map(difference).collect();
        table.marks = serde_json::to_value(&proved.marks).ok().filter(|marks| !marks.is_null());
    }
    order.into_iter().filter_map(|name| tables.remove(&name)).collect()
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

/// Differences of the schema.
pub fn schema_differences(verified: &Verified) -> Vec<SchemaDifference> {
    let one = |found: &autobot_verify::SchemaDifference| SchemaDifference {
        table: found.table.to_string(),
        object: found.object.clone(),
        expected: found.expected.clone(),
        found: found.found.clone(),
    };
    verified.schema.iter().map(one).collect()
}

/// Where the time of the load went: rows, indexes, foreign keys. Sessions overlap, so the sums may exceed the clock.
pub fn loading(transfer: &TransferReport) -> Vec<Section> {
    const KINDS: [(&str, &str); 3] = [("load_rows", "rows of "), ("foreign_keys", "foreign key "), ("indexes", "")];
    let kind = |what: &str| KINDS.iter().find(|(_, begins)| what.starts_with(begins)).map(|(name, _)| *name);
    let seconds = |name: &str| {
        let of_kind = transfer.work.iter().filter(|work| kind(&work.what) == Some(name));
        of_kind.map(|work| work.seconds).sum()
    };
    let names = ["load_rows", "indexes", "foreign_keys"];
    names.map(|name| Section { name: name.to_owned(), seconds: seconds(name), began: None }).into()
}

/// The comparison that a report tells of, for looking at the target again later.
pub fn verified(report: &autobot_report::Report) -> Verified {
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
