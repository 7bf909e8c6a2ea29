//! A verdict on a form and what becomes of the values must agree.

use autobot_catalog::{EpochUnit, Form, NulRule, PgType, Utf8Rule};
use proptest::prelude::*;
use rusqlite::types::{Value, ValueRef};

use crate::converter::Kind;
use crate::{Changes, Converter, Gauge, Interest, Refusal, Verdict};

/// Values of the kinds that real columns hold, and those next to every border.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        4 => prop_oneof![any::<i64>(), any::<i32>().prop_map(i64::from), any::<i16>().prop_map(i64::from), -2_i64..3,
            (-100_000_i64..100_000).prop_map(|n| n * 86_400_000), Just(1_700_000_000_123), Just(i64::MIN),
            Just(9_007_199_254_740_993)].prop_map(Value::Integer),
        4 => prop_oneof![any::<f64>().prop_filter("SQLite has no NaN", |n| !n.is_nan()), Just(0.0), Just(-0.0), Just(f64::INFINITY),
            any::<i32>().prop_map(f64::from), (any::<i32>(), 0..9).prop_map(|(n, s)| f64::from(n) / 10_f64.powi(s)),
            Just(1_700_000_000.123), Just(2_460_310.5), Just(1e300), Just(3.5e38), Just(9.3e18)].prop_map(Value::Real),
        12 => text().prop_map(Value::Text),
        1 => proptest::collection::vec(any::<u8>(), 0..6).prop_map(Value::Blob),
        1 => "[a-z]{0,5}".prop_map(|text| Value::Blob(text.into_bytes())),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_map(|n| format!("{n:e}")),
        "[+-]?[0-9]{0,6}\\.?[0-9]{0,6}(e[+-]?[0-9]{1,3})?",
        "(true|false|t|f|T|TRUE|yes|0|1|2|)",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        "(20[0-9]{2}|0000|1969)-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,9})?)?( ?(Z|[+-][0-2][0-9](:?[0-6][0-9])?))?",
        "20[0-9]{2}-01-01 00:00:00(\\.0{1,9})?Z?",
        "[+-][0-9]{6}-[01][0-9]-[0-3][0-9](T00:00:00Z)?",
        "[0-2][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,9})?)?",
        "[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "(\\[\\]|\\{\"a\":1,\"[ab]\":2\\}|\"\\\\u0000\"|\"\\\\ud83d\"|1e[0-9]{1,5}|null|\\[1,)",
        "(red|green|blue)",
        "\\PC{0,30}",
        Just("a\0b".to_owned()),
        Just("a\\b".to_owned()),
    ]
}

/// Values that Rust's own strings cannot hold.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        Just(b"x\xed\xa0\xbd\xed\xb8\x80".to_vec()),
        Just(b"x\xed\xa0\xbd\0".to_vec()),
        Just(b"\xff\0".to_vec()),
    ]
}

fn types() -> Vec<PgType> {
    let labels = ["red", "green", "", "12"].map(str::to_owned).to_vec();
    let mut types = vec![
        PgType::Boolean,
        PgType::SmallInt,
        PgType::Integer,
        PgType::BigInt,
        PgType::Real,
        PgType::Double,
        PgType::Text,
        PgType::Citext,
        PgType::Varchar(3),
        PgType::Varchar(30),
        PgType::Char(5),
        PgType::Bytea,
        PgType::Date,
        PgType::Json,
        PgType::Jsonb,
        PgType::Uuid,
        PgType::Enum { name: autobot_catalog_name("color"), labels },
    ];
    for limits in [None, Some((5, 2)), Some((65, 30)), Some((3, 3))] {
        types.push(PgType::Decimal { limits });
    }
    for digits in [0, 3, 6] {
        types.extend([PgType::Time(digits), PgType::Timestamp(digits), PgType::Timestamptz(digits)]);
    }
    types
}

fn autobot_catalog_name(text: &str) -> autobot_db::Name {
    autobot_db::Name::new(text).unwrap()
}

fn units() -> Vec<Option<EpochUnit>> {
    vec![
        None,
        Some(EpochUnit::Seconds),
        Some(EpochUnit::Milliseconds),
        Some(EpochUnit::Microseconds),
        Some(EpochUnit::Nanoseconds),
        Some(EpochUnit::JulianDay),
        Some(EpochUnit::AppleSeconds),
        Some(EpochUnit::WebkitMicroseconds),
        Some(EpochUnit::Days),
    ]
}

/// Every type with every unit where units matter, and with every rule where rules matter.
fn converters() -> Vec<(PgType, Converter)> {
    let mut all = Vec::new();
    for target in types() {
        let dates = matches!(target, PgType::Date | PgType::Timestamp(_) | PgType::Timestamptz(_));
        for unit in if dates { units() } else { vec![None] } {
            for nul in [NulRule::Invalid, NulRule::Strip, NulRule::Escape] {
                for utf8 in [Utf8Rule::Invalid, Utf8Rule::Replace] {
                    let kind = Kind::new(&target, unit, nul, utf8);
                    if matches!(kind, Kind::Text(_)) || (nul, utf8) == (NulRule::Invalid, Utf8Rule::Invalid) {
                        all.push((target.clone(), Converter { kind, not_null: false }));
                    }
                }
            }
        }
    }
    all
}

