//! Days and microseconds, counted from 2000-01-01 as PostgreSQL counts them.

/// Days from 1970-01-01 to 2000-01-01.
const DAYS_1970_TO_2000: i64 = 10_957;
pub(super) const MICROS_PER_DAY: i64 = 86_400_000_000;
pub(super) const MICROS_1970_TO_2000: i64 = DAYS_1970_TO_2000 * MICROS_PER_DAY;

/// A date text that was read: days since 2000, microseconds of the day, both already in UTC when it had an offset.
pub(super) struct Moment {
    pub(super) days: i64,
    pub(super) micros: i64,
}

impl Moment {
    pub(super) fn timestamp(&self) -> Option<i64> {
        self.days.checked_mul(MICROS_PER_DAY)?.checked_add(self.micros)
    }
}

/// Days since 2000 of a Gregorian date; none for a day that does not exist. Counts month by month from a table, which
/// is slower and plainer than the usual formula.
pub(super) fn days(year: i64, month: usize, day: i64) -> Option<i64> {
    const BEFORE: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    if !(1..=12).contains(&month) {
        return None;
    }
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = BEFORE[month] - BEFORE[month - 1] + i64::from(leap && month == 2);
    if !(1..=length).contains(&day) {
        return None;
    }
    let before = year - 1;
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let leaps_to_2000 = 1999 / 4 - 1999 / 100 + 1999 / 400;
    let year_days = (year - 2000) * 365 + leaps - leaps_to_2000;
    Some(year_days + BEFORE[month - 1] + i64::from(leap && month > 2) + day - 1)
}

/// Reads `YYYY-MM-DD`, alone or with `T` or a blank and `HH:MM[:SS[.fraction]]` and a zone.
pub(super) fn read(text: &str) -> Option<Moment> {
    let (date, rest) = split_date(text)?;
    let days = date;
    if rest.is_empty() {
        return Some(Moment { days, micros: 0 });
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let micros = time(rest[..zone_at].trim_end_matches(' '))?;
    let offset = zone(&rest[zone_at..])?;
    let total = days.checked_mul(MICROS_PER_DAY)?.checked_add(micros)?.checked_sub(offset)?;
    let (days, micros) = (total.div_euclid(MICROS_PER_DAY), total.rem_euclid(MICROS_PER_DAY));
    Some(Moment { days, micros })
}

/// Year (a sign and more digits allowed), month and day; gives days since 2000 and what follows.
fn split_date(text: &str) -> Option<(i64, &str)> {
    let (negative, body) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let dash = body.find('-').filter(|at| (4..=6).contains(at))?;
    let year = number(&body[..dash])?;
    let rest = &body[dash + 1..];
    let month = number(rest.get(..2)?)?;
    let day = number(rest.get(3..5).filter(|_| rest.as_bytes()[2] == b'-')?)?;
    let days = days(if negative { -year } else { year }, usize::try_from(month).ok()?, day)?;
    Some((days, rest.get(5..)?))
}

/// Microseconds of the day; digits past the sixth are cut.
pub(super) fn time(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hour = number(two(parts.next()?)?).filter(|hour| *hour < 24)?;
    let minute = number(two(parts.next()?)?).filter(|minute| *minute < 60)?;
    let Some(rest) = parts.next() else { return Some((hour * 60 + minute) * 60_000_000) };
    if parts.next().is_some() {
        return None;
    }
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let second = number(two(whole)?).filter(|second| *second < 60)?;
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let micros =
        fraction.bytes().chain(std::iter::repeat(b'0')).take(6).fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

/// Offset from UTC in microseconds; nothing means UTC.
fn zone(text: &str) -> Option<i64> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|character| *character != ':').collect();
    let colon_fits = !text.contains(':') || text.as_bytes().get(3) == Some(&b':');
    let (hours, minutes) = match (digits.len(), colon_fits) {
        (2, true) if !text.contains(':') => (number(&digits)?, 0),
        (4, true) => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000_000)
}

fn two(text: &str) -> Option<&str> {
    (text.len() == 2).then_some(text)
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) { None } else { text.parse().ok() }
}
