use autobot_catalog::{ColumnMap, EpochUnit, NulRule, OnInvalid, PgType, Utf8Rule};
use autobot_db::ColumnName;
use rusqlite::types::ValueRef;

use super::{SourceColumn, SourceValue};
use crate::canonical::{Payload, from_target, parts};

fn column(target_type: PgType) -> ColumnMap {
    ColumnMap {
        source: ColumnName::new("c").unwrap(),
        target: ColumnName::new("c").unwrap(),
        target_type,
        not_null: false,
        unit: Some(EpochUnit::Milliseconds),
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    }
}

/// A stored value and the field that PostgreSQL sends for it are one.
fn check(column: &ColumnMap, stored: ValueRef<'_>, field: &[u8]) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    assert_eq!(SourceColumn::new(column).put(&stored, &mut ours), Ok(SourceValue::Put), "{stored:?}");
    from_target(&column.target_type, Some(field), &mut theirs).unwrap();
    assert_eq!(ours, theirs, "{stored:?} as {}", column.target_type);
}

fn refused(column: &ColumnMap, stored: ValueRef<'_>) {
    let mut out = vec![7];
    assert!(SourceColumn::new(column).put(&stored, &mut out).is_err(), "{stored:?} as {}", column.target_type);
    assert_eq!(out, [7]);
}

fn timestamp(micros_since_2000: i64) -> [u8; 8] {
    micros_since_2000.to_be_bytes()
}

#[test]
fn numbers_are_what_they_equal() {
    let integer = column(PgType::BigInt);
    check(&integer, ValueRef::Text(b"-5"), &(-5_i64).to_be_bytes());
    check(&integer, ValueRef::Real(-0.0), &0_i64.to_be_bytes());
    check(&integer, ValueRef::Real(7.0), &7_i64.to_be_bytes());
    for wrong in ["", "+5", "05", "-0", " 5", "5.0", "abc"] {
        refused(&integer, ValueRef::Text(wrong.as_bytes()));
    }
    refused(&integer, ValueRef::Real(2.32));
    refused(&integer, ValueRef::Real(9.223_372_036_854_776e18));
    refused(&column(PgType::Integer), ValueRef::Integer(1 << 40));
    let double = column(PgType::Double);
    check(&double, ValueRef::Real(-0.0), &(-0.0_f64).to_be_bytes());
    check(&double, ValueRef::Integer(3), &3.0_f64.to_be_bytes());
    refused(&double, ValueRef::Integer((1 << 53) + 1));
    refused(&column(PgType::Real), ValueRef::Real(1e300));
    refused(&column(PgType::Boolean), ValueRef::Real(1.0));
    refused(&column(PgType::Boolean), ValueRef::Integer(2));
    check(&column(PgType::Boolean), ValueRef::Text(b"TRUE"), &[1]);
}

#[test]
fn decimals_that_do_not_fit_are_refused() {
    let decimal = column(PgType::Decimal { limits: Some((4, 2)) });
    // numeric_send of 12.34: two groups, weight 0, positive, scale 2.
    check(&decimal, ValueRef::Real(12.34), &[0, 2, 0, 0, 0, 0, 0, 2, 0, 12, 0x0D, 0x48]);
    check(&decimal, ValueRef::Text(b"12.3400"), &[0, 2, 0, 0, 0, 0, 0, 2, 0, 12, 0x0D, 0x48]);
    refused(&decimal, ValueRef::Text(b"12.345"));
    refused(&decimal, ValueRef::Integer(123));
    refused(&decimal, ValueRef::Real(f64::INFINITY));
}

