//! Dates and times as microseconds since 1970, by the calendar's own arithmetic.

use crate::values::Value;

/// Microseconds of a day.
pub const DAY: i128 = 86_400_000_000;

/// Nanoseconds of a second.
const SECOND: i128 = 1_000_000_000;

/// What the numbers of a column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Days,
    JulianDay,
    AppleSeconds,
}

/// Those that numbers may count where no rule says what they count.
pub const UNITS: [Unit; 4] = [Unit::Seconds, Unit::Milliseconds, Unit::Microseconds, Unit::Nanoseconds];

impl Unit {
    /// By its word in a rule.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "seconds" => Self::Seconds,
            "milliseconds" => Self::Milliseconds,
            "microseconds" => Self::Microseconds,
            "nanoseconds" => Self::Nanoseconds,
            "days" => Self::Days,
            "julian_day" => Self::JulianDay,
            "apple_seconds" => Self::AppleSeconds,
            _ => return None,
        })
    }

    /// One of it, and where it begins to count, in nanoseconds.
    fn nanos(self) -> (i128, i128) {
        match self {
            Self::Seconds => (SECOND, 0),
            Self::Milliseconds => (1_000_000, 0),
            Self::Microseconds => (1000, 0),
            Self::Nanoseconds => (1, 0),
            Self::Days => (86_400 * SECOND, 0),
            // From noon of a day in 4714 BC.
            Self::JulianDay => (86_400 * SECOND, -210_866_760_000 * SECOND),
            Self::AppleSeconds => (SECOND, 978_307_200 * SECOND),
        }
    }

    fn micros(self, number: i128) -> i128 {
        let (one, start) = self.nanos();
        (number * one + start).div_euclid(1000)
    }

    /// Exact to the microsecond for the dates of our time; Julian days to the millisecond, as SQLite reads them.
    fn micros_of_real(self, number: f64) -> i128 {
        let (one, start) = self.nanos();
        let (digit, half) = if self == Self::JulianDay { (1_000_000, 0.5) } else { (1000, 0.0) };
        #[expect(clippy::cast_precision_loss, reason = "86,400,000,000 at most")]
        let digits = if one < digit { number / (digit / one) as f64 } else { number * (one / digit) as f64 };
        #[expect(clippy::cast_possible_truncation, reason = "below 10^9 days")]
        let digits = (digits + half).floor() as i128;
        digits * (digit / 1000) + start / 1000
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
        Value::Real(number) if number.abs() < 1e9 => unit.map(|unit| unit.micros_of_real(*number)),
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

#[test]
fn numbers_count_what_a_rule_says() {
    let day = |word: &str, number: f64| micros(&Value::Real(number), Unit::named(word)).map(|micros| micros / DAY);
    assert_eq!(day("days", 31.0), Some(31));
    assert_eq!(day("days", 31.75), Some(31));
    assert_eq!(day("seconds", 86_400.5), Some(1));
    assert_eq!(day("milliseconds", 86_400_000.5), Some(1));
    assert_eq!(day("julian_day", 2_440_588.5), Some(1));
    assert_eq!(day("apple_seconds", 0.0), Some(days(2001, 1, 1)));
    assert_eq!(Unit::named("weeks"), None);
}
