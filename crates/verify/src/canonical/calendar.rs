//! Days and microseconds, counted from 2000-01-01 as PostgreSQL counts them.

/// Days from 1970-01-01 to 2000-01-01.
const DAYS_1970_TO_2000: i64 = 10_957;
pub(super) const MICROS_PER_DAY: i64 = 86_400_000_000;
pub(super) const MICROS_1970_TO_2000: i64 = DAYS_1970_TO_2000 * MICROS_PER_DAY;

/// A date text that was read: days since 2000, microseconds of the day, both already in UTC when it had an offset.
pub(super) struct Moment {
    pub(super) days: i64,
    pub(super) micros: i64,
    /// Digits other than 0 followed the microseconds.
    pub(super) cut: bool,
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

/// Reads `YYYY-MM-DD`, alone or with `T` or a blank, `HH:MM[:SS[.fraction]]`, and after at most one blank a zone, whose
/// name may follow an offset as Go writes it (`+0000 UTC`, `-0300 -03 m=+0.5`).
pub(super) fn read(text: &str) -> Option<Moment> {
    let (days, rest) = split_date(text)?;
    if rest.is_empty() {
        return Some(Moment { days, micros: 0, cut: false });
    }
    let rest = rest.strip_prefix(['T', ' '])?;
    let zone_at = rest.find([' ', 'Z', 'U', '+', '-']).unwrap_or(rest.len());
    let micros = time(&rest[..zone_at])?;
    let offset = zone(&rest[zone_at..])?;
    let total = days.checked_mul(MICROS_PER_DAY)?.checked_add(micros)?.checked_sub(offset)?;
    let (days, micros) = (total.div_euclid(MICROS_PER_DAY), total.rem_euclid(MICROS_PER_DAY));
    let cut = rest[..zone_at].bytes().skip("00:00:00.000000".len()).any(|digit| digit != b'0');
    Some(Moment { days, micros, cut })
}

/// Year (four digits, or a sign and six as ECMAScript writes it), month and day; gives days since 2000 and what follows.
fn split_date(text: &str) -> Option<(i64, &str)> {
    let sign = text.bytes().next().filter(|byte| matches!(byte, b'-' | b'+'));
    let (body, digits) = if sign.is_some() { (&text[1..], 6) } else { (text, 4) };
    let number_of = |range| number(body.get(range)?);
    let year = number_of(0..digits)?;
    let dash = |at: usize| body.as_bytes().get(at) == Some(&b'-');
    if !dash(digits) || !dash(digits + 3) {
        return None;
    }
    let month = number_of(digits + 1..digits + 3)?;
    let day = number_of(digits + 4..digits + 6)?;
    let year = match (sign, year) {
        // Year 0 is +000000; 0000 is what programs write for no date.
        (None | Some(b'-'), 0) => return None,
        (Some(b'-'), year) => -year,
        (_, year) => year,
    };
    // The years that both PostgreSQL and ECMAScript know.
    if !(-4712..=275_760).contains(&year) {
        return None;
    }
    let days = days(year, usize::try_from(month).ok()?, day)?;
    Some((days, body.get(digits + 6..)?))
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
    if fraction.is_empty() || fraction.len() > 32 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let micros =
        fraction.bytes().chain(std::iter::repeat(b'0')).take(6).fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

/// Offset from UTC in microseconds, after at most one blank; nothing means UTC.
fn zone(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let text = text.strip_prefix(' ').unwrap_or(text);
    if text == "Z" || text == "UTC" {
        return Some(0);
    }
    let text = match text.split_once(' ') {
        None => text,
        Some((offset, name)) => is_zone_name(name).then_some(offset)?,
    };
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.as_bytes() {
        [_, _] => (digits, "00"),
        [_, _, b':', _, _] => (digits.get(..2)?, digits.get(3..)?),
        [_, _, _, _] => (digits.get(..2)?, digits.get(2..)?),
        _ => return None,
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000_000)
}

/// A zone's name, and the reading of Go's monotonic clock after it.
fn is_zone_name(text: &str) -> bool {
    let (name, clock) = text.split_once(" m=").unwrap_or((text, "+0"));
    let letters = name.bytes().all(|byte| byte.is_ascii_uppercase());
    (3..=5).contains(&name.len()) && (letters || is_signed(name, "")) && is_signed(clock, ".")
}

/// A sign, and after it at least one of the digits and of what else may stand among them.
fn is_signed(text: &str, among: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or_default();
    !rest.is_empty() && rest.chars().all(|character| character.is_ascii_digit() || among.contains(character))
}

fn two(text: &str) -> Option<&str> {
    (text.len() == 2).then_some(text)
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) { None } else { text.parse().ok() }
}

/// A number of days since 2000 in words. Counts years one by one from the nearest that is known.
pub(crate) fn date(since_2000: i64) -> String {
    let mut year = 2000 + since_2000.div_euclid(366);
    while days(year + 1, 1, 1).is_some_and(|first| first <= since_2000) {
        year += 1;
    }
    while days(year, 1, 1).is_some_and(|first| first > since_2000) {
        year -= 1;
    }
    let first = |month: usize| days(year, month, 1).unwrap_or(i64::MAX);
    let month = (1..=12).rev().find(|month| first(*month) <= since_2000).unwrap_or(1);
    format!("{year:04}-{month:02}-{:02}", since_2000 - first(month) + 1)
}

/// Microseconds since midnight in words.
pub(crate) fn time_words(micros: i64) -> String {
    let (seconds, micros) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    format!("{:02}:{:02}:{:02}.{micros:06}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Microseconds since 2000 in words.
pub(crate) fn timestamp(micros: i64) -> String {
    format!("{} {}", date(micros.div_euclid(MICROS_PER_DAY)), time_words(micros.rem_euclid(MICROS_PER_DAY)))
}
