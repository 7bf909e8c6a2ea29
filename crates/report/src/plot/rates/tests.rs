use super::{BUCKETS_MAX, rates};
use crate::Sample;

fn sample(ms: u64, rows: u64) -> Sample {
    Sample { ms, rows, bytes: rows * 10 }
}

#[test]
fn an_even_load_is_a_flat_line() {
    let samples: Vec<Sample> = (0..=100).map(|step| sample(step * 200, step * 5_000)).collect();
    let found = rates(&samples);
    assert_eq!(found.len(), BUCKETS_MAX);
    assert!(found.iter().all(|rate| (rate.rows - 25_000.0).abs() < 1e-6 && (rate.bytes - 250_000.0).abs() < 1e-5));
}

#[test]
fn what_flows_in_all_is_what_was_sent() {
    let samples = [sample(0, 0), sample(130, 1_000), sample(900, 1_000), sample(1_700, 90_000)];
    let found = rates(&samples);
    let sum: f64 = found.iter().map(|rate| rate.rows * (rate.to - rate.from)).sum();
    assert!((sum - 90_000.0).abs() < 1e-6, "{sum}");
    assert_eq!((found.len(), found[0].from), (3, 0.0));
}

#[test]
fn a_standstill_is_seen() {
    let found = rates(&[sample(0, 0), sample(1000, 500), sample(2000, 500), sample(3000, 1000)]);
    let rows: Vec<f64> = found.iter().map(|rate| rate.rows).collect();
    assert_eq!(rows, [500.0, 0.0, 500.0]);
}

#[test]
fn samples_that_go_back_are_passed_over_and_too_few_give_nothing() {
    assert_eq!(rates(&[sample(0, 0), sample(0, 5), sample(1000, 10), sample(900, 11), sample(2000, 9)]).len(), 1);
    assert!(rates(&[]).is_empty());
    assert!(rates(&[sample(5, 5)]).is_empty());
    assert!(rates(&[sample(5, 5), sample(5, 9)]).is_empty());
}
