//! Dates, times and timestamps. What is below a type's precision is cut towards the past, as Prisma's client does;
//! PostgreSQL itself would round.

use autobot_catalog::EpochUnit;
use rusqlite::types::ValueRef;

use crate::epoch::{self, DAY_MICROS, Stamp};
use crate::instant::{self, DAY, Instant, Reading};
use crate::{Change, Changes, Reason, Refusal, field};

/// Encodes a `TIMESTAMP(digits)` or `TIMESTAMPTZ(digits)`: microseconds since 2000 in UTC.
pub(crate) fn timestamp(
    value: ValueRef<'_>,
    digits: u8,
    unit: Option<EpochUnit>,
    out: &mut Vec<u8>,
) -> Result<Changes, Refusal> {
    let (stamp, changes) = point(value, unit)?;
    let (micros, cut) = cut(stamp, digits);
    field::fixed(micros.to_be_bytes(), out);
    Ok(changes.with_if(cut, Change::DigitsCut))
}

/// Encodes a `DATE`: days since 2000. A time of day other than midnight in UTC is refused, and so are reals.
pub(crate) fn date(value: ValueRef<'_>, unit: Option<EpochUnit>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    if matches!(value, ValueRef::Real(_)) && unit.is_some() {
        return Err(Reason::TimeOfDayInDate.into());
    }
    let (stamp, _) = point(value, unit)?;
    if stamp.cut || stamp.micros.rem_euclid(DAY_MICROS) != 0 {
        return Err(Reason::TimeOfDayInDate.into());
    }
    // At most 108 million days either way.
    let days = i32::try_from(stamp.micros.div_euclid(DAY_MICROS)).map_err(|_| Reason::OutOfRange)?;
    field::fixed(days.to_be_bytes(), out);
    Ok(Changes::NONE)
}

/// Encodes a `TIME(digits)`: microseconds since midnight.
pub(crate) fn time(value: ValueRef<'_>, digits: u8, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
    let ValueRef::Text(text) = value else {
        let blob = matches!(value, ValueRef::Blob(_));
        return Err(if blob { Reason::BlobInScalar } else { Reason::NotATime }.into());
    };
    let time = match instant::read(text) {
        Reading::Time(time) => time,
        Reading::Impossible => return Err(Reason::ImpossibleDate.into()),
        _ if text.is_empty() => return Err(Reason::EmptyText.into()),
        _ => return Err(Reason::NotATime.into()),
    };
    let micros = time.seconds * 1_000_000 + i64::from(time.micros);
    let (micros, cut) = cut(Stamp { micros, cut: time.fraction_digits > 6 }, digits);
    field::fixed(micros.to_be_bytes(), out);
    Ok(Changes::NONE.with_if(cut, Change::DigitsCut))
}

/// Cuts to a number of digits after the seconds, towards the past.
#[inline]
fn cut(stamp: Stamp, digits: u8) -> (i64, bool) {
    let step = 10_i64.pow(6 - u32::from(digits.min(6)));
    let below = stamp.micros.rem_euclid(step);
    (stamp.micros - below, stamp.cut || below != 0)
}

/// The point in time that a value stands for.
fn point(value: ValueRef<'_>, unit: Option<EpochUnit>) -> Result<(Stamp, Changes), Refusal> {
    match value {
        // Zero and one are what programs write for no date; nobody means the first moment of 1970.
        ValueRef::Integer(0 | 1) | ValueRef::Real(0.0) if unit.is_some() => Err(Reason::ImpossibleDate.into()),
        ValueRef::Integer(number) => Ok((epoch::integer(number, unit.ok_or(Reason::UnknownUnit)?)?, Changes::NONE)),
        ValueRef::Real(number) => epoch::real(number, unit.ok_or(Reason::UnknownUnit)?),
        ValueRef::Text(text) => written(text),
        ValueRef::Blob(_) => Err(Reason::BlobInScalar.into()),
        ValueRef::Null => unreachable!("NULL is written by the converter"),
    }
}

fn written(text: &[u8]) -> Result<(Stamp, Changes), Refusal> {
    let stamp = |instant: Instant| Stamp::of_text(instant.seconds, instant.micros, instant.fraction_digits > 6);
    match instant::read(text) {
        Reading::Zoned(instant) => Ok((stamp(instant), Changes::NONE)),
        Reading::Naive(instant) => Ok((stamp(instant), Change::ReadAsUtc.into())),
        Reading::Date(days) => Ok((Stamp::of_text(days * DAY, 0, false), Change::ReadAsUtc.into())),
        Reading::Impossible => Err(Reason::ImpossibleDate.into()),
        _ if text.is_empty() => Err(Reason::EmptyText.into()),
        Reading::No | Reading::Time(_) => Err(Reason::NotADate.into()),
    }
}
