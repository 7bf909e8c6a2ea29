//! Defaults.

use autobot_catalog::{Affinity, ColumnMap, PgType};
use autobot_convert::Converter;
use autobot_db::quote_literal;
use rusqlite::types::ValueRef;

use super::assign::assigned;
use super::expr::translate;
use super::literal::as_integer;
use super::scope::Scope;
use super::text_order::TextOrder;
use super::why::Why;
use crate::decide::ColumnDraft;
use crate::syntax::{Expr, parse_expr};

/// A value that a default is.
enum Stored {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// A literal as the value of a column, NULL as none; none for another expression, a column's name among them.
pub(super) fn constant_of(expr: &Expr, column: &ColumnDraft<'_>) -> Option<Result<Option<String>, Why>> {
    let stored = literal(expr).filter(|_| !matches!(expr, Expr::Column { .. }))?;
    Some(constant(&with_affinity(stored, column.source.affinity), &column.map))
}

/// The default of a column as PostgreSQL's expression; none for NULL.
pub(crate) fn default(text: &str, column: &ColumnDraft<'_>, text_order: TextOrder) -> Result<Option<String>, Why> {
    let expr = parse_expr(text).map_err(|error| Why(error.to_string()))?;
    if let Some(stored) = literal(&expr) {
        return constant(&with_affinity(stored, column.source.affinity), &column.map);
    }
    let value = translate(&expr, &Scope::of_default(text_order))?;
    assigned(value, column).map(Some)
}

fn literal(expr: &Expr) -> Option<Stored> {
    Some(match expr {
        Expr::Null => Stored::Null,
        Expr::Truth(value) => Stored::Integer(i64::from(*value)),
        Expr::Number(text) => number(text)?,
        Expr::Unary(crate::syntax::Unary::Plus, inner) => return literal(inner),
        Expr::Text(text) => Stored::Text(text.clone()),
        // A bare or double-quoted name as a default is a string.
        Expr::Column { table: None, name, .. } => Stored::Text(name.clone()),
        Expr::Blob(digits) => Stored::Blob(bytes(digits)),
        _ => return None,
    })
}

fn number(text: &str) -> Option<Stored> {
    let typed = super::literal::number(text).ok()?;
    match typed.literal? {
        super::typed::Literal::Int(value) => Some(Stored::Integer(value)),
        _ => text.parse().ok().map(Stored::Real),
    }
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

/// What SQLite stores when it fills the default in.
fn with_affinity(stored: Stored, affinity: Affinity) -> Stored {
    match (stored, affinity) {
        (Stored::Text(text), Affinity::Integer | Affinity::Numeric | Affinity::Real) => {
            let real = || text.parse::<f64>().ok().filter(|value| value.is_finite());
            match (as_integer(&text), real()) {
                (Some(value), _) => Stored::Integer(value),
                (None, Some(value)) if text.bytes().all(|byte| byte.is_ascii_digit() || b".-+eE".contains(&byte)) => {
                    Stored::Real(value)
                }
                _ => Stored::Text(text),
            }
        }
        (Stored::Integer(value), Affinity::Text) => Stored::Text(value.to_string()),
        (stored, _) => stored,
    }
}

/// A stored value as a literal of the column's type: converted as every row is, then written as SQL.
fn constant(stored: &Stored, column: &ColumnMap) -> Result<Option<String>, Why> {
    let value = match stored {
        Stored::Null => return Ok(None),
        Stored::Integer(value) => ValueRef::Integer(*value),
        Stored::Real(value) => ValueRef::Real(*value),
        Stored::Text(value) => ValueRef::Text(value.as_bytes()),
        Stored::Blob(value) => ValueRef::Blob(value),
    };
    let mut field = Vec::new();
    let encoded = Converter::for_column(column).encode(value, &mut field);
    encoded.map_err(|refusal| Why(format!("it is {refusal} ({})", column.target_type)))?;
    let unknown = || Why(format!("a literal of {} is not written here", column.target_type));
    let payload = field.get(4..).ok_or_else(unknown)?;
    written(payload, stored, &column.target_type).map(Some).ok_or_else(unknown)
}

/// The binary form of a value as a literal.
fn written(payload: &[u8], stored: &Stored, target: &PgType) -> Option<String> {
    let big = || payload.try_into().ok().map(i64::from_be_bytes);
    Some(match target {
        PgType::Boolean => if payload == [1] { "true" } else { "false" }.to_owned(),
        PgType::SmallInt => i16::from_be_bytes(payload.try_into().ok()?).to_string(),
        PgType::Integer => i32::from_be_bytes(payload.try_into().ok()?).to_string(),
        PgType::BigInt => big()?.to_string(),
        PgType::Double => real(f64::from_be_bytes(payload.try_into().ok()?)),
        PgType::Decimal { .. } => match stored {
            Stored::Integer(value) => value.to_string(),
            Stored::Real(value) => real(*value),
            Stored::Text(text) => quote_literal(text),
            Stored::Null | Stored::Blob(_) => return None,
        },
        PgType::Bytea => format!("'\\x{}'::bytea", hex(payload)),
        PgType::Text | PgType::Varchar(_) | PgType::Char(_) | PgType::Citext | PgType::Json | PgType::Enum { .. } => {
            quote_literal(std::str::from_utf8(payload).ok()?)
        }
        // The first byte of JSONB is the version of its binary form.
        PgType::Jsonb => quote_literal(std::str::from_utf8(payload.get(1..)?).ok()?),
        PgType::Date => format!("'2000-01-01'::date + ({})", i32::from_be_bytes(payload.try_into().ok()?)),
        PgType::Timestamp(_) | PgType::Timestamptz(_) => instant(big()?, matches!(target, PgType::Timestamptz(_))),
        PgType::Time(_) => format!("TIME '00:00' + interval '{} microseconds'", big()?),
        PgType::Uuid => format!("'{}'::uuid", hex(payload)),
        PgType::Real => return None,
    })
}

fn real(value: f64) -> String {
    if value.is_infinite() {
        let sign = if value < 0.0 { "-" } else { "" };
        return format!("'{sign}Infinity'::double precision");
    }
    format!("{value:?}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Microseconds since 2000 as a timestamp in UTC.
fn instant(micros: i64, zoned: bool) -> String {
    let (kind, zone) = if zoned { ("TIMESTAMPTZ", "+00") } else { ("TIMESTAMP", "") };
    let day = micros.div_euclid(86_400_000_000);
    let in_day = micros.rem_euclid(86_400_000_000);
    let (year, month, date) = civil(day);
    let (seconds, fraction) = (in_day / 1_000_000, in_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (year, era) = if year > 0 { (year, "") } else { (1 - year, " BC") };
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:06}") };
    format!("{kind} '{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}:{second:02}{fraction}{zone}{era}'")
}

/// The date of a day counted from 2000-01-01 in the Gregorian calendar.
fn civil(day: i64) -> (i64, i64, i64) {
    // Days are counted from 0000-03-01, in eras of 400 years.
    let day = day + 730_425;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, date)
}
