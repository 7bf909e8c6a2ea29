use autobot_db::quote_literal;

use super::bounds::Bounds;
use super::typed::{Kind, Literal, Typed};
use super::why::Why;

/// A number as SQLite reads it: an integer when it fits 64 bits, else a real.
pub(super) fn number<'t>(text: &str) -> Result<Typed<'t>, Why> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let lower = digits.to_ascii_lowercase();
    if let Some(hex) = lower.strip_prefix("0x") {
        let bits = u64::from_str_radix(hex, 16).map_err(|_| Why::not_equal("this hexadecimal number"))?;
        let value = i64::from_ne_bytes(bits.to_ne_bytes());
        return Ok(integer(if sign.is_empty() { value } else { value.wrapping_neg() }));
    }
    if let Ok(value) = text.parse::<i64>() {
        return Ok(integer(value));
    }
    let value: f64 = text.parse().map_err(|_| Why::not_equal("this number"))?;
    if !value.is_finite() {
        return Err(Why::not_equal("a number beyond the range of doubles"));
    }
    if value == 0.0 && value.is_sign_negative() {
        return Err(Why::not_equal("-0.0"));
    }
    let (literal, bounds) = (Some(Literal::Real(text.to_owned())), Some(Bounds::of(value)));
    Ok(Typed { literal, bounds, ..signed(text.to_owned(), Kind::Double) })
}

pub(super) fn integer<'t>(value: i64) -> Typed<'t> {
    let sql = if value == i64::MIN { "'-9223372036854775808'::bigint".to_owned() } else { value.to_string() };
    #[expect(clippy::cast_precision_loss, reason = "bounds have room for rounding")]
    let bounds = Some(Bounds::of(value as f64));
    Typed { literal: Some(Literal::Int(value)), bounds, ..signed(sql, Kind::Int) }
}

/// A negative number is an operator and a number: it needs brackets before a cast.
fn signed<'t>(sql: String, kind: Kind) -> Typed<'t> {
    let atom = !sql.starts_with('-');
    Typed { atom, ..Typed::new(sql, kind) }
}

pub(super) fn text<'t>(value: &str) -> Result<Typed<'t>, Why> {
    if value.contains('\0') {
        return Err(Why("PostgreSQL has no NUL character in texts".to_owned()));
    }
    Ok(Typed { literal: Some(Literal::Text(value.to_owned())), ..Typed::atom(quote_literal(value), Kind::Text) })
}

pub(super) fn blob<'t>(digits: &str) -> Typed<'t> {
    Typed::atom(format!("'\\x{}'::bytea", digits.to_ascii_lowercase()), Kind::Bytes)
}

/// The integer that SQLite makes of a text by numeric affinity, when it is exactly an integer's form.
pub(super) fn as_integer(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|value| value.to_string() == text)
}
