use crate::Sample;
use crate::numbers::as_float;

/// Most steps of the curve: more would be narrower than a line on a phone.
const BUCKETS_MAX: usize = 40;

/// The speed in one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rate {
    /// Beginning, in seconds after loading began.
    pub(crate) from: f64,
    /// End, in seconds.
    pub(crate) to: f64,
    /// Rows per second.
    pub(crate) rows: f64,
    /// Bytes per second.
    pub(crate) bytes: f64,
}

/// The speed over time in stretches of equal length; empty where there are too few samples.
///
/// Totals between two samples are taken to grow evenly. Samples that go back in time or in number are passed over.
pub(crate) fn rates(samples: &[Sample]) -> Vec<Rate> {
    let points = rising(samples);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let (begin, length) = (as_float(first.ms), as_float(last.ms - first.ms));
    if length <= 0.0 {
        return Vec::new();
    }
    let buckets = (points.len() - 1).clamp(1, BUCKETS_MAX);
    let step = length / index_as_float(buckets);
    let edges: Vec<(f64, f64, f64)> =
        (0..=buckets).map(|index| at(&points, begin + step * index_as_float(index))).collect();
    let rate = |pair: &[(f64, f64, f64)]| {
        let (from, to) = (pair[0], pair[1]);
        let seconds = (to.0 - from.0) / 1000.0;
        Rate {
            from: from.0 / 1000.0,
            to: to.0 / 1000.0,
            rows: (to.1 - from.1) / seconds,
            bytes: (to.2 - from.2) / seconds,
        }
    };
    edges.windows(2).map(rate).collect()
}

/// The samples that go on in time and do not go back in number.
fn rising(samples: &[Sample]) -> Vec<Sample> {
    let mut points: Vec<Sample> = Vec::with_capacity(samples.len());
    for sample in samples {
        match points.last() {
            Some(last) if sample.ms <= last.ms || sample.rows < last.rows || sample.bytes < last.bytes => {}
            _ => points.push(*sample),
        }
    }
    points
}

/// Moment, rows and bytes at `ms`, between the samples around it.
fn at(points: &[Sample], ms: f64) -> (f64, f64, f64) {
    let behind = points.partition_point(|point| as_float(point.ms) < ms).clamp(1, points.len() - 1);
    let (before, after) = (points[behind - 1], points[behind]);
    let part = (ms - as_float(before.ms)) / as_float(after.ms - before.ms);
    let between = |from: u64, to: u64| as_float(from) + (as_float(to) - as_float(from)) * part.clamp(0.0, 1.0);
    (ms, between(before.rows, after.rows), between(before.bytes, after.bytes))
}

fn index_as_float(index: usize) -> f64 {
    as_float(u64::try_from(index).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
