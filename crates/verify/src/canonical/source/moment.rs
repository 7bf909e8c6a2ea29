use autobot_catalog::EpochUnit;
use rusqlite::types::ValueRef;

use super::Unfit;
use super::text::utf8;
use crate::canonical::calendar::{self, MICROS_1970_TO_2000, MICROS_PER_DAY};
use crate::canonical::decimal::Decimal;

/// Julian day of 1970-01-01T00:00, doubled to be whole.
const JULIAN_1970_DOUBLED: i128 = 4_881_175;

/// The first and the one after the last microsecond that PostgreSQL's timestamps hold (`datatype/timestamp.h`).
const RANGE: std::ops::Range<i64> = -211_813_488_000_000_000..9_223_371_331_200_000_000;

/// Julian days that SQLite reads: to the end of the year 9999.
const JULIAN_DAYS: std::ops::Range<f64> = 0.0..5_373_484.5;

/// A point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Micros {
    pub(super) since_2000: i64,
    /// Something below the microsecond was cut.
    pub(super) cut: bool,
}

/// The point in time that a date value stands for, in UTC. The numbers 0 and 1 are what programs write for no date.
pub(super) fn micros(value: &ValueRef<'_>, unit: Option<EpochUnit>) -> Result<Micros, Unfit> {
    let micros = match value {
        ValueRef::Text(text) => {
            let moment = calendar::read(utf8(text)?).ok_or(Unfit)?;
            Micros { since_2000: moment.timestamp().ok_or(Unfit)?, cut: moment.cut }
        }
        ValueRef::Integer(0 | 1) | ValueRef::Real(0.0) => return Err(Unfit),
        #[expect(clippy::cast_precision_loss, reason = "a day number, far below 2^53 where it is in range")]
        ValueRef::Integer(count) => match unit.ok_or(Unfit)? {
            EpochUnit::JulianDay if !JULIAN_DAYS.contains(&(*count as f64)) => return Err(Unfit),
            unit => epoch(i128::from(*count), 0, unit).ok_or(Unfit)?,
        },
        ValueRef::Real(real) if real.is_finite() => match unit.ok_or(Unfit)? {
            EpochUnit::JulianDay => julian(*real)?,
            unit => {
                let (digits, exponent) = Decimal::parse(&format!("{real:e}")).and_then(|d| d.parts()).ok_or(Unfit)?;
                epoch(digits, exponent, unit).ok_or(Unfit)?
            }
        },
        _ => return Err(Unfit),
    };
    if RANGE.contains(&micros.since_2000) { Ok(micros) } else { Err(Unfit) }
}

/// Cut to `digits` decimals of a second, towards the past.
pub(super) fn cut(micros: i64, digits: u8) -> i64 {
    let step = 10_i64.pow(6 - u32::from(digits.min(6)));
    micros.div_euclid(step) * step
}

/// A fractional Julian day, to the millisecond as SQLite reads it: a double is not finer there.
#[expect(clippy::cast_possible_truncation, reason = "SQLite's own expression, in range")]
fn julian(days: f64) -> Result<Micros, Unfit> {
    if !JULIAN_DAYS.contains(&days) {
        return Err(Unfit);
    }
    let millis = i128::from((days * 86_400_000.0 + 0.5) as i64);
    let since_1970 = millis * 1000 - JULIAN_1970_DOUBLED * i128::from(MICROS_PER_DAY) / 2;
    let since_2000 = i64::try_from(since_1970 - i128::from(MICROS_1970_TO_2000)).map_err(|_| Unfit)?;
    Ok(Micros { since_2000, cut: false })
}

/// `digits × 10^exponent` units, cut towards the past.
fn epoch(digits: i128, exponent: i64, unit: EpochUnit) -> Option<Micros> {
    let (nanos, origin): (i64, i128) = match unit {
        EpochUnit::Seconds => (1_000_000_000, 0),
        EpochUnit::Milliseconds => (1_000_000, 0),
        EpochUnit::Microseconds => (1000, 0),
        EpochUnit::Nanoseconds => (1, 0),
        EpochUnit::Days => (86_400_000_000_000, 0),
        EpochUnit::JulianDay => (86_400_000_000_000, -JULIAN_1970_DOUBLED * i128::from(MICROS_PER_DAY) / 2),
        // 2001-01-01 is 11,323 days after 1970, 1601-01-01 is 134,774 days before it.
        EpochUnit::AppleSeconds => (1_000_000_000, 11_323 * i128::from(MICROS_PER_DAY)),
        EpochUnit::WebkitMicroseconds => (1000, -134_774 * i128::from(MICROS_PER_DAY)),
    };
    let total = digits.checked_mul(nanos.into())?;
    let power = u32::try_from(exponent.unsigned_abs()).ok().and_then(|exponent| 10_i128.checked_pow(exponent));
    let (micros, rest) = match (exponent >= 0, power) {
        // Most numbers: 128 bits are slow to divide.
        (true, _) if exponent == 0 && nanos % 1000 == 0 => (digits.checked_mul((nanos / 1000).into())?, 0),
        (true, power) => {
            let total = if total == 0 { 0 } else { total.checked_mul(power?)? };
            (total.div_euclid(1000), total.rem_euclid(1000))
        }
        (false, Some(power)) => {
            let step = power.checked_mul(1000)?;
            (total.div_euclid(step), total.rem_euclid(step))
        }
        // So small that nothing is left, but the sign.
        (false, None) => (total.signum().min(0), 1),
    };
    let since_2000 = i64::try_from(micros + origin - i128::from(MICROS_1970_TO_2000)).ok()?;
    Some(Micros { since_2000, cut: rest != 0 })
}
