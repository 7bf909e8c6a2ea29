//! Dates and times as microseconds since 1970, by the calendar's own arithmetic.

use crate::values::Value;

/// Microseconds of a day.
pub const DAY: i128 = 86_400_000_000;

/// What the numbers of a column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Days,
}

/// All of them.
pub const UNITS: [Unit; 5] = [Unit::Seconds, Unit::Milliseconds, Unit::Microseconds, Unit::Nanoseconds, Unit::Days];

impl Unit {
    fn micros(self, number: i128) -> i128 {
        match self {
            Self::Seconds => number * 1_000_000,
            Self::Milliseconds => number * 1000,
            Self::Microseconds => number,
            Self::Nanoseconds => number.div_euclid(1000),
            Self::Days => number * DAY,
        }
    }
}

/// The point in time that a value stands for, cut to microseconds towards the past.
pub fn micros(value: &Value, unit: Option<Unit>) -> Option<i128> {
    match value {
        Value::Integer(number) => unit.map(|unit| unit.micros(i128::from(*number))),
        // By its shortest digits, as a decimal number is.
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e19 => {
            unit.map(|unit| unit.micros(format!("{number}").parse().unwrap_or_default()))
        }
        // A fraction of a day, or of a second: exact to the microsecond for the dates of our time.
        Value::Real(number) if number.abs() < 1e9 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "below 10^9 days")]
            unit.map(|unit| (number * if unit == Unit::Days { 86_400e6 } else { 1e6 }).floor() as i128)
        }
        Value::Text(text) => written(std::str::from_utf8(text).ok()?),
        _ => None,
    }
}

/// `HH:MM[:SS[.f…]]`.
pub fn time_of_day(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let parts: Vec<i128> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] if fraction.is_empty() => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    if !(0..24).contains(&hours) || !(0..60).contains(&minutes) || !(0..60).contains(&seconds) {
        return None;
    }
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    Some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + digits.parse::<i128>().ok()?)
}

fn written(text: &str) -> Option<i128> {
    let years = if text.starts_with(['+', '-']) { 7 } else { 4 };
    let (date, rest) = (text.get(..years + 6)?, text.get(years + 6..)?);
    let (year, month, day) =
        (date[..years].parse().ok()?, date[years + 1..years + 3].parse().ok()?, date[years + 4..].parse().ok()?);
    if !(1..=12).contains(&month) || day < 1 || day > days_of_month(year, month) {
        return None;
    }
    let days = days(year, month, day);
    if rest.is_empty() {
        return Some(days * DAY);
    }
    let rest = rest.strip_prefix(['T', ' '])?;
    let end = rest.find(['Z', '+', '-', ' ']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    Some(days * DAY + time_of_day(time)? - offset(zone.trim_start())?)
}

fn offset(zone: &str) -> Option<i128> {
    if zone.is_empty() || zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone[1..].chars().filter(|character| *character != ':').collect();
    let number: i128 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    Some(sign * (hours * 60 + minutes) * 60_000_000)
}

fn is_leap(year: i128) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

fn days_of_month(year: i128, month: i128) -> i128 {
    match month {
        2 => 28 + i128::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970 in the proleptic Gregorian calendar; year 0 is 1 BC.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let before = year - 1;
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i128 = (1..month).map(|month| days_of_month(year, month)).sum();
    before * 365 + leaps + months + day - 1 - 719_162
}
