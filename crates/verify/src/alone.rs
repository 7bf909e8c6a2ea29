use autobot_catalog::TableMap;
use rusqlite::Connection;

use crate::Error;
use crate::content::{Buckets, key_columns};
use crate::side::{Orphans, SourceRows, read_source};

/// Rows and digest of a table of the source by itself, without a target: what a comparison would say of its source.
///
/// Orphans that go to quarantine by rule count as rows that go over, as in [`crate::compare_table`].
pub fn digest_source(source: &Connection, table: &TableMap) -> Result<(u64, String), Error> {
    let orphans = Orphans::default();
    let orphans = orphans.of(table);
    let rows = SourceRows { connection: source, table, rowid_word: None, orphans: &orphans };
    let mut buckets = Buckets::new(key_columns(table));
    read_source(rows, |row| {
        buckets.add(row);
        Ok(())
    })?;
    let total = buckets.total();
    Ok((total.rows, total.hex()))
}
