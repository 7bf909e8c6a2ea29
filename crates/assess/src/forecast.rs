use autobot_catalog::Evidence;

/// Bytes that PostgreSQL adds to each row: header, line pointer, alignment.
const ROW_OVERHEAD_BYTES: u64 = 36;

/// Indexes take about this share of the rows' bytes in the databases measured (AutoBOT, 1 M messages).
const INDEX_SHARE_PERCENT: u64 = 45;

/// Bytes of values that are read, converted, loaded, indexed and compared in a second on two cores, on the safe side.
const BYTES_PER_SECOND: u64 = 35_000_000;

/// Rows for which the same holds, where rows are small.
const ROWS_PER_SECOND: u64 = 150_000;

/// What a migration will take, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Forecast {
    /// Rows to copy.
    pub rows: u64,
    /// Bytes of their values in the source.
    pub bytes: u64,
    /// Bytes that the target's tables and indexes will take.
    pub target_bytes: u64,
    /// Seconds for copying and comparing, at least 1.
    pub seconds: u64,
}

/// Estimates size and time from what was found.
pub fn forecast(evidence: &Evidence) -> Forecast {
    let sum = |count: fn(&autobot_catalog::TableEvidence) -> u64| {
        evidence.tables.values().map(count).fold(0, u64::saturating_add)
    };
    let (rows, bytes) = (sum(|table| table.rows), sum(|table| table.bytes));
    let stored = bytes.saturating_add(rows.saturating_mul(ROW_OVERHEAD_BYTES));
    let indexes = (stored / 100).saturating_mul(INDEX_SHARE_PERCENT);
    let seconds = (bytes / BYTES_PER_SECOND).max(rows / ROWS_PER_SECOND).max(1);
    Forecast { rows, bytes, target_bytes: stored.saturating_add(indexes), seconds }
}
