use std::collections::BTreeMap;

use autobot_convert::Interest;
use autobot_db::{ColumnName, TableName};

/// How to scan.
#[derive(Debug, Clone)]
pub struct ScanOptions {
    /// What to look for beyond what follows from the declared type: by schema.prisma or the owner's rules, a column may
    /// become an enum, JSON, DECIMAL …
    pub interests: BTreeMap<(TableName, ColumnName), Interest>,
    /// Check that every page of the file is used and every tree in order: a table can lack rows of which nothing is seen when
    /// it is read. Not needed of a file that was checked before.
    pub check_pages: bool,
    /// How many places are kept of each form, orphan and longest value.
    pub places_max: usize,
}

/// What has been read; told every few thousand rows.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The table.
    pub table: &'a TableName,
    /// Rows of it read since the last time.
    pub rows: u64,
}
