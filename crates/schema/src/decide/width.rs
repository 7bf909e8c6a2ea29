//! Rows that cannot fit a page.

use autobot_catalog::{ColumnEvidence, PgType};

use super::draft::{ColumnDraft, Draft, TableDraft};
use crate::findings::{self as code, finding};

/// The largest row that PostgreSQL stores on a page of 8 KiB (`MaxHeapTupleSize` in `htup_details.h`).
const ROW_BYTES_MAX: u64 = 8160;

/// What a text or blob takes in the row when it is stored elsewhere; shorter ones stay (`heaptoast.h`).
const OUTSIDE_BYTES: u64 = 24;

pub(super) fn check(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    for table in &draft.tables {
        let bytes = row_bytes(table);
        if bytes > ROW_BYTES_MAX {
            let message = format!(
                "rows of `{}` can take {bytes} bytes that PostgreSQL cannot store elsewhere; a page holds {ROW_BYTES_MAX}",
                table.source.name
            );
            found.push(finding(&code::ROW_TOO_WIDE, message).table(&table.source.name).done());
        }
    }
    draft.findings.append(&mut found);
}

/// The most bytes that a row can take after everything long was stored elsewhere.
fn row_bytes(table: &TableDraft<'_>) -> u64 {
    const HEADER: u64 = 24;
    let null_bits = u64::try_from(table.columns.len().div_ceil(8)).unwrap_or(u64::MAX);
    let values: u64 = table.columns.iter().map(column_bytes).sum();
    HEADER + null_bits + values
}

fn column_bytes(column: &ColumnDraft<'_>) -> u64 {
    let only_null = |evidence: &ColumnEvidence| {
        evidence.forms.iter().all(|(form, seen)| *form == autobot_catalog::Form::Null || seen.count == 0)
    };
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
