use super::*;
use crate::dump::compare;
use crate::dump::tape::Tape;

fn written(value: ValueRef<'_>) -> String {
    let mut out = Vec::new();
    write(&mut out, value, None, Encoding::Utf8).unwrap();
    String::from_utf8(out).unwrap()
}

/// The text is as expected, and reads back as the same value but as no other.
fn check(value: ValueRef<'_>, expected: &str) {
    let text = written(value);
    assert_eq!(text, expected);
    let is = |value| compare::same(&mut Tape::new(text.as_bytes()), value, None, Encoding::Utf8).unwrap();
    assert!(is(value), "{text} is not {value:?}");
    for other in
        [ValueRef::Null, ValueRef::Integer(-7), ValueRef::Real(0.3), ValueRef::Text(b"o"), ValueRef::Blob(b"o")]
    {
        assert!(!is(other) || other == value, "{text} is {other:?}");
    }
}

#[test]
fn numbers() {
    check(ValueRef::Null, "NULL");
    check(ValueRef::Integer(0), "0");
    check(ValueRef::Integer(i64::MIN), "-9223372036854775808");
    check(ValueRef::Integer(i64::MAX), "9223372036854775807");
    check(ValueRef::Real(2.5), "2.5");
    check(ValueRef::Real(-1_234_567.89), "-1234567.89");
    check(ValueRef::Real(5.0), "5.0");
    check(ValueRef::Real(-0.0), "-0.0");
    check(ValueRef::Real(0.0), "0.0");
    check(ValueRef::Real(f64::INFINITY), "1e999");
    check(ValueRef::Real(f64::NEG_INFINITY), "-1e999");
    check(ValueRef::Real(0.1 + 0.2), "1351079888211149.0/4503599627370496");
}

#[test]
fn zero_is_not_minus_zero() {
    let same = |text: &str, value| compare::same(&mut Tape::new(text.as_bytes()), value, None, Encoding::Utf8).unwrap();
    assert!(!same("0.0", ValueRef::Real(-0.0)));
    assert!(!same("5", ValueRef::Real(5.0)));
    assert!(!same("5.0", ValueRef::Integer(5)));
}

#[test]
fn texts() {
    check(ValueRef::Text(b""), "''");
    check(ValueRef::Text("it's\n\t'\\ñ".as_bytes()), "'it''s\n\t''\\ñ'");
    check(ValueRef::Text(b"''"), "''''''");
    check(ValueRef::Text(b"a\0b"), "CAST(X'610062' AS TEXT)");
    check(ValueRef::Text(b"a\r\n"), "CAST(X'610d0a' AS TEXT)");
    check(ValueRef::Text(b"\xff"), "CAST(X'ff' AS TEXT)");
    check(ValueRef::Text("\u{feff}a".as_bytes()), "'\u{feff}a'");
    check(ValueRef::Blob(b""), "X''");
    check(ValueRef::Blob(&[0, 255]), "X'00ff'");
}

#[test]
fn texts_of_utf_16_are_cast_in_their_own_bytes_when_they_are_not_text() {
    let mut out = Vec::new();
    let lone = [0x61, 0x00, 0x00, 0xd8];
    write(&mut out, ValueRef::Text(b"a?"), Some(&lone), Encoding::Utf16Le).unwrap();
    assert_eq!(out, b"CAST(X'610000d8' AS TEXT)");
    let mut out = Vec::new();
    let marked = [0xfe, 0xff, 0, b'a', 0, 0];
    write(&mut out, ValueRef::Text(b"?a"), Some(&marked), Encoding::Utf16Be).unwrap();
    assert_eq!(out, b"char(65279)||CAST(X'00610000' AS TEXT)");
    let value = ValueRef::Text(b"?a");
    assert!(compare::same(&mut Tape::new(out.as_slice()), value, Some(&marked), Encoding::Utf16Be).unwrap());
    let mut out = Vec::new();
    write(&mut out, ValueRef::Text(b"ab"), Some(&[0, b'a', 0, b'b']), Encoding::Utf16Be).unwrap();
    assert_eq!(out, b"'ab'");
}

#[test]
fn every_real_reads_back_through_sqlite() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    let mut seed: u64 = 42;
    let mut next = || {
        // Steele and Vigna's SplitMix64.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let edges = [f64::MIN_POSITIVE, f64::MAX, f64::from_bits(1), 1e15, 1e22, 999_999_999_999_999.0, 1e-3, 4.35];
    let random = (0..2000).map(|_| f64::from_bits(next())).filter(|value| value.is_finite());
    for value in edges.into_iter().chain(random).flat_map(|value| [value, -value]) {
        let text = written(ValueRef::Real(value));
        let found: f64 = connection.query_row(&format!("select {text}"), [], |row| row.get(0)).unwrap();
        assert_eq!(found.to_bits(), value.to_bits(), "{text}");
        assert!(compare::same(&mut Tape::new(text.as_bytes()), ValueRef::Real(value), None, Encoding::Utf8).unwrap());
    }
}
