use super::scale;

#[test]
fn marks_are_round_and_hold_the_greatest() {
    assert_eq!(scale(91_530.0).marks, [0.0, 20_000.0, 40_000.0, 60_000.0, 80_000.0, 100_000.0]);
    assert_eq!(scale(100.0).marks, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
    assert_eq!(scale(3.0).marks, [0.0, 1.0, 2.0, 3.0]);
}

#[test]
fn any_value_gives_few_marks() {
    for value in [0.0, 1e-9, 0.3, 1.0, 7.0, 99.9, 12_345.0, 1e15, f64::NAN, f64::INFINITY, -4.0] {
        let scale = scale(value);
        assert!((2..=7).contains(&scale.marks.len()), "{value}: {scale:?}");
        assert!(!value.is_finite() || scale.top >= value, "{value}: {scale:?}");
    }
}
