use rusqlite::types::ValueRef;

use super::Unfit;
use super::text::utf8;
use crate::canonical::decimal::Decimal;

/// 0 and 1, as numbers or text, and `t`, `f`, `true`, `false` in any case.
pub(super) fn boolean(value: &ValueRef<'_>) -> Result<bool, Unfit> {
    match value {
        ValueRef::Integer(0) => Ok(false),
        ValueRef::Integer(1) => Ok(true),
        ValueRef::Text(text) => match utf8(text)?.to_ascii_lowercase().as_str() {
            "0" | "f" | "false" => Ok(false),
            "1" | "t" | "true" => Ok(true),
            _ => Err(Unfit),
        },
        _ => Err(Unfit),
    }
}

/// The 64-bit integer that a value is: a text only when it is exactly the integer's form.
pub(super) fn integer(value: &ValueRef<'_>) -> Result<i64, Unfit> {
    match value {
        ValueRef::Integer(integer) => Ok(*integer),
        ValueRef::Text(text) => {
            let text = utf8(text)?;
            let integer: i64 = text.parse().map_err(|_| Unfit)?;
            if integer.to_string() == text { Ok(integer) } else { Err(Unfit) }
        }
        ValueRef::Real(real) => exact_integer(*real).ok_or(Unfit),
        _ => Err(Unfit),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "checked by going back"
)]
fn exact_integer(real: f64) -> Option<i64> {
    let integer = real as i64;
    let in_range = (-9.223_372_036_854_776e18..9.223_372_036_854_776e18).contains(&real);
    (in_range && integer as f64 == real).then_some(integer)
}

/// The double that a value is.
#[expect(clippy::cast_precision_loss, reason = "checked by going back")]
pub(super) fn double(value: &ValueRef<'_>) -> Result<f64, Unfit> {
    match value {
        ValueRef::Real(real) => Ok(*real),
        ValueRef::Integer(_) | ValueRef::Text(_) => {
            let integer = integer(value)?;
            exact_integer(integer as f64).filter(|back| *back == integer).map(|_| integer as f64).ok_or(Unfit)
        }
        _ => Err(Unfit),
    }
}

/// The nearest 32-bit real, as a double; infinite only for infinity.
#[expect(clippy::cast_possible_truncation, reason = "REAL is asked for by name: 32 bits")]
pub(super) fn single(value: &ValueRef<'_>) -> Result<f64, Unfit> {
    let double = double(value)?;
    let single = double as f32;
    if single.is_infinite() && double.is_finite() { Err(Unfit) } else { Ok(f64::from(single)) }
}

/// The decimal that a value is, when `DECIMAL(precision, scale)` holds all its digits.
pub(super) fn decimal(value: &ValueRef<'_>, limits: Option<(u16, u16)>) -> Result<Decimal, Unfit> {
    let decimal = match value {
        ValueRef::Integer(integer) => Decimal::parse(&integer.to_string()),
        // Rust prints the shortest decimal that reads back to the same bits.
        ValueRef::Real(real) if real.is_finite() => Decimal::parse(&format!("{real:e}")),
        ValueRef::Text(text) => Decimal::parse(utf8(text)?),
        _ => None,
    };
    decimal.filter(|decimal| decimal.fits(limits)).ok_or(Unfit)
}
