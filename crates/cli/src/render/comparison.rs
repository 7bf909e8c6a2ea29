use std::fmt::Display;

use autobot_report::Lang;
use autobot_verify::{DifferenceKind, Report, TableReport};

use super::{table, words};
use crate::pipeline::Carried;

/// Differences that the screen shows of one table.
const SHOWN_MAX: usize = 10;

/// Per table: rows on both sides and the beginning of the digest.
pub fn compared_text(lang: Lang, report: &Report) -> String {
    let mut table =
        table([words::TABLE, words::ROWS_SOURCE, words::ROWS_TARGET, words::CONTENT].map(|words| words.to(lang)));
    for one in &report.tables {
        let content = match (&one.digest_source, one.is_equal()) {
            (Some(digest), true) => words::EQUAL.filled(lang, &[("digest", &digest[..12])]),
            (None, true) => words::COUNTS_EQUAL.to(lang).to_owned(),
            (_, false) => words::DIFFERENT.to(lang).to_owned(),
        };
        table.add_row([one.target.to_string(), one.rows_source.to_string(), one.rows_target.to_string(), content]);
    }
    table.to_string()
}

/// What was copied, for eyes.
pub fn copied_text(lang: Lang, carried: &Carried, report: &std::path::Path) -> String {
    let proof = match carried.report.as_ref().map(|report| report.level) {
        None => words::NOT_COMPARED,
        Some(autobot_verify::Level::Counts) => words::COUNTS_EQUAL,
        Some(_) => words::PROVED,
    };
    let (rows, report) = (carried.transfer.rows(), report.display());
    let values: [(&str, &dyn Display); 3] = [("rows", &rows), ("proof", &proof.to(lang)), ("report", &report)];
    let said = words::COPIED.filled(lang, &values);
    let tables = carried.report.as_ref().map(|report| compared_text(lang, report) + "\n");
    tables.unwrap_or_default() + &said
}

/// The first differences of each table, and of the schema.
pub fn differences_text(report: &Report) -> String {
    let tables = report.tables.iter().filter(|table| !table.is_equal()).map(one);
    let schema = report.schema.iter().map(|difference| {
        format!(
            "{} {}: expected {}, found {}",
            difference.table, difference.object, difference.expected, difference.found
        )
    });
    tables.chain(schema).collect::<Vec<_>>().join("\n")
}

fn one(table: &TableReport) -> String {
    let mut lines = vec![format!(
        "{}: {} rows in the source, {} in the target, {} differences",
        table.target, table.rows_source, table.rows_target, table.differences_count
    )];
    for difference in table.differences.iter().take(SHOWN_MAX) {
        let row = match (difference.key.is_empty(), difference.rowid) {
            (false, _) => format!("key ({})", difference.key.join(", ")),
            (true, Some(rowid)) => format!("rowid {rowid}"),
            (true, None) => "a row without a key".to_owned(),
        };
        let how = match difference.kind {
            DifferenceKind::Missing => "missing in the target",
            DifferenceKind::Extra => "only in the target",
            DifferenceKind::Changed => "changed",
        };
        lines.push(format!("  {row}: {how}"));
        for column in &difference.columns {
            lines.push(format!("    {}: source {}, target {}", column.column, column.source, column.target));
        }
    }
    lines.join("\n")
}
