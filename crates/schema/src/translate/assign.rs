//! Values put into a column or cast to a type.

use autobot_catalog::{ColumnMap, EpochUnit, PgType};

use super::now::UTC;
use super::typed::{Kind, Now, Typed};
use super::why::Why;
use crate::introspect::affinity;

/// An expression as the value of a column: SQLite's affinity and PostgreSQL's assignment come to the same.
pub(super) fn assigned(value: Typed<'_>, column: &ColumnMap) -> Result<String, Why> {
    let target = &column.target_type;
    if let Some(now) = value.now.and_then(|now| now_as(now, column)) {
        return Ok(now);
    }
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
    use autobot_catalog::Affinity;
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
