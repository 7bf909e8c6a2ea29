//! Defaults in SQL.

use super::column::SqlDefault;
use super::{date_time, decimal, quote};
use crate::error::Error;
use crate::schema::{Arity, DefaultValue, Enum, Field, Model, Scalar};

/// The default of a scalar field's column, if the database has one.
pub(super) fn of_scalar(model: &Model, field: &Field, scalar: Scalar) -> Result<Option<SqlDefault>, Error> {
    let Some(default) = &field.default else { return Ok(None) };
    match default {
        DefaultValue::Autoincrement if matches!(scalar, Scalar::Int | Scalar::BigInt) => Ok(None),
        DefaultValue::Now if scalar == Scalar::DateTime => Ok(Some(expression("CURRENT_TIMESTAMP"))),
        DefaultValue::DbGenerated(sql) => Ok(sql.as_deref().map(expression)),
        DefaultValue::Client(_) => Ok(None),
        DefaultValue::List(items) if field.arity == Arity::List => {
            let items =
                items.iter().map(|item| constant(item, scalar).ok_or_else(|| unfit(model, field, scalar.name())));
            Ok(Some(SqlDefault::Array(items.collect::<Result<_, _>>()?)))
        }
        value if field.arity != Arity::List => {
            let sql = constant(value, scalar).ok_or_else(|| unfit(model, field, scalar.name()))?;
            Ok(Some(SqlDefault::Expression(sql)))
        }
        _ => Err(unfit(model, field, scalar.name())),
    }
}

/// The default of an enum field's column.
pub(super) fn of_enum(model: &Model, field: &Field, values: &Enum) -> Result<Option<SqlDefault>, Error> {
    let value = |item: &DefaultValue| match item {
        DefaultValue::Name(name) => values.values.iter().find(|v| v.name == *name).map(|v| quote::literal(&v.db_name)),
        _ => None,
    };
    match &field.default {
        None => Ok(None),
        Some(DefaultValue::DbGenerated(sql)) => Ok(sql.as_deref().map(expression)),
        Some(DefaultValue::List(items)) if field.arity == Arity::List => {
            let items = items.iter().map(|item| value(item).ok_or_else(|| unfit(model, field, &values.name)));
            Ok(Some(SqlDefault::Array(items.collect::<Result<_, _>>()?)))
        }
        Some(item) if field.arity != Arity::List => {
            Ok(Some(SqlDefault::Expression(value(item).ok_or_else(|| unfit(model, field, &values.name))?)))
        }
        Some(_) => Err(unfit(model, field, &values.name)),
    }
}

/// The default of an unsupported type, which can only be SQL.
pub(super) fn of_unsupported(field: &Field) -> Option<SqlDefault> {
    match &field.default {
        Some(DefaultValue::DbGenerated(Some(sql))) => Some(expression(sql)),
        _ => None,
    }
}

fn expression(sql: &str) -> SqlDefault {
    SqlDefault::Expression(sql.to_owned())
}

fn constant(value: &DefaultValue, scalar: Scalar) -> Option<String> {
    match (scalar, value) {
        (Scalar::Int | Scalar::BigInt, DefaultValue::Number(number)) => {
            number.parse::<i64>().ok().map(|n| n.to_string())
        }
        (Scalar::Float, DefaultValue::Number(number))
        | (Scalar::Decimal, DefaultValue::Number(number) | DefaultValue::Text(number)) => decimal::plain(number),
        (Scalar::String | Scalar::Json, DefaultValue::Text(text)) => Some(quote::literal(text)),
        (Scalar::Boolean, DefaultValue::Name(name)) if name == "true" || name == "false" => Some(name.clone()),
        (Scalar::DateTime, DefaultValue::Text(text)) => date_time::printed(text).map(|t| quote::literal(&t)),
        (Scalar::Bytes, DefaultValue::Text(text)) => bytes(text),
        _ => None,
    }
}

/// Base64 as `'\x…'`.
fn bytes(text: &str) -> Option<String> {
    let stripped = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut out = String::from("'\\x");
    let (mut buffer, mut bits) = (0u32, 0u32);
    for byte in stripped.bytes() {
        buffer = buffer << 6 | sextet(byte)?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.extend([4, 0].map(|shift| hex_digit(buffer >> (bits + shift) & 0xf)));
        }
    }
    out.push('\'');
    Some(out)
}

fn hex_digit(nibble: u32) -> char {
    char::from_digit(nibble, 16).unwrap_or('0')
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

fn unfit(model: &Model, field: &Field, type_name: &str) -> Error {
    Error::Default {
        at: field.at.clone(),
        field: format!("{}.{}", model.name, field.name),
        message: format!("is not a value of {type_name}"),
    }
}
