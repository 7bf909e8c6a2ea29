use super::decimal::Decimal;
use super::{LARGE_BYTES, Payload, calendar, parts, put, tag};
use crate::digest::sha256;

#[test]
fn days_are_counted_from_2000() {
    for (date, days) in
        [((2000, 1, 1), 0), ((1970, 1, 1), -10_957), ((2024, 2, 29), 8825), ((1999, 12, 31), -1), ((0, 3, 1), -730_425)]
    {
        assert_eq!(calendar::days(date.0, date.1, date.2), Some(days), "{date:?}");
    }
    assert_eq!(calendar::days(2023, 2, 29), None);
    assert_eq!(calendar::days(1900, 2, 29), None);
}

#[test]
fn one_instant_in_its_many_forms() {
    let micros = |text: &str| calendar::read(text).and_then(|moment| moment.timestamp());
    let expected = micros("2024-05-01T15:34:56.789Z");
    assert!(expected.is_some());
    for text in [
        "2024-05-01 15:34:56.789",
        "2024-05-01T12:34:56.789-03:00",
        "2024-05-01T12:34:56.789-0300",
        "2024-05-01T15:34:56.789+00",
    ] {
        assert_eq!(micros(text), expected, "{text}");
    }
    for text in ["2021-02-30", "2024-05-01 25:00:00", "2024-05-01T", "hoy", "", "2024-5-1", "2024-05-01 10:00:00 PM"] {
        assert_eq!(micros(text), None, "{text}");
    }
}

#[test]
fn decimals_are_equal_by_value() {
    let same = |a: &str, b: &str| assert_eq!(Decimal::parse(a).unwrap(), Decimal::parse(b).unwrap(), "{a} {b}");
    same("1.10", "1.1");
    same("-0.0", "0");
    same("1e3", "1000");
    same("0.00012", "1.2e-4");
    let fits = |text: &str| Decimal::parse(text).unwrap().fits(Some((5, 2)));
    assert!(fits("999.99") && fits("-0.01") && fits("0e99") && fits("100.00"));
    assert!(!fits("1000") && !fits("0.001") && !fits("1e5"));
    assert_eq!(Decimal::parse("-12.50").unwrap().parts(), Some((-125, -1)));
    let groups = Decimal::from_base_10000(false, 1, [1, 2345, 6000].into_iter());
    assert_eq!(groups, Decimal::parse("12345.6").unwrap());
}

#[test]
fn values_are_shown_as_they_are_written() {
    for (micros, text) in [
        (0, "2000-01-01 00:00:00.000000"),
        (-1, "1999-12-31 23:59:59.999999"),
        (757_382_400_123_000, "2024-01-01 00:00:00.123000"),
    ] {
        assert_eq!(calendar::timestamp(micros), text);
    }
    assert_eq!(calendar::date(-730_425), "0000-03-01");
    let mut form = Vec::new();
    Decimal::parse("-12.50").unwrap().put(&mut form);
    assert_eq!(super::decimal(&form[2..]), "-0.125e2");
}

#[test]
fn a_large_value_enters_by_its_digest() {
    let form = |bytes: &[u8]| {
        let mut form = Vec::new();
        put(&mut form, tag::BYTES, bytes);
        form
    };
    for length in [0, 127, 128, 20_000, LARGE_BYTES] {
        let bytes = vec![7; length];
        assert_eq!(parts(&form(&bytes)), Some((tag::BYTES, Payload::Whole(&bytes))));
    }
    for length in [LARGE_BYTES + 1, 3_000_000] {
        let mut bytes = vec![7; length];
        let large = form(&bytes);
        assert!(large.len() < 40, "{}", large.len());
        assert_eq!(parts(&large), Some((tag::BYTES, Payload::Large(length, &sha256(&bytes)))));
        bytes[length - 1] = 8;
        assert_ne!(form(&bytes), large);
    }
}
