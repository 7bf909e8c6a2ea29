use super::*;

fn check(ms: i64, expected: &str) {
    assert_eq!(iso(ms), expected);
    assert_eq!(plain(ms), expected[..19].replace('T', " "));
}

#[test]
fn epoch() {
    check(0, "1970-01-01T00:00:00.000+00:00");
}

#[test]
fn before_the_epoch() {
    check(-1, "1969-12-31T23:59:59.999+00:00");
}

#[test]
fn leap_day() {
    check(1_709_251_199_999, "2024-02-29T23:59:59.999+00:00");
}

#[test]
fn end_of_a_century_without_leap_day() {
    check(4_107_542_400_000, "2100-03-01T00:00:00.000+00:00");
}

#[test]
fn one_column_holds_all_three_encodings() {
    let mut random = Random::new(1, 1);
    let cells: Vec<Value> = (0..1000).map(|i| Moment::of_row(&mut random, i, 1000).cell(&mut random)).collect();
    let count = |of: fn(&Value) -> bool| cells.iter().filter(|cell| of(cell)).count();
    assert!(count(|cell| matches!(cell, Value::Integer(_))) > 700);
    assert!(count(|cell| matches!(cell, Value::Text(text) if text.contains('T'))) > 100);
    assert!(count(|cell| matches!(cell, Value::Text(text) if !text.contains('T'))) > 10);
}
