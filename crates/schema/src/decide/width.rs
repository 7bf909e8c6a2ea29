//! Rows that cannot fit a page.

use autobot_catalog::{ColumnEvidence, Form, PgType, Severity};

use super::draft::{ColumnDraft, Draft, TableDraft};
use crate::findings::{self as code, finding};

/// The largest row that PostgreSQL stores on a page of 8 KiB (`MaxHeapTupleSize` in `htup_details.h`).
const ROW_BYTES_MAX: u64 = 8160;

/// What a text or blob takes in the row when it is stored elsewhere; shorter ones stay (`heaptoast.h`).
const OUTSIDE_BYTES: u64 = 24;

pub(super) fn check(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    for table in &draft.tables {
        let (certain, most) = (row_bytes(table, is_certain), row_bytes(table, |_| true));
        if most <= ROW_BYTES_MAX {
            continue;
        }
        let name = &table.source.name;
        if let Some(seen) = table.evidence.and_then(|evidence| evidence.too_wide.as_ref()) {
            if seen.count > 0 {
                let message =
                    format!("{} rows of `{name}` do not fit a page, which holds {ROW_BYTES_MAX} bytes", seen.count);
                found.push(finding(&code::ROW_TOO_WIDE, message).table(name).seen(seen).done());
            }
            continue;
        }
        let message = format!("rows of `{name}` can take {most} bytes within a page, which holds {ROW_BYTES_MAX}");
        let severity = if certain > ROW_BYTES_MAX { Severity::Problem } else { Severity::Warning };
        found.push(finding(&code::ROW_TOO_WIDE, message).table(name).severity(severity).done());
    }
    draft.findings.append(&mut found);
}

/// The bytes that a row takes by those columns, after everything long was stored elsewhere.
fn row_bytes(table: &TableDraft<'_>, counts: fn(&ColumnDraft<'_>) -> bool) -> u64 {
    const HEADER: u64 = 24;
    let null_bits = u64::try_from(table.columns.len().div_ceil(8)).unwrap_or(u64::MAX);
    let values: u64 = table.columns.iter().filter(|column| counts(column)).map(column_bytes).sum();
    HEADER + null_bits + values
}

/// True when every row has these bytes: a value of fixed length that is never NULL.
fn is_certain(column: &ColumnDraft<'_>) -> bool {
    let fixed = !matches!(
        column.map.target_type,
        PgType::Text
            | PgType::Varchar(_)
            | PgType::Char(_)
            | PgType::Citext
            | PgType::Bytea
            | PgType::Json
            | PgType::Jsonb
            | PgType::Decimal { .. }
    );
    fixed && column.count(Form::Null) == 0
}

fn column_bytes(column: &ColumnDraft<'_>) -> u64 {
    let only_null =
        |evidence: &ColumnEvidence| evidence.forms.iter().all(|(form, seen)| *form == Form::Null || seen.count == 0);
    if column.evidence.is_none_or(only_null) {
        return 0;
    }
    match column.map.target_type {
        PgType::Boolean => 1,
        PgType::SmallInt => 2,
        PgType::Integer | PgType::Real | PgType::Date | PgType::Enum { .. } => 4,
        PgType::BigInt | PgType::Double | PgType::Time(_) | PgType::Timestamp(_) | PgType::Timestamptz(_) => 8,
        PgType::Uuid => 16,
        _ => {
            let longest = column.evidence.and_then(|evidence| evidence.longest.as_ref()).map_or(0, |(bytes, _)| *bytes);
            (longest + 1).min(OUTSIDE_BYTES)
        }
    }
}
