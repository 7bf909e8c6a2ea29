//! Numbers that are dates: what they count and from when.

use autobot_catalog::EpochUnit;

use crate::calendar::DAYS_1970_TO_2000;
use crate::instant::DAY;
use crate::shortest::Shortest;
use crate::{Change, Changes, Reason, Refusal};

/// Microseconds in a day.
pub(crate) const DAY_MICROS: i64 = DAY * 1_000_000;

/// Microseconds from 1970 to 2000.
pub(crate) const MICROS_1970_TO_2000: i64 = DAYS_1970_TO_2000 * DAY_MICROS;

/// PostgreSQL's timestamps, in microseconds since 2000: from 4714-11-24 BC up to but not including the year 294277
/// (`MIN_TIMESTAMP` and `END_TIMESTAMP` in `datatype/timestamp.h`).
const RANGE: std::ops::Range<i128> = -211_813_488_000_000_000..9_223_371_331_200_000_000;

/// Julian days that SQLite takes for dates: up to the end of the year 9999 (`isDate` and `setRawDateNumber` in its
/// `date.c`).
const JULIAN_DAYS: std::ops::Range<f64> = 0.0..5_373_484.5;

/// Microseconds from 1970 to each unit's beginning.
fn origin_micros(unit: EpochUnit) -> i128 {
    match unit {
        EpochUnit::Seconds
        | EpochUnit::Milliseconds
        | EpochUnit::Microseconds
        | EpochUnit::Nanoseconds
        | EpochUnit::Days => 0,
        EpochUnit::AppleSeconds => 978_307_200 * 1_000_000,
        EpochUnit::WebkitMicroseconds => -11_644_473_600 * 1_000_000,
        EpochUnit::JulianDay => -(4_881_175 * i128::from(DAY_MICROS)) / 2, // Day 2440587.5 is 1970.
    }
}

/// Nanoseconds in each unit.
pub(crate) fn unit_nanos(unit: EpochUnit) -> i128 {
    match unit {
        EpochUnit::Seconds | EpochUnit::AppleSeconds => 1_000_000_000,
        EpochUnit::Milliseconds => 1_000_000,
        EpochUnit::Microseconds | EpochUnit::WebkitMicroseconds => 1_000,
        EpochUnit::Nanoseconds => 1,
        EpochUnit::Days | EpochUnit::JulianDay => i128::from(DAY_MICROS) * 1_000,
    }
}

/// A point in time as PostgreSQL counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Microseconds since 2000, towards the past.
    pub(crate) micros: i64,
    /// Something was cut below the microsecond.
    pub(crate) cut: bool,
}

impl Stamp {
    fn new(micros_since_1970: i128, cut: bool) -> Result<Self, Refusal> {
        let micros = micros_since_1970 - i128::from(MICROS_1970_TO_2000);
        match i64::try_from(micros) {
            Ok(micros) if RANGE.contains(&i128::from(micros)) => Ok(Self { micros, cut }),
            _ => Err(Reason::OutOfRange.into()),
        }
    }

    /// A point in time of which seconds and microseconds since 1970 are known, within the years that are read.
    pub(crate) fn of_text(seconds: i64, micros: u32, cut: bool) -> Self {
        Self { micros: seconds * 1_000_000 + i64::from(micros) - MICROS_1970_TO_2000, cut }
    }
}

/// The point in time that an integer stands for.
#[inline]
pub(crate) fn integer(number: i64, unit: EpochUnit) -> Result<Stamp, Refusal> {
    if unit == EpochUnit::Milliseconds {
        return Stamp::new(i128::from(number) * 1_000, false);
    }
    #[expect(clippy::cast_precision_loss, reason = "only the range is looked at, and it ends far below 2^53")]
    if unit == EpochUnit::JulianDay && !JULIAN_DAYS.contains(&(number as f64)) {
        return Err(Reason::OutOfRange.into());
    }
    let nanos = i128::from(number) * unit_nanos(unit);
    Stamp::new(nanos.div_euclid(1_000) + origin_micros(unit), nanos.rem_euclid(1_000) != 0)
}

/// The point in time that a real stands for.
///
/// A Julian day is read as SQLite reads it: to the nearest millisecond, as a double resolves no more than about 40
/// microseconds there. Every other unit takes the shortest decimal form of the number, exactly: 1700000000.123 seconds
/// are .123, though the double lies a little below.
pub(crate) fn real(number: f64, unit: EpochUnit) -> Result<(Stamp, Changes), Refusal> {
    if !number.is_finite() {
        return Err(Reason::Infinite.into());
    }
    if unit == EpochUnit::JulianDay {
        return julian(number);
    }
    let shortest = Shortest::of(number);
    let digits = shortest.digits();
    let mut nanos = digits.iter().fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0')) * unit_nanos(unit);
    if shortest.negative {
        nanos = -nanos;
    }
    // At most 17 digits times 8.64e13 nanoseconds: below 10^31. With 20 more zeros it is beyond any range.
    let exponent = i64::from(shortest.point) - i64::try_from(digits.len()).unwrap_or(0) - 3;
    let power = |exponent: i64| 10_i128.pow(u32::try_from(exponent).unwrap_or(0));
    let (micros, cut) = match exponent {
        _ if nanos == 0 => (0, false),
        20.. => return Err(Reason::OutOfRange.into()),
        0..20 => (nanos.checked_mul(power(exponent)).ok_or(Reason::OutOfRange)?, false),
        -38..0 => (nanos.div_euclid(power(-exponent)), nanos.rem_euclid(power(-exponent)) != 0),
        _ => (nanos.signum().min(0), true),
    };
    let stamp = Stamp::new(micros + origin_micros(unit), cut)?;
    Ok((stamp, Changes::NONE))
}

fn julian(days: f64) -> Result<(Stamp, Changes), Refusal> {
    const DAY_MILLIS: f64 = 86_400_000.0;
    if !JULIAN_DAYS.contains(&days) {
        return Err(Reason::OutOfRange.into());
    }
    #[expect(clippy::cast_possible_truncation, reason = "SQLite's own expression; in range")]
    let millis = (days * DAY_MILLIS + 0.5) as i64;
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    let exact = (millis as f64 / DAY_MILLIS).to_bits() == days.abs().to_bits();
    let stamp = Stamp::new(i128::from(millis) * 1_000 + origin_micros(EpochUnit::JulianDay), false)?;
    Ok((stamp, Changes::NONE.with_if(!exact, Change::JulianRounded)))
}

#[cfg(test)]
mod tests;
