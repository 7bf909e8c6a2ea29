//! When a stored value of SQLite and a value of a PostgreSQL type are the same: both as one text. Shares nothing with the
//! converters and the comparison of the product.

use std::fmt::Write as _;

use crate::moment;
use crate::values::Value;

/// What PostgreSQL gives a column as, so that its text says everything.
pub fn selected(column: &str, pg_type: &str) -> String {
    match base(pg_type) {
        "time" => format!("trunc(extract(epoch from {column}) * 1000000)::text"),
        // Beyond 2^63 microseconds after 1970 PostgreSQL itself rounds: such a moment is told from an earlier day.
        "timestamp" | "timestamptz" => format!(
            "(case when {column} > '200000-01-01' then trunc(extract(epoch from {column} - interval '100000 days') * 1000000) \
             + 8640000000000000 else trunc(extract(epoch from {column}) * 1000000) end)::text"
        ),
        "date" => format!("({column} - date '1970-01-01')::text"),
        _ => format!("{column}::text"),
    }
}

/// The type without its numbers.
pub fn base(pg_type: &str) -> &str {
    if pg_type.ends_with("with time zone") {
        return "timestamptz";
    }
    pg_type.split(['(', ' ']).next().unwrap_or(pg_type)
}

/// A value of PostgreSQL.
pub fn of_target(text: &str, pg_type: &str) -> String {
    match base(pg_type) {
        "double" | "real" => text.parse::<f64>().map_or_else(|_| format!("not a real: {text}"), real),
        "numeric" => decimal(text).unwrap_or_else(|| text.to_owned()),
        "timestamp" | "timestamptz" | "date" | "time" => text.split('.').next().unwrap_or(text).to_owned(),
        "character" => text.trim_end_matches(' ').to_owned(),
        _ => text.to_owned(),
    }
}

/// A value of SQLite as one of this type: none where no value of the type equals it. Numbers in date columns count `unit`.
pub fn of_source(value: &Value, pg_type: &str, unit: Option<moment::Unit>) -> Option<String> {
    match (value, base(pg_type)) {
        (Value::Null, _) => None,
        (value, "bigint" | "integer" | "smallint") => whole(value).map(|number| number.to_string()),
        (value, "double" | "real") => double(value).map(real),
        (Value::Integer(number), "numeric") => decimal(&number.to_string()),
        (Value::Real(number), "numeric") => decimal(&format!("{number:e}")),
        (Value::Text(text), "numeric") => decimal(std::str::from_utf8(text).ok()?),
        (value, "boolean") => truth(value).map(str::to_owned),
        (Value::Blob(bytes) | Value::Text(bytes), "bytea") => Some(hex(bytes)),
        // By rule only.
        (Value::Integer(number), "bytea") => Some(hex(number.to_string().as_bytes())),
        (Value::Real(number), "bytea") => Some(hex(real_as_text(*number).as_bytes())),
        (value, "timestamp" | "timestamptz") => moment::micros(value, unit).map(|micros| micros.to_string()),
        (value, "date") => {
            let micros = moment::micros(value, unit)?;
            (micros % moment::DAY == 0).then(|| (micros / moment::DAY).to_string())
        }
        (Value::Text(text), "time") => {
            moment::time_of_day(std::str::from_utf8(text).ok()?).map(|micros| micros.to_string())
        }
        (Value::Text(text), "uuid") => Some(std::str::from_utf8(text).ok()?.to_ascii_lowercase()),
        // A column of numeric affinity makes a number of a text that is one.
        (Value::Integer(number), "json" | "jsonb" | "text" | "character" | "citext") => Some(number.to_string()),
        (Value::Real(number), "json" | "jsonb") => Some(format!("{number:?}")),
        (Value::Text(text), "json" | "jsonb") => String::from_utf8(text.clone()).ok(),
        (Value::Text(text) | Value::Blob(text), "text" | "character" | "citext") => {
            String::from_utf8(text.clone()).ok()
        }
        (Value::Real(number), "text" | "character" | "citext") => Some(real_as_text(*number)),
        _ => None,
    }
}

/// True where the value changes its class or spelling on the way, which must be said.
pub fn must_be_said(value: &Value, pg_type: &str) -> bool {
    match (value, base(pg_type)) {
        (Value::Integer(_) | Value::Real(_) | Value::Blob(_), "text" | "character" | "citext")
        | (Value::Integer(_) | Value::Real(_), "bytea")
        | (Value::Real(_), "numeric") => true,
        (Value::Real(number), "bigint" | "integer" | "smallint") => *number == 0.0 && number.is_sign_negative(),
        (Value::Text(text), "timestamp" | "timestamptz") => {
            let text = String::from_utf8_lossy(text);
            !text.ends_with('Z') && !text.get(10..).is_some_and(|rest| rest.contains(['+', '-']))
        }
        (Value::Text(text), "numeric") => {
            String::from_utf8_lossy(text).parse::<i64>().map_or(true, |number| number.to_string().as_bytes() != text)
        }
        (Value::Text(text), "uuid") => text.iter().any(u8::is_ascii_uppercase),
        _ => false,
    }
}

/// The first number beyond 64 bits.
const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Real(number) if number.fract() == 0.0 && (-TWO_POW_63..TWO_POW_63).contains(number) =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 64 bits")]
            Some(*number as i64)
        }
        Value::Text(text) => {
            let text = std::str::from_utf8(text).ok()?;
            text.parse::<i64>().ok().filter(|number| number.to_string() == text)
        }
        _ => None,
    }
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(*number),
        value => {
            let number = whole(value)?;
            #[expect(clippy::cast_precision_loss, reason = "the loss is looked for")]
            let nearest = number as f64;
            (format!("{nearest:.0}") == number.to_string()).then_some(nearest)
        }
    }
}

fn truth(value: &Value) -> Option<&'static str> {
    let text = match value {
        Value::Integer(0) => "0".to_owned(),
        Value::Integer(1) => "1".to_owned(),
        Value::Text(text) => String::from_utf8(text.clone()).ok()?.to_ascii_lowercase(),
        _ => return None,
    };
    match text.as_str() {
        "1" | "t" | "true" => Some("true"),
        "0" | "f" | "false" => Some("false"),
        _ => None,
    }
}

/// Every bit of it.
fn real(number: f64) -> String {
    format!("{number:?} {:016x}", number.to_bits())
}

/// As SQLite casts it where that gives the number back, else with as many digits as that takes.
fn real_as_text(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    if number == 0.0 {
        return if number.is_sign_negative() { "-0.0" } else { "0.0" }.to_owned();
    }
    let written = format!("{number:e}");
    let (mantissa, exponent) = written.split_once('e').unwrap();
    let exponent: i32 = exponent.parse().unwrap();
    if (-4..15).contains(&exponent) {
        let plain = format!("{number}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    let mantissa = if mantissa.contains('.') { mantissa.to_owned() } else { format!("{mantissa}.0") };
    format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("\\x".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A decimal number as digits without zeros at either end, and an exponent.
fn decimal(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (if text.starts_with('-') { "-" } else { "" }, rest),
        None => ("", text),
    };
    let (number, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (before, after) = number.split_once('.').unwrap_or((number, ""));
    let mut exponent: i64 = exponent.parse().ok()?;
    let mut digits = format!("{before}{after}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    exponent -= i64::try_from(after.len()).ok()?;
    while digits.ends_with('0') {
        digits.pop();
        exponent += 1;
    }
    let digits = digits.trim_start_matches('0');
    Some(if digits.is_empty() { "0".to_owned() } else { format!("{sign}{digits}e{exponent}") })
}
