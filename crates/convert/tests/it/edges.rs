//! Single values, as PostgreSQL shows them.

use autobot_catalog::{EpochUnit, PgType};
use rusqlite::types::Value;

use crate::copied::Copied;

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

#[tokio::test]
async fn values_arrive_as_they_should() {
    autobot_testkit::skip_without_postgres!();
    let copied = Copied::new().await;
    let decimal = |limits| PgType::Decimal { limits };
    let ms = Some(EpochUnit::Milliseconds);
    let checks = [
        (PgType::Boolean, None, text("T"), "true"),
        (PgType::Boolean, None, Value::Integer(0), "false"),
        (PgType::SmallInt, None, Value::Integer(-32_768), "-32768"),
        (PgType::Integer, None, Value::Real(2e9), "2000000000"),
        (PgType::BigInt, None, Value::Integer(i64::MIN), "-9223372036854775808"),
        (PgType::BigInt, None, text("9223372036854775807"), "9223372036854775807"),
        (PgType::Double, None, Value::Real(-0.0), "-0"),
        (PgType::Double, None, Value::Real(f64::NEG_INFINITY), "-Infinity"),
        (PgType::Double, None, Value::Real(0.1 + 0.2), "0.30000000000000004"),
        (PgType::Real, None, Value::Real(0.1), "0.1"),
        (decimal(None), None, text("-0010.100"), "-10.100"),
        (decimal(None), None, text("1.10e1"), "11.0"),
        (decimal(None), None, text("12345678901234567890.123456789"), "12345678901234567890.123456789"),
        (decimal(None), None, text("0.00001234"), "0.00001234"),
        (decimal(None), None, text("1e5"), "100000"),
        (decimal(None), None, text("0.00"), "0.00"),
        (decimal(None), None, Value::Real(1e23), "100000000000000000000000"),
        (decimal(None), None, Value::Real(1.1), "1.1"),
        (decimal(None), None, Value::Integer(i64::MIN), "-9223372036854775808"),
        (decimal(Some((65, 30))), None, Value::Real(1.1), "1.100000000000000000000000000000"),
        (decimal(Some((5, 2))), None, text("123.4500"), "123.45"),
        (PgType::Text, None, text("\\N\t\r\n\\."), "\\N\t\r\n\\."),
        (PgType::Citext, None, text("É"), "É"),
        (PgType::Char(3), None, text("a"), "a"),
        (PgType::Varchar(2), None, text("éé"), "éé"),
        (PgType::Bytea, None, Value::Blob(vec![0, 255]), "\\x00ff"),
        (PgType::Bytea, None, text("a\0"), "\\x6100"),
        (PgType::Date, None, text("2024-02-29"), "2024-02-29"),
        (PgType::Date, ms, Value::Integer(-86_400_000), "1969-12-31"),
        (PgType::Date, None, text("-004712-01-01"), "4713-01-01 BC"),
        (PgType::Time(3), None, text("23:59:59.9999"), "23:59:59.999"),
        (PgType::Timestamp(3), ms, Value::Integer(1_627_303_906_122), "2021-07-26 12:51:46.122"),
        (PgType::Timestamp(3), ms, Value::Integer(-1), "1969-12-31 23:59:59.999"),
        (PgType::Timestamp(3), None, text("2024-02-29T23:59:59.999999+00:00"), "2024-02-29 23:59:59.999"),
        (PgType::Timestamp(0), None, text("1969-12-31 23:59:59.9"), "1969-12-31 23:59:59"),
        (PgType::Timestamp(6), None, text("0001-01-01T00:00:00+14:00"), "0001-12-31 10:00:00 BC"),
        (PgType::Timestamp(3), None, text("+275760-09-13T00:00:00.000Z"), "275760-09-13 00:00:00"),
        (PgType::Timestamp(6), Some(EpochUnit::Seconds), Value::Real(1_700_000_000.123), "2023-11-14 22:13:20.123"),
        (PgType::Timestamp(3), Some(EpochUnit::JulianDay), Value::Real(2_460_310.5), "2024-01-01 00:00:00"),
        (PgType::Timestamp(6), Some(EpochUnit::AppleSeconds), Value::Integer(2), "2001-01-01 00:00:02"),
        (
            PgType::Timestamp(6),
            Some(EpochUnit::WebkitMicroseconds),
            Value::Integer(13_344_473_600_123_456),
            "2023-11-14 22:13:20.123456",
        ),
        (PgType::Json, None, text("{ \"b\":1, \"a\":1e400 }"), "{ \"b\":1, \"a\":1e400 }"),
        (PgType::Json, None, text("\"\\u0000\\ud83d\""), "\"\\u0000\\ud83d\""),
        (PgType::Jsonb, None, text("{\"b\":1,\"a\":2,\"b\":3}"), "{\"a\": 2, \"b\": 3}"),
        (PgType::Jsonb, None, Value::Real(1e-7), "0.0000001"),
        (PgType::Jsonb, None, Value::Integer(5), "5"),
        (PgType::Uuid, None, text("D41D8CD9-8F00-B204-E980-0998ECF8427E"), "d41d8cd9-8f00-b204-e980-0998ecf8427e"),
    ];
    for (target, unit, value, expected) in checks {
        let shown = copied.one(&target, unit, value.clone()).await;
        assert_eq!(shown.as_deref(), Some(expected), "{target} {unit:?} {value:?}");
    }
    assert_eq!(copied.one(&PgType::Integer, None, Value::Null).await, None);
}

#[tokio::test]
async fn the_largest_values_load() {
    autobot_testkit::skip_without_postgres!();
    let copied = Copied::new().await;
    let nested = "[".repeat(1_000) + &"]".repeat(1_000);
    let objects = "{\"a\":".repeat(1_000) + "1" + &"}".repeat(1_000);
    for (target, value) in [
        (PgType::Jsonb, nested.clone()),
        (PgType::Json, nested),
        (PgType::Jsonb, objects),
        (PgType::Jsonb, "1e-16383".to_owned()),
        (PgType::Jsonb, "[1.7976931348623157e308]".to_owned()),
        (PgType::Decimal { limits: None }, "9".repeat(131_072)),
        (PgType::Decimal { limits: None }, "1e131071".to_owned()),
        (PgType::Decimal { limits: None }, format!("{}.{}", "8".repeat(131_072), "7".repeat(16_383))),
        (PgType::Decimal { limits: None }, "1e-16383".to_owned()),
        (PgType::Text, "x".repeat(20_000_000)),
    ] {
        let condition = match target {
            PgType::Json | PgType::Text => "v::text = o",
            PgType::Jsonb => "v = o::jsonb",
            _ => "v = o::numeric",
        };
        assert_eq!(copied.copy(&target, None, &[(value.clone(), Value::Text(value))]).await, 1);
        assert!(copied.wrong(condition).await.is_empty());
    }
}

#[tokio::test]
async fn the_ends_of_every_range_load() {
    autobot_testkit::skip_without_postgres!();
    let copied = Copied::new().await;
    let micros = Some(EpochUnit::Milliseconds);
    for number in [-210_866_803_200_000_i64, 9_224_318_015_999_999] {
        let rows = [(number.to_string(), Value::Integer(number))];
        for target in [PgType::Timestamp(6), PgType::Timestamptz(3)] {
            assert_eq!(copied.copy(&target, micros, &rows).await, 1);
            assert!(copied.wrong("extract(epoch from v) * 1000 = o::numeric").await.is_empty());
        }
        let outside = number + number.signum();
        assert_eq!(copied.copy(&PgType::Timestamp(3), micros, &[(String::new(), Value::Integer(outside))]).await, 0);
    }
}
