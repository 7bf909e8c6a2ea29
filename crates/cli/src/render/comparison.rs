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
pub fn differences_text(lang: Lang, report: &Report) -> String {
    let tables = report.tables.iter().filter(|table| !table.is_equal()).map(|table| one(lang, table));
    let schema = report.schema.iter().map(|difference| {
        let values: [(&str, &dyn Display); 4] = [
            ("table", &difference.table),
            ("object", &difference.object),
            ("expected", &difference.expected),
            ("found", &difference.found),
        ];
        words::SCHEMA_DIFFERS.filled(lang, &values)
    });
    tables.chain(schema).collect::<Vec<_>>().join("\n")
}

fn one(lang: Lang, table: &TableReport) -> String {
    let values: [(&str, &dyn Display); 4] = [
        ("table", &table.target),
        ("source", &table.rows_source),
        ("target", &table.rows_target),
        ("differences", &table.differences_count),
    ];
    let mut lines = vec![words::TABLE_DIFFERS.filled(lang, &values)];
    for difference in table.differences.iter().take(SHOWN_MAX) {
        let key = Some(format!("({})", difference.key.join(", "))).filter(|_| !difference.key.is_empty());
        let how = match difference.kind {
            DifferenceKind::Missing => words::MISSING,
            DifferenceKind::Extra => words::EXTRA,
            DifferenceKind::Changed => words::ROW_CHANGED,
        };
        lines.push(format!("  {}: {}", row_text(lang, key.as_deref(), difference.rowid), how.to(lang)));
        for column in &difference.columns {
            let values: [(&str, &dyn Display); 3] =
                [("column", &column.column), ("source", &column.source), ("target", &column.target)];
            lines.push(format!("    {}", words::COLUMN_DIFFERS.filled(lang, &values)));
        }
    }
    lines.join("\n")
}

/// A row by its key, else by its rowid.
pub fn row_text(lang: Lang, key: Option<&str>, rowid: Option<i64>) -> String {
    match (key, rowid) {
        (Some(key), _) => words::BY_KEY.filled(lang, &[("key", key)]),
        (None, Some(rowid)) => words::BY_ROWID.filled(lang, &[("rowid", rowid)]),
        (None, None) => words::WITHOUT_KEY.to(lang).to_owned(),
    }
}
