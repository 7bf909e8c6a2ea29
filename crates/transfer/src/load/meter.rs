use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::Sample;

/// Most samples that are kept: more steps than a plot can show.
const SAMPLES_MAX: usize = 240;

/// Milliseconds between two samples at first; twice as many each time that there are too many.
const EVERY_MS: u64 = 10;

/// Counts what all sessions send, and keeps how far they were at even distances in time.
#[derive(Debug)]
pub(crate) struct Meter {
    began: Instant,
    counted: Mutex<Counted>,
}

#[derive(Debug)]
struct Counted {
    now: Sample,
    kept: Vec<Sample>,
    every_ms: u64,
}

impl Meter {
    /// Begins to count now.
    pub(crate) fn begin() -> Self {
        let counted = Counted { now: Sample::default(), kept: vec![Sample::default()], every_ms: EVERY_MS };
        Self { began: Instant::now(), counted: Mutex::new(counted) }
    }

    /// Seconds since it began.
    pub(crate) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Adds what was sent.
    pub(crate) fn sent(&self, rows: u64, bytes: u64) {
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).add(ms, rows, bytes);
    }

    /// The samples, the last one with all that was sent; none when nothing was.
    pub(crate) fn samples(self) -> Vec<Sample> {
        self.counted.into_inner().unwrap_or_else(PoisonError::into_inner).samples()
    }
}

impl Counted {
    fn add(&mut self, ms: u64, rows: u64, bytes: u64) {
        self.now = Sample { ms, rows: self.now.rows + rows, bytes: self.now.bytes + bytes };
        if self.kept.last().is_some_and(|last| ms < last.ms + self.every_ms) {
            return;
        }
        if self.kept.len() == SAMPLES_MAX {
            self.every_ms *= 2;
            let mut even = false;
            self.kept.retain(|_| {
                even = !even;
                even
            });
        }
        self.kept.push(self.now);
    }

    fn samples(mut self) -> Vec<Sample> {
        if self.now == Sample::default() {
            return Vec::new();
        }
        self.kept.retain(|sample| sample.ms < self.now.ms);
        self.kept.push(self.now);
        self.kept
    }
}

#[cfg(test)]
mod tests;
