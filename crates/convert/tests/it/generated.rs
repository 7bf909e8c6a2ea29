//! Many values of every form: whatever is not refused must load and be what PostgreSQL's own input makes of it.

use autobot_catalog::{EpochUnit, PgType};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use rusqlite::types::Value;

use crate::copied::Copied;

const ROWS: usize = 3_000;

/// Values with what PostgreSQL shall read in their place.
fn rows(strategy: impl Strategy<Value = (String, Value)>) -> Vec<(String, Value)> {
    let mut runner = TestRunner::default();
    (0..ROWS).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn same_text(pattern: &'static str) -> impl Strategy<Value = (String, Value)> {
    pattern.prop_map(|text| (text.clone(), Value::Text(text)))
}

async fn check(
    target: PgType,
    unit: Option<EpochUnit>,
    strategy: impl Strategy<Value = (String, Value)>,
    condition: &str,
) {
    autobot_testkit::skip_without_postgres!();
    let copied = Copied::new().await;
    let sent = copied.copy(&target, unit, &rows(strategy)).await;
    assert!(sent > 100, "{target}: only {sent} were not refused");
    let wrong = copied.wrong(condition).await;
    assert!(wrong.is_empty(), "{target} {unit:?}: {wrong:?}");
}

#[tokio::test]
async fn decimal_texts() {
    let texts = same_text("[+-]?[0-9]{0,12}\\.?[0-9]{0,12}(e[+-]?[0-9]{1,2})?");
    check(PgType::Decimal { limits: None }, None, texts, "v = o::numeric and scale(v) = scale(o::numeric)").await;
    let texts = same_text("[+-]?[0-9]{0,4}\\.?[0-9]{0,3}(e[+-]?[0-3])?");
    check(PgType::Decimal { limits: Some((5, 2)) }, None, texts, "v = o::numeric").await;
}

#[tokio::test]
async fn reals() {
    let reals = || {
        let bits = any::<f64>().prop_filter("SQLite has no NaN", |real| !real.is_nan());
        prop_oneof![bits, (any::<i32>(), 0..9).prop_map(|(n, scale)| f64::from(n) / 10_f64.powi(scale))]
            .prop_map(|real| (format!("{real:e}"), Value::Real(real)))
    };
    check(PgType::Double, None, reals(), "v = o::float8").await;
    check(PgType::Decimal { limits: None }, None, reals(), "v = o::numeric").await;
    check(PgType::Jsonb, None, reals(), "v::numeric = o::numeric").await;
    check(PgType::Text, None, reals(), "v::float8 = o::float8").await;
    let singles = any::<i32>().prop_map(|n| f64::from(n) / 1024.0).prop_map(|n| (n.to_string(), Value::Real(n)));
    check(PgType::Real, None, singles, "v = o::float8::float4").await;
}

#[tokio::test]
async fn dates_written_as_text() {
    let pattern = "(20[0-9]{2}|1[0-9]{3}|0[1-9]00)-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?( ?(Z|[+-]0[0-9](:?[0-5][0-9])?))?";
    let utc = "date_trunc('milliseconds', o::timestamptz at time zone 'UTC')";
    // The session's zone must not matter for what was read; the oracle's text is read as UTC.
    let session = "set_config('TimeZone', 'UTC', false) is not null and";
    check(PgType::Timestamp(3), None, same_text(pattern), &format!("{session} v = {utc}")).await;
    check(PgType::Timestamptz(6), None, same_text(pattern), &format!("{session} v = o::timestamptz")).await;
    check(PgType::Date, None, same_text("[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]"), "v = o::date").await;
    check(PgType::Time(6), None, same_text("[0-2][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,6})?)?"), "v = o::time").await;
}

#[tokio::test]
async fn dates_written_as_numbers() {
    let integers = |range: std::ops::Range<i64>| range.prop_map(|n| (n.to_string(), Value::Integer(n)));
    let epoch = "extract(epoch from v)";
    let ms = || integers(-70_000_000_000_000..250_000_000_000_000);
    check(PgType::Timestamp(3), Some(EpochUnit::Milliseconds), ms(), &format!("{epoch} * 1000 = o::numeric")).await;
    check(PgType::Timestamp(0), Some(EpochUnit::Milliseconds), ms(), &format!("{epoch} = floor(o::numeric / 1000)"))
        .await;
    let ns = integers(-4_000_000_000_000_000_000..8_000_000_000_000_000_000);
    let condition = format!("{epoch} * 1000000 = floor(o::numeric / 1000)");
    check(PgType::Timestamptz(6), Some(EpochUnit::Nanoseconds), ns, &condition).await;
    let seconds = (-5e9..5e9).prop_map(|real: f64| (real.to_string(), Value::Real(real)));
    let condition = format!("{epoch} * 1000 = floor(o::numeric * 1000)");
    check(PgType::Timestamp(3), Some(EpochUnit::Seconds), seconds, &condition).await;
    let days = integers(-700_000..2_000_000);
    check(PgType::Date, Some(EpochUnit::Days), days, "v - date '1970-01-01' = o::int").await;
}

#[tokio::test]
async fn texts_json_and_uuids() {
    check(PgType::Text, None, same_text("\\PC{0,40}"), "v = o").await;
    check(PgType::Jsonb, None, json(), "v = o::jsonb").await;
    check(PgType::Json, None, json(), "v::text = o").await;
    check(PgType::Uuid, None, same_text("[0-9a-fA-F]{8}-([0-9a-f]{4}-){3}[0-9A-F]{12}"), "v = o::uuid").await;
}

fn json() -> impl Strategy<Value = (String, Value)> {
    let leaf = prop_oneof![
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
        "\"([ a-zé😀]|\\\\[\"\\\\/bfnrt]|\\\\u00[2-7][0-9a-fA-F]|\\\\ud83d\\\\ude0[0-9]){0,8}\"",
        "(true|false|null)",
    ];
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" ,"))),
            proptest::collection::vec(("[ab]{0,2}", inner), 0..4).prop_map(|pairs| {
                let pairs: Vec<_> = pairs.iter().map(|(key, value)| format!("\"{key}\" :{value}")).collect();
                format!("{{\n{}}}", pairs.join(","))
            }),
        ]
    });
    tree.prop_map(|text| (text.clone(), Value::Text(text)))
}
