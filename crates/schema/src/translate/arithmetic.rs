use autobot_catalog::PgType;

use super::bounds::Bounds;
use super::literal::integer;
use super::typed::{Kind, Literal, Typed};
use super::why::Why;
use crate::syntax::Binary;

/// `-value`.
pub(super) fn negated<'t>(value: &Typed<'t>) -> Result<Typed<'t>, Why> {
    match (&value.kind, &value.literal) {
        (Kind::Int, Some(Literal::Int(number))) if *number != i64::MIN => Ok(integer(-number)),
        (Kind::Int, _) => {
            let value = number(value)?;
            let bounds = value.bounds.map(|bounds| bounds.checked(true)).transpose()?;
            Ok(Typed { bounds, ..Typed::new(format!("- {}", value.operand()), Kind::Int) })
        }
        // SQLite takes it from 0, so that it never gives -0.0.
        (Kind::Double, _) => {
            Ok(Typed { bounds: value.bounds, ..Typed::new(format!("0 - {}", operand(value)), Kind::Double) })
        }
        _ => Err(Why::not_equal("`-` of what is no number")),
    }
}

/// Arithmetic, bits and `||`.
pub(super) fn arithmetic<'t>(operator: Binary, left: &Typed<'t>, right: &Typed<'t>) -> Result<Typed<'t>, Why> {
    if operator == Binary::Concat {
        return Ok(Typed::new(format!("{} || {}", joined(left)?, joined(right)?), Kind::Text));
    }
    let (left, right) = (number(left)?, number(right)?);
    let symbol = match operator {
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Remainder => "%",
        Binary::BitAnd => "&",
        Binary::BitOr => "|",
        Binary::ShiftLeft => "<<",
        Binary::ShiftRight => ">>",
        _ => return Err(Why::not_equal("this operator")),
    };
    let integers = left.kind == Kind::Int && right.kind == Kind::Int;
    match operator {
        Binary::Add | Binary::Subtract | Binary::Multiply => {}
        Binary::Divide => return combined(operator, &left, symbol, &not_zero(&right), &right),
        Binary::Remainder if integers => return combined(operator, &left, symbol, &not_zero(&right), &right),
        Binary::BitAnd | Binary::BitOr if integers => {}
        Binary::ShiftLeft | Binary::ShiftRight if integers && matches!(right.literal, Some(Literal::Int(0..=63))) => {}
        _ => return Err(Why::not_equal(format!("`{symbol}` of these operands"))),
    }
    combined(operator, &left, symbol, &operand(&right), &right)
}

fn combined<'t>(
    operator: Binary,
    left: &Typed<'_>,
    symbol: &str,
    right_sql: &str,
    right: &Typed<'_>,
) -> Result<Typed<'t>, Why> {
    let kind = if left.kind == Kind::Int && right.kind == Kind::Int { Kind::Int } else { Kind::Double };
    // Integers without a column would be of 32 bits.
    let wide = kind == Kind::Int && left.literal.is_some();
    let left_sql = if wide { format!("{}::bigint", left.operand()) } else { operand(left) };
    let bounds = match (left.bounds, right.bounds) {
        (Some(left), Some(right)) => bounds(operator, left, right).map(|bounds| bounds.checked(kind == Kind::Int)),
        _ => None,
    };
    Ok(Typed { bounds: bounds.transpose()?, ..Typed::new(format!("{left_sql} {symbol} {right_sql}"), kind) })
}

/// The bounds of a result; none where PostgreSQL computes it without fail.
fn bounds(operator: Binary, left: Bounds, right: Bounds) -> Option<Bounds> {
    match operator {
        Binary::Add | Binary::Subtract => Some(left.sum(right)),
        Binary::Multiply => Some(left.product(right)),
        Binary::Divide => Some(left.quotient(right)),
        Binary::Remainder => Some(left),
        _ => None,
    }
}

/// A real as a literal is a decimal number to PostgreSQL: it is made a double.
fn operand(value: &Typed<'_>) -> String {
    match value.literal {
        Some(Literal::Real(_)) => format!("({})::double precision", value.sql),
        _ => value.operand(),
    }
}

/// SQLite divides by zero to NULL.
fn not_zero(value: &Typed<'_>) -> String {
    match &value.literal {
        Some(Literal::Int(number)) if *number != 0 => operand(value),
        _ => format!("NULLIF({}, 0)", operand(value)),
    }
}

fn number<'t>(value: &Typed<'t>) -> Result<Typed<'t>, Why> {
    match (&value.kind, &value.integer_sql) {
        (Kind::Int, _) if is_narrow(value) => {
            let sql = format!("{}::bigint", value.operand());
            Ok(Typed { bounds: value.bounds, column: value.column, ..Typed::atom(sql, Kind::Int) })
        }
        (Kind::Int | Kind::Double, _) => Ok(value.clone()),
        (Kind::Bool, _) => Ok(Typed::atom(format!("({})::int::bigint", value.sql), Kind::Int)),
        (Kind::Text, Some(integer)) => Ok(Typed { now: value.now, ..Typed::atom(integer.clone(), Kind::Int) }),
        _ => Err(Why::not_equal("arithmetic with what is no integer or real")),
    }
}

/// Arithmetic of SQLite has 64 bits, that of a narrower column of PostgreSQL has not.
fn is_narrow(value: &Typed<'_>) -> bool {
    value.column.is_some_and(|column| matches!(column.map.target_type, PgType::SmallInt | PgType::Integer))
}

/// An operand of `||`.
fn joined(value: &Typed<'_>) -> Result<String, Why> {
    match value.kind {
        Kind::Text => Ok(value.operand()),
        Kind::Int => Ok(format!("{}::text", value.operand())),
        Kind::Null => Ok("NULL::text".to_owned()),
        _ => Err(Why::not_equal("`||` with what is neither text nor integer")),
    }
}
