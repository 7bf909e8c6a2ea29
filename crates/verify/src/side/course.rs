use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use autobot_plan::{Scope, Unit};
use tokio::sync::Notify;
use tokio::time::{Instant, interval_at};

/// Between two progress events.
const PROGRESS: Duration = Duration::from_millis(100);

/// What threads that read rows say and hear: how far they are, and that nobody needs more.
#[derive(Debug, Default)]
pub(crate) struct Course {
    rows: AtomicU64,
    ended: AtomicBool,
    told: Notify,
}

impl Course {
    /// True as long as rows are wanted.
    #[inline]
    pub(crate) fn goes_on(&self) -> bool {
        !self.ended.load(Ordering::Relaxed)
    }

    /// So many rows were read; called by one thread only. Told now and then, since the other thread reads beside it.
    #[inline]
    pub(crate) fn at(&self, rows: u64) {
        if rows.is_multiple_of(1024) {
            self.rows.store(rows, Ordering::Relaxed);
        }
    }

    /// No rows are wanted any more.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        self.told.notify_one();
    }

    /// Completes when no rows are wanted any more; for one who waits.
    pub(crate) async fn ended(&self) {
        self.told.notified().await;
    }

    /// Ends when the value is dropped: nobody waits for the rows any more.
    pub(crate) fn ends_when_dropped(&self) -> impl Drop {
        EndWhenDropped(self)
    }

    /// Waits for the threads, saying how far they are. Ends when the operator asks to stop.
    pub(crate) async fn watch<T>(
        &self,
        threads: impl Future<Output = T>,
        part: &str,
        total: Option<u64>,
        scope: &Scope<'_>,
    ) -> T {
        let mut threads = pin!(threads);
        let mut ticks = interval_at(Instant::now() + PROGRESS, PROGRESS);
        loop {
            tokio::select! {
                result = &mut threads => return result,
                _ = ticks.tick() => scope.part(part, self.rows.load(Ordering::Relaxed), total, Unit::Rows),
                () = scope.stop.requested(), if self.goes_on() => self.end(),
            }
        }
    }
}

struct EndWhenDropped<'a>(&'a Course);

impl Drop for EndWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}
