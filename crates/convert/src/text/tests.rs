use proptest::prelude::*;
use rusqlite::Connection;

use super::*;

const PLAIN: TextRules =
    TextRules { characters_max: None, padded: false, nul: NulRule::Invalid, utf8: Utf8Rule::Invalid };

fn written(value: ValueRef<'_>, rules: &TextRules) -> Result<(String, Changes), Refusal> {
    let mut out = b"before".to_vec();
    let changes = encode(value, rules, &mut out)?;
    let length = u32::from_be_bytes(out[6..10].try_into().unwrap()) as usize;
    assert_eq!(length, out.len() - 10);
    Ok((String::from_utf8(out.split_off(10)).unwrap(), changes))
}

fn check(text: &[u8], rules: &TextRules, expected: &str, change: Option<Change>) {
    let changes = change.map_or(Changes::NONE, Changes::from);
    assert_eq!(written(ValueRef::Text(text), rules), Ok((expected.to_owned(), changes)), "{text:x?}");
}

fn check_refused(text: &[u8], rules: &TextRules, reason: Reason, at: usize) {
    assert_eq!(written(ValueRef::Text(text), rules), Err(Refusal::at(reason, at)), "{text:x?}");
}

#[test]
fn what_goes_over_as_it_is_stored_is_said() {
    let text = crate::Converter::for_type(&autobot_catalog::PgType::Text, None);
    let short = crate::Converter::for_type(&autobot_catalog::PgType::Varchar(9), None);
    let bytes = crate::Converter::for_type(&autobot_catalog::PgType::Bytea, None);
    assert_eq!(text.as_stored(ValueRef::Text("ñ".as_bytes())), Some("ñ".as_bytes()));
    assert_eq!(bytes.as_stored(ValueRef::Blob(b"\0\xff")), Some(&b"\0\xff"[..]));
    for (converter, value) in [
        (&text, ValueRef::Text(b"a\0b")),
        (&text, ValueRef::Text(b"\xff")),
        (&text, ValueRef::Blob(b"a")),
        (&short, ValueRef::Text(b"a")),
        (&bytes, ValueRef::Text(b"a")),
        (&bytes, ValueRef::Null),
    ] {
        assert_eq!(converter.as_stored(value), None, "{value:?}");
    }
}

#[test]
fn copy_specials_go_over_as_they_are() {
    for text in ["", "\t\r\n\\", "\\.", "\\N", "é😀", "NULL", "a\\0b"] {
        check(text.as_bytes(), &PLAIN, text, None);
    }
}

#[test]
fn nul_is_refused_stripped_or_escaped() {
    check_refused(b"ab\0c", &PLAIN, Reason::NulInText, 2);
    let strip = TextRules { nul: NulRule::Strip, ..PLAIN };
    check(b"\0ab\0c\0", &strip, "abc", Some(Change::NulStripped));
    check(b"a\\c", &strip, "a\\c", None);
    let escape = TextRules { nul: NulRule::Escape, ..PLAIN };
    check(b"a\0c", &escape, "a\\0c", Some(Change::Escaped));
    check(b"a\\0c", &escape, "a\\\\0c", Some(Change::Escaped));
    check(b"abc", &escape, "abc", None);
}

#[test]
fn wrong_utf8_is_refused_with_its_byte_or_replaced() {
    let replace = TextRules { utf8: Utf8Rule::Replace, ..PLAIN };
    for (text, reason, at, repaired) in [
        (&b"ab\xff"[..], Reason::InvalidUtf8, 2, "ab\u{fffd}"),
        (b"\xe2\x82", Reason::InvalidUtf8, 0, "\u{fffd}"),
        (b"\xc0\xafx", Reason::InvalidUtf8, 0, "\u{fffd}\u{fffd}x"),
        (b"a\xf0\x9f\x98b\xffc", Reason::InvalidUtf8, 1, "a\u{fffd}b\u{fffd}c"),
        (b"x\xed\xa0\xbd\xed\xb8\x80y", Reason::Surrogates, 1, "x😀y"),
        (b"x\xed\xa0\xbdy", Reason::Surrogates, 1, "x\u{fffd}y"),
        (b"\xed\xb8\x80\xed\xa0\xbd", Reason::Surrogates, 0, "\u{fffd}\u{fffd}"),
        (b"\xed\xa0\xbd\xff", Reason::InvalidUtf8, 3, "\u{fffd}\u{fffd}"),
    ] {
        check_refused(text, &PLAIN, reason, at);
        check(text, &replace, repaired, Some(Change::Utf8Replaced));
    }
    check_refused(b"\xff\0", &replace, Reason::NulInText, 1);
    let both = TextRules { nul: NulRule::Strip, ..replace };
    let changes = Changes::from(Change::Utf8Replaced).with(Change::NulStripped);
    assert_eq!(written(ValueRef::Text(b"a\0\xff"), &both), Ok(("a\u{fffd}".to_owned(), changes)));
}

