//! A later look at the target against an earlier report: the source need not exist any more.

use autobot_db::{SchemaName, TableName, Target, TargetError, quote_literal};
use autobot_plan::{Scope, Unit};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use crate::content::Buckets;
use crate::marks::Mark;
use crate::side::TargetRows;
use crate::{Error, Report, TableReport};

/// Rows between two progress events.
const PROGRESS_ROWS: u64 = 20_000;

/// What became of a table since a report was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgainstTable {
    /// Its name in the target.
    pub table: TableName,
    /// What became of it.
    pub standing: Standing,
    /// Rows at the time of the report.
    pub rows_then: u64,
    /// Rows now.
    pub rows_now: u64,
    /// New rows, at least so many: exactly as many where the key is an integer that only rises.
    pub new_min: u64,
    /// Rows gone, at least so many.
    pub gone_min: u64,
    /// Rows of the same key with other values, at least so many.
    pub changed_min: u64,
}

/// What became of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Every row of the report is there as it was, and no other.
    Same,
    /// Every row of the report is there as it was, and there are new ones.
    Grown,
    /// Rows of the report are changed or gone.
    Changed,
    /// There are new rows, and the key does not tell whether those of the report are as they were.
    Unclear,
    /// The table is not there any more.
    Gone,
    /// The report says nothing of its content (level counts).
    Unknown,
}

/// Holds the tables of `schema` against an earlier report of content.
pub async fn compare_against(
    target: &Target,
    schema: &SchemaName,
    earlier: &Report,
    scope: &Scope<'_>,
) -> Result<Vec<AgainstTable>, Error> {
    let mut tables = Vec::new();
    for table in &earlier.tables {
        tables.push(one(target, schema, table, scope).await?);
    }
    Ok(tables)
}

async fn one(
    target: &Target,
    schema: &SchemaName,
    earlier: &TableReport,
    scope: &Scope<'_>,
) -> Result<AgainstTable, Error> {
    let mut found = AgainstTable {
        table: earlier.target.clone(),
        standing: Standing::Unknown,
        rows_then: earlier.rows_target,
        rows_now: 0,
        new_min: 0,
        gone_min: 0,
        changed_min: 0,
    };
    let mut session = target.connect().await?;
    let name = format!("{}.{}", schema.quoted(), earlier.target.quoted());
    let sql = format!("select to_regclass({}) is not null", quote_literal(&name));
    let there = sqlx::query_scalar::<_, bool>(AssertSqlSafe(sql)).fetch_one(&mut session).await;
    if !there.map_err(TargetError::query(format!("look for table `{}`", earlier.target)))? {
        return Ok(AgainstTable { standing: Standing::Gone, gone_min: earlier.rows_target, ..found });
    }
    let Some(marks) = &earlier.marks else { return Ok(found) };
    let (map, part) = (marks.map(&earlier.target), earlier.target.to_string());
    let (mut buckets, mut beyond) = (Buckets::new(marks.key().to_vec()), 0_u64);
    let mut rows = TargetRows::open(&mut session, schema, &map).await?;
    while let Some(row) = rows.next().await? {
        found.rows_now += 1;
        if found.rows_now.is_multiple_of(PROGRESS_ROWS) {
            scope.part(&part, found.rows_now, None, Unit::Rows);
            if scope.stop.is_requested() {
                return Err(Error::Stopped);
            }
        }
        let is_beyond = row.integer_key(marks.key()).zip(marks.key_max()).is_some_and(|(key, highest)| key > highest);
        if is_beyond {
            beyond += 1;
        } else {
            buckets.add(row);
        }
    }
    found.new_min = beyond;
    for (then, now) in buckets.held_against(marks) {
        found.note(then, now);
    }
    found.standing = match (found.gone_min + found.changed_min, found.new_min) {
        (0, 0) => Standing::Same,
        (0, _) if found.only_grown(&buckets, earlier) => Standing::Grown,
        (0, _) => Standing::Unclear,
        _ => Standing::Changed,
    };
    Ok(found)
}

impl AgainstTable {
    /// Draws from one part what must have happened at least.
    fn note(&mut self, then: Mark, now: Mark) {
        if then == now {
            return;
        }
        let (more, less) = (now.rows.saturating_sub(then.rows), then.rows.saturating_sub(now.rows));
        match (more, less) {
            (0, 0) if then.keys == now.keys => self.changed_min += 1,
            (0, 0) => {
                self.new_min += 1;
                self.gone_min += 1;
            }
            _ => {
                self.new_min += u64::from(more);
                self.gone_min += u64::from(less);
            }
        }
    }

    /// True when the rows that are not beyond the highest key are exactly those of the report.
    fn only_grown(&self, buckets: &Buckets, earlier: &TableReport) -> bool {
        let total = buckets.total();
        total.rows == self.rows_then && earlier.digest_target.as_deref() == Some(total.hex().as_str())
    }
}