/// Verdicts on characters may err towards refusal where rules of the owner change how many there are.
fn may_err(converter: &Converter) -> bool {
    matches!(&converter.kind, Kind::Text(rules)
        if rules.characters_max.is_some() && (rules.nul, rules.utf8) != (NulRule::Invalid, Utf8Rule::Invalid))
}

fn encode(converter: &Converter, value: ValueRef<'_>) -> Result<Changes, Refusal> {
    let mut out = vec![7];
    let encoded = converter.encode(value, &mut out);
    match encoded {
        Ok(_) => assert!(out.len() >= 5),
        Err(_) => assert_eq!(out, [7], "a refusal leaves nothing behind"),
    }
    encoded
}

fn check_one(value: ValueRef<'_>) {
    for (target, converter) in converters() {
        let mut gauge = Gauge::new(Interest::of_type(&target));
        let form = gauge.note(value);
        let verdict = converter.admits(form, &gauge.evidence());
        let encoded = encode(&converter, value);
        let agree = match (verdict, encoded) {
            (Verdict::Exact, Ok(changes)) => changes.is_empty(),
            (Verdict::Warned(possible), Ok(changes)) => possible.contains_all(changes),
            (Verdict::Refused(_), Err(_)) => true,
            (Verdict::Refused(_), Ok(_)) => may_err(&converter),
            (_, Err(_)) => false,
        };
        assert!(agree, "{value:?} as {converter:?}: form {form:?}, verdict {verdict:?}, encoded {encoded:?}");
    }
}

fn check_column(values: &[ValueRef<'_>]) {
    for (target, converter) in converters() {
        let mut gauge = Gauge::new(Interest::of_type(&target));
        let mut halves = [gauge.clone(), gauge.clone()];
        for (number, value) in values.iter().enumerate() {
            gauge.note(*value);
            halves[number % 2].note(*value);
        }
        let [mut merged, half] = halves;
        merged.merge(&half);
        let evidence = gauge.evidence();
        assert_eq!(merged.evidence(), evidence);
        let verdicts: Vec<Verdict> = evidence.forms.keys().map(|form| converter.admits(*form, &evidence)).collect();
        let green = !verdicts.iter().any(|verdict| matches!(verdict, Verdict::Refused(_)));
        let possible = verdicts.iter().fold(Changes::NONE, |all, verdict| match verdict {
            Verdict::Warned(changes) => all.union(*changes),
            _ => all,
        });
        let encoded: Vec<_> = values.iter().map(|value| encode(&converter, *value)).collect();
        let loads = encoded.iter().all(Result::is_ok);
        let context = || format!("{values:?} as {converter:?}: {evidence:?} {verdicts:?} {encoded:?}");
        assert!(green == loads || (!green && may_err(&converter)), "{}", context());
        if green {
            assert!(encoded.iter().flatten().all(|changes| possible.contains_all(*changes)), "{}", context());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_on_one_value_is_what_becomes_of_it(value in value()) {
        check_one(ValueRef::from(&value));
    }

    #[test]
    fn a_verdict_on_odd_text_is_what_becomes_of_it(text in bytes()) {
        check_one(ValueRef::Text(&text));
        check_one(ValueRef::Blob(&text));
    }

    #[test]
    fn a_green_column_loads_and_a_red_one_does_not(values in proptest::collection::vec(value(), 1..6)) {
        check_column(&values.iter().map(ValueRef::from).collect::<Vec<_>>());
    }

    #[test]
    fn columns_of_one_kind(values in prop_oneof![
        proptest::collection::vec(text().prop_map(Value::Text), 2..5),
        proptest::collection::vec((1_000_i64..100_000).prop_map(|n| Value::Integer(n * 86_400_000)), 2..5),
        proptest::collection::vec((-1e9..1e10).prop_map(Value::Real), 2..5),
        proptest::collection::vec("20[0-9]{2}-0[1-9]-[0-2][1-8]( [01][0-9]:00:00(\\.[0-9]{3})?Z?)?".prop_map(Value::Text), 2..5),
        proptest::collection::vec("-?[1-9][0-9]{0,3}(\\.[0-9]{1,3})?".prop_map(Value::Text), 2..5),
    ]) {
        check_column(&values.iter().map(ValueRef::from).collect::<Vec<_>>());
    }
}

#[test]
fn null_is_refused_only_where_it_must_not_be() {
    let mut converter = Converter::for_type(&PgType::Text, None);
    assert_eq!(converter.admits(Form::Null, &Gauge::new(Interest::NONE).evidence()), Verdict::Exact);
    converter.not_null = true;
    assert!(matches!(converter.admits(Form::Null, &Gauge::new(Interest::NONE).evidence()), Verdict::Refused(_)));
    assert!(encode(&converter, ValueRef::Null).is_err());
}