#[test]
fn moments_are_instants() {
    let stamp = column(PgType::Timestamp(3));
    check(&stamp, ValueRef::Integer(946_684_800_123), &timestamp(123_000));
    check(&stamp, ValueRef::Text(b"2000-01-01 01:00:00.1239+01:00"), &timestamp(123_000));
    check(&stamp, ValueRef::Text(b"1999-12-31T23:59:59.9999"), &timestamp(-1000));
    let seconds = ColumnMap { unit: Some(EpochUnit::Seconds), ..stamp.clone() };
    check(&seconds, ValueRef::Real(1_700_000_000.123), &timestamp((1_700_000_000_123 - 946_684_800_000) * 1000));
    let julian = ColumnMap { unit: Some(EpochUnit::JulianDay), ..stamp.clone() };
    check(&julian, ValueRef::Real(2_451_545.0), &timestamp(43_200_000_000));
    for go in [
        "2000-01-01 01:00:00.1239 +0100 CET",
        "2000-01-01 00:00:00.123 UTC",
        "1999-12-31 21:00:00.123 -0300 -03 m=+0.5",
    ] {
        check(&stamp, ValueRef::Text(go.as_bytes()), &timestamp(123_000));
    }
    for wrong in ["0000-00-00", "2021-02-30 25:61:00", "2024-01-01t00:00:00", "2024-01-01 10:00 ", "12024-01-01", ""] {
        refused(&stamp, ValueRef::Text(wrong.as_bytes()));
    }
    for wrong in ["2024-01-01 10:00:00 CET", "2024-01-01 10:00:00 +0000 utc", "2024-01-01 10:00:00 +0000 UTC m="] {
        refused(&stamp, ValueRef::Text(wrong.as_bytes()));
    }
    refused(&stamp, ValueRef::Integer(0));
    refused(&ColumnMap { unit: None, ..stamp }, ValueRef::Integer(946_684_800_123));
    let date = column(PgType::Date);
    check(&date, ValueRef::Text(b"2000-01-02"), &1_i32.to_be_bytes());
    refused(&date, ValueRef::Text(b"2000-01-02 00:00:01"));
}

#[test]
fn texts_follow_their_rules() {
    let plain = column(PgType::Text);
    refused(&plain, ValueRef::Text(b"a\0b"));
    refused(&plain, ValueRef::Text(b"\xFF"));
    check(&ColumnMap { nul: NulRule::Strip, ..plain.clone() }, ValueRef::Text(b"a\0b"), b"ab");
    check(&ColumnMap { nul: NulRule::Escape, ..plain.clone() }, ValueRef::Text(b"a\0\\"), b"a\\0\\\\");
    let repaired = ColumnMap { utf8: Utf8Rule::Replace, ..plain };
    check(&repaired, ValueRef::Text(b"\xED\xA0\xBD\xED\xB8\x80!"), "\u{1F600}!".as_bytes());
    check(&repaired, ValueRef::Text(b"\xED\xA0\xBDx\xFF"), "\u{FFFD}x\u{FFFD}".as_bytes());
    check(&column(PgType::Char(3)), ValueRef::Text("é".as_bytes()), "é  ".as_bytes());
    refused(&column(PgType::Varchar(2)), ValueRef::Text(b"abc"));
    check(&column(PgType::Jsonb), ValueRef::Text(b" {\"b\":1.0,\"a\":[],\"b\":2}"), b"\x01{\"a\": [], \"b\": 2}");
    refused(&column(PgType::Json), ValueRef::Text(b"{oops}"));
    for beyond in [r#"{"a":"x\u0000"}"#, r#"{"\u0000":1}"#, "[1e400]", r#"["\ud83d"]"#] {
        refused(&column(PgType::Jsonb), ValueRef::Text(beyond.as_bytes()));
        let nulled = ColumnMap { on_invalid: OnInvalid::Null, ..column(PgType::Jsonb) };
        assert_eq!(
            SourceColumn::new(&nulled).put(&ValueRef::Text(beyond.as_bytes()), &mut Vec::new()),
            Ok(SourceValue::Put)
        );
    }
    refused(&column(PgType::Uuid), ValueRef::Text(b"a0eebc999c0b4ef8bb6d6bb9bd380a11"));
}

#[test]
fn null_in_a_column_that_takes_none_follows_the_rule() {
    let not_null = ColumnMap { not_null: true, ..column(PgType::Text) };
    refused(&not_null, ValueRef::Null);
    refused(&ColumnMap { on_invalid: OnInvalid::Null, ..not_null.clone() }, ValueRef::Null);
    let aside = ColumnMap { on_invalid: OnInvalid::Quarantine, ..not_null };
    assert_eq!(SourceColumn::new(&aside).put(&ValueRef::Null, &mut Vec::new()), Ok(SourceValue::Quarantined));
    let nulled = ColumnMap { on_invalid: OnInvalid::Null, ..column(PgType::Integer) };
    let mut out = Vec::new();
    assert_eq!(SourceColumn::new(&nulled).put(&ValueRef::Text(b"abc"), &mut out), Ok(SourceValue::Put));
    assert_eq!(parts(&out), Some((0, Payload::Whole(&[]))));
}

#[test]
fn numbers_are_bytes_by_rule_only() {
    let bytes = column(PgType::Bytea);
    refused(&bytes, ValueRef::Integer(10));
    check(&ColumnMap { numbers_as_bytes: true, ..bytes }, ValueRef::Integer(10), b"10");
}
