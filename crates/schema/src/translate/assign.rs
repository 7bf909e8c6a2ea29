//! Values put into a column or cast to a type.

use autobot_catalog::{Affinity, ColumnMap, EpochUnit, PgType};

use super::now::UTC;
use super::typed::{Kind, Now, Typed};
use super::why::Why;
use crate::decide::ColumnDraft;
use crate::introspect::affinity;

/// An expression as the value of a column: SQLite's affinity and PostgreSQL's assignment come to the same.
pub(super) fn assigned(value: Typed<'_>, column: &ColumnDraft<'_>) -> Result<String, Why> {
    let (target, affinity) = (&column.map.target_type, column.source.affinity);
    if let Some(now) = value.now.and_then(|now| now_as(now, &column.map)) {
        return Ok(now);
    }
    let value = match (&value.kind, target) {
        (Kind::Text | Kind::Int, PgType::Text | PgType::Varchar(_)) | (Kind::Double, PgType::Double) => {
            given_back(value, affinity)?
        }
        _ => value,
    };
    match (&value.kind, target) {
        (Kind::Null, _)
        | (Kind::Text, PgType::Text | PgType::Varchar(_))
        | (Kind::Bytes, PgType::Bytea)
        | (Kind::Bool, PgType::Boolean)
        | (Kind::Int, PgType::BigInt | PgType::Integer | PgType::SmallInt | PgType::Decimal { .. } | PgType::Double)
        | (Kind::Decimal, PgType::Decimal { .. })
        | (Kind::Double, PgType::Double) => Ok(value.sql),
        (Kind::Bool, PgType::BigInt | PgType::Integer | PgType::SmallInt) => Ok(format!("({})::int", value.sql)),
        (Kind::Int, PgType::Text | PgType::Varchar(_)) => Ok(format!("{}::text", value.operand())),
        (Kind::Text, PgType::BigInt | PgType::Integer | PgType::SmallInt) => {
            value.integer_sql.ok_or_else(|| Why::not_equal("a text in an integer column"))
        }
        (kind, _) => Err(Why(format!("a value of kind {kind:?} does not become {target} by itself").to_lowercase())),
    }
}

/// A value as a column of that affinity gives it back, when its type is still the same.
pub(super) fn given_back(value: Typed<'_>, affinity: Affinity) -> Result<Typed<'_>, Why> {
    if is_rewritten(&value, affinity) {
        return Err(Why("the declared type of its column may make another value of it".to_owned()));
    }
    let numeric = |affinity| matches!(affinity, Affinity::Real | Affinity::Numeric | Affinity::Integer);
    let as_it_is = value.literal.is_some() || value.affinity() == Some(Affinity::Real);
    if value.kind != Kind::Double || !numeric(affinity) || as_it_is {
        return Ok(value);
    }
    // SQLite keeps 0 for -0.0.
    Ok(Typed { bounds: value.bounds, ..Typed::new(format!("{} + 0", value.operand()), Kind::Double) })
}

/// True when the affinity of a column may make of a value another one that is another text: a number of a text, 1.0 of 1.
fn is_rewritten(value: &Typed<'_>, affinity: Affinity) -> bool {
    match value.kind {
        Kind::Text => {
            let is_moment = matches!(value.now, Some(Now::Instant | Now::Date | Now::Time));
            !matches!(affinity, Affinity::Text | Affinity::Blob) && !is_moment
        }
        Kind::Int => affinity == Affinity::Real,
        _ => false,
    }
}

/// "Now" in a column that holds dates.
fn now_as(now: Now, column: &ColumnMap) -> Option<String> {
    let in_unit = match now {
        Now::Seconds => column.unit == Some(EpochUnit::Seconds),
        Now::Milliseconds => column.unit == Some(EpochUnit::Milliseconds),
        Now::Instant | Now::Date | Now::Time => true,
    };
    match (&column.target_type, now) {
        _ if !in_unit => None,
        (PgType::Timestamp(_), Now::Instant | Now::Seconds | Now::Milliseconds) => Some(UTC.to_owned()),
        (PgType::Timestamptz(_), Now::Instant | Now::Seconds | Now::Milliseconds) => {
            Some("CURRENT_TIMESTAMP".to_owned())
        }
        (PgType::Timestamp(_), Now::Date) => Some(format!("date_trunc('day', {UTC})")),
        (PgType::Date, Now::Date) => Some(format!("({UTC})::date")),
        (PgType::Time(_), Now::Time) => Some(format!("({UTC})::time")),
        _ => None,
    }
}

/// `CAST(value AS type)`, by the type's affinity.
pub(super) fn cast<'t>(value: &Typed<'t>, type_name: &str) -> Result<Typed<'t>, Why> {
    match (&value.kind, affinity(type_name, false)) {
        (Kind::Int, Affinity::Integer | Affinity::Numeric)
        | (Kind::Double, Affinity::Real)
        | (Kind::Text, Affinity::Text)
        | (Kind::Bytes, Affinity::Blob) => Ok(Typed { column: None, ..value.clone() }),
        (Kind::Int, Affinity::Text) => Ok(Typed::atom(format!("{}::text", value.operand()), Kind::Text)),
        (Kind::Int, Affinity::Real) => Ok(Typed::atom(format!("{}::double precision", value.operand()), Kind::Double)),
        (Kind::Bool, Affinity::Integer | Affinity::Numeric) => {
            Ok(Typed::atom(format!("({})::int", value.sql), Kind::Int))
        }
        (Kind::Text, Affinity::Integer | Affinity::Numeric) if value.integer_sql.is_some() => {
            let sql = value.integer_sql.clone().unwrap_or_default();
            Ok(Typed { now: value.now, ..Typed::atom(sql, Kind::Int) })
        }
        _ => Err(Why::not_equal(format!("CAST to {type_name}"))),
    }
}
