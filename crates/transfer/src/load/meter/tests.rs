use super::*;

fn counted() -> Counted {
    Counted { now: Sample::default(), kept: vec![Sample::default()], every_ms: EVERY_MS }
}

#[test]
fn the_last_sample_has_everything() {
    let mut counted = counted();
    for ms in [0, 3, 4, 25, 26] {
        counted.add(ms, 2, 100);
    }
    let samples = counted.samples();
    let moments: Vec<_> = samples.iter().map(|sample| (sample.ms, sample.rows, sample.bytes)).collect();
    assert_eq!(moments, [(0, 0, 0), (25, 8, 400), (26, 10, 500)]);
}

#[test]
fn however_long_it_takes_samples_are_bounded_and_even() {
    let mut counted = counted();
    for ms in 0..1_000_000 {
        counted.add(ms, 1, 1);
    }
    let samples = counted.samples();
    assert!((SAMPLES_MAX / 2..=SAMPLES_MAX + 1).contains(&samples.len()), "{}", samples.len());
    let steps: Vec<u64> = samples.windows(2).map(|pair| pair[1].ms - pair[0].ms).collect();
    let longest = steps.iter().max().unwrap();
    assert!(steps[..steps.len() - 1].iter().all(|step| step * 3 >= *longest), "{steps:?}");
    assert_eq!(samples.last().unwrap().rows, 1_000_000);
}

#[test]
fn nothing_sent_is_no_sample() {
    assert!(counted().samples().is_empty());
    assert!(Meter::begin().samples().is_empty());
}