#[test]
fn characters_are_counted_not_bytes() {
    let varchar = TextRules { characters_max: Some(3), ..PLAIN };
    check("éé😀".as_bytes(), &varchar, "éé😀", None);
    assert_eq!(written(ValueRef::Text(b"abcd"), &varchar), Err(Reason::TooLong.into()));
    assert_eq!(written(ValueRef::Integer(-123), &varchar), Err(Reason::TooLong.into()));
    let char = TextRules { padded: true, ..varchar };
    check(b"ab", &char, "ab", Some(Change::Padded));
    check(b"abc", &char, "abc", None);
}

#[test]
fn blobs_go_over_when_they_are_text() {
    let expected = Ok(("é".to_owned(), Changes::from(Change::BlobAsText)));
    assert_eq!(written(ValueRef::Blob("é".as_bytes()), &PLAIN), expected);
    for blob in [&b"\xff"[..], b"\0"] {
        assert_eq!(written(ValueRef::Blob(blob), &PLAIN), Err(Reason::BlobInText.into()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replaced_text_is_what_the_standard_library_makes_of_it(text in proptest::collection::vec(any::<u8>(), 0..12)) {
        let rules = TextRules { utf8: Utf8Rule::Replace, nul: NulRule::Strip, ..PLAIN };
        let surrogates = text.windows(2).any(|pair| pair[0] == 0xed && pair[1] >= 0xa0);
        if !surrogates {
            let expected = String::from_utf8_lossy(&text).replace('\0', "");
            prop_assert_eq!(written(ValueRef::Text(&text), &rules).unwrap().0, expected);
        }
    }

    #[test]
    fn plain_text_is_utf8_without_nul(text in proptest::collection::vec(prop_oneof![9 => 1_u8..128, 1 => any::<u8>()], 0..200)) {
        let expected = std::str::from_utf8(&text).is_ok_and(|text| !text.contains('\0'));
        prop_assert_eq!(plain(&text).is_ok(), expected);
    }

    #[test]
    fn numbers_are_what_sqlite_casts_them_to(bits in any::<u64>(), short in any::<i32>(), scale in 0_i32..12, far in -330..300) {
        let far: f64 = format!("{short}e{far}").parse().unwrap();
        for number in [f64::from_bits(bits), f64::from_bits(bits >> 12), far, f64::from(short) / 10_f64.powi(scale), f64::from(short) * 10_f64.powi(scale)] {
            if !number.is_nan() {
                check_number(number);
            }
        }
    }
}

/// The same text as SQLite's, unless SQLite's loses digits. Of the smallest doubles SQLite writes digits that they do not
/// have, not always rounded right: those get their shortest form.
fn check_number(number: f64) {
    thread_local!(static SQLITE: Connection = Connection::open_in_memory().unwrap());
    let cast = |connection: &Connection| {
        connection.query_row("select cast(?1 as text)", [number], |row| row.get::<_, String>(0)).unwrap()
    };
    let expected = SQLITE.with(cast);
    let (text, _) = written(ValueRef::Real(number), &PLAIN).unwrap();
    let value: f64 = text.parse().unwrap();
    assert_eq!(value.to_bits(), number.to_bits(), "{text}");
    if expected.parse::<f64>().unwrap().to_bits() == number.to_bits() && !number.is_subnormal() {
        assert_eq!(text, expected);
    }
}

#[test]
fn numbers_at_the_edges() {
    for number in [
        0.0,
        -0.0,
        1.0,
        0.1,
        1e14,
        1e15,
        1e16,
        123_456_789_012_345.0,
        999_999_999_999_999.0,
        1e-4,
        1.5e-4,
        1e-5,
        1e100,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        f64::INFINITY,
        f64::NEG_INFINITY,
        9.223_372_036_854_776e18,
    ] {
        check_number(number);
    }
    assert_eq!(written(ValueRef::Real(0.1 + 0.2), &PLAIN).unwrap().0, "0.30000000000000004");
    assert_eq!(written(ValueRef::Integer(i64::MIN), &PLAIN).unwrap().0, "-9223372036854775808");
}

#[test]
fn bytes_of_numbers_only_where_they_are_wanted() {
    for value in [ValueRef::Integer(-10), ValueRef::Real(2.5)] {
        let mut out = Vec::new();
        assert_eq!(bytea(value, false, &mut out).unwrap_err().reason, Reason::NumberInBytea);
        assert!(out.is_empty());
        assert_eq!(bytea(value, true, &mut out).unwrap(), Change::NumberAsText.into());
        assert_eq!(out[..4], u32::try_from(out.len() - 4).unwrap().to_be_bytes());
        assert_eq!(out[4..], if value == ValueRef::Integer(-10) { *b"-10" } else { *b"2.5" });
    }
}
