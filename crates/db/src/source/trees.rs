use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, ErrorCode};

/// Calls of the progress handler that are not for the first visit to a page: at most one for each line of a check.
const CALLS_SPARE: u64 = 1_000;

/// Ends a `quick_check` where it begins to read rows.
///
/// `quick_check` walks through all trees and free pages and counts the entries of every index, then it reads every row for
/// values that break a rule of their column. The rows take two thirds of its time, and whoever reads them sees as much. SQLite
/// has no word for the first part alone, but calls the progress handler at most once for each page of a tree (SQLite source,
/// `btree.c`, `checkProgress`; each further visit to a page is a line), and from then on several times for each row: when calls
/// are far more than pages, the trees are done.
pub(super) struct EndAtRows<'a> {
    connection: &'a Connection,
    ended: Arc<AtomicBool>,
}

impl<'a> EndAtRows<'a> {
    /// For a statement that is ready to run, in a transaction: what SQLite reads of the schema counts as calls too.
    pub(super) fn of(connection: &'a Connection) -> rusqlite::Result<Self> {
        let pages: u32 = connection.query_row("pragma page_count", [], |row| row.get(0))?;
        let ended = Arc::new(AtomicBool::new(false));
        connection.progress_handler(1, Some(after(2 * u64::from(pages) + CALLS_SPARE, Arc::clone(&ended))))?;
        Ok(Self { connection, ended })
    }

    /// True when that is why the check failed.
    pub(super) fn is_why(&self, error: &rusqlite::Error) -> bool {
        error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) && self.ended.load(Ordering::Relaxed)
    }
}

impl Drop for EndAtRows<'_> {
    fn drop(&mut self) {
        // Fails only on connections that are not ours, which have no handler either.
        let _removed = self.connection.progress_handler(0, None::<fn() -> bool>);
    }
}

/// Stops what runs, and says so, after as many calls.
fn after(calls: u64, ended: Arc<AtomicBool>) -> impl FnMut() -> bool + Send + 'static {
    let mut left = calls;
    move || {
        left = left.saturating_sub(1);
        if left == 0 {
            ended.store(true, Ordering::Relaxed);
        }
        left == 0
    }
}

#[cfg(test)]
mod tests;
