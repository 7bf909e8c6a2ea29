//! Dates and times written as text.

use crate::calendar;

/// Years that are read, in astronomical count: those of ECMAScript's dates that PostgreSQL's types can hold as well.
const YEARS: std::ops::RangeInclusive<i64> = -4712..=275_760;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// Seconds in a day.
pub(crate) const DAY: i64 = 24 * HOUR;

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It does not have the form of a date or time.
    No,
    /// It has the form, but there is no such date or time.
    Impossible,
    /// `2024-02-29`: days since 1970.
    Date(i64),
    /// `23:59`, `23:59:59.999`.
    Time(Instant),
    /// Date and time without a zone.
    Naive(Instant),
    /// Date and time with a zone, as UTC.
    Zoned(Instant),
}

/// A point in time, or a time of day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Instant {
    /// Whole seconds since 1970 or since midnight.
    pub(crate) seconds: i64,
    /// Microseconds after that; further digits are cut.
    pub(crate) micros: u32,
    /// Digits written after the seconds, trailing zeros not counted.
    pub(crate) fraction_digits: u8,
}

/// Reads exactly these forms, without blanks around them:
/// - `YYYY-MM-DD`, with the year as four digits (0001 to 9999), or as a sign and six digits as ECMAScript writes it;
/// - `HH:MM`, `HH:MM:SS`, `HH:MM:SS.f…` with at most 23 hours, 59 minutes and 59 seconds;
/// - both with one blank or `T` between, then nothing, `Z`, `UTC`, `±HH:MM`, `±HHMM` or `±HH`, with one blank before it
///   or none;
/// - the same with an offset, as Go and Ruby write their times: the zone's name after the offset (`+0100 CET`, `-0300 -03`),
///   and Go's monotonic clock after that (`m=+0.5`), which says nothing of the date.
pub(crate) fn read(text: &[u8]) -> Reading {
    let mut rest = Rest { text, exists: true };
    // Most texts are no dates: leave at the first look.
    let reading = match text {
        [_, _, b':', _, _, ..] => rest.time().filter(|_| rest.text.is_empty()).map(Reading::Time),
        [b'+' | b'-', _, _, _, _, _, _, b'-', ..] | [_, _, _, _, b'-', _, _, b'-', _, _, ..] => date(&mut rest),
        _ => None,
    };
    match reading {
        None => Reading::No,
        Some(_) if !rest.exists => Reading::Impossible,
        Some(reading) => reading,
    }
}

/// Reads a text that begins with a date; none when it does not have the form.
fn date(rest: &mut Rest<'_>) -> Option<Reading> {
    let days = rest.days()?;
    if rest.text.is_empty() {
        return Some(Reading::Date(days));
    }
    rest.byte(b'T').or_else(|| rest.byte(b' '))?;
    let mut instant = rest.time()?;
    instant.seconds += days * DAY;
    if rest.text.is_empty() {
        return Some(Reading::Naive(instant));
    }
    instant.seconds -= rest.offset()?;
    Some(Reading::Zoned(instant))
}

/// What is left to read, and whether what was read exists. Methods give none when the text does not have the form.
struct Rest<'a> {
    text: &'a [u8],
    exists: bool,
}

impl Rest<'_> {
    #[inline]
    fn byte(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.text.split_first()?;
        (*first == wanted).then(|| self.text = rest)
    }

    /// Exactly so many digits.
    #[inline]
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.text.split_at_checked(digits)?;
        let mut sum = 0;
        for digit in number {
            let digit = digit.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            sum = sum * 10 + u32::from(digit);
        }
        self.text = rest;
        Some(sum)
    }

    /// A date, as days since 1970.
    fn days(&mut self) -> Option<i64> {
        let negative = self.byte(b'-').is_some();
        let signed = negative || self.byte(b'+').is_some();
        let number = i64::from(self.number(if signed { 6 } else { 4 })?);
        let year = if negative { -number } else { number };
        // Year 0 is written +000000 only: 0000 is what programs write for no date, and -000000 is no year.
        self.exists &= YEARS.contains(&year) && (number != 0 || (signed && !negative));
        self.byte(b'-')?;
        let month = self.number(2)?;
        self.byte(b'-')?;
        let day = self.number(2)?;
        let days = calendar::days(year, month, day);
        self.exists &= days.is_some();
        Some(days.unwrap_or(0))
    }

    /// A time of day.
    fn time(&mut self) -> Option<Instant> {
        let hour = self.number(2)?;
        self.byte(b':')?;
        let minute = self.number(2)?;
        let mut second = 0;
        let (mut micros, mut fraction_digits) = (0, 0);
        if self.byte(b':').is_some() {
            second = self.number(2)?;
            if self.byte(b'.').is_some() {
                (micros, fraction_digits) = self.fraction()?;
            }
        }
        self.exists &= hour < 24 && minute < 60 && second < 60;
        let seconds = i64::from(hour) * HOUR + i64::from(minute) * MINUTE + i64::from(second);
        Some(Instant { seconds, micros, fraction_digits })
    }

    /// At least one digit, at most 32: microseconds and the number of significant digits.
    fn fraction(&mut self) -> Option<(u32, u8)> {
        let (mut micros, mut significant) = (0, 0);
        let mut digits = 0_u8;
        while let Some((byte @ b'0'..=b'9', rest)) = self.text.split_first() {
            self.text = rest;
            digits += 1;
            if digits > 32 {
                return None;
            }
            if digits <= 6 {
                micros = micros * 10 + u32::from(byte - b'0');
            }
            if *byte != b'0' {
                significant = digits;
            }
        }
        (digits > 0).then(|| (micros * 10_u32.pow(6_u32.saturating_sub(u32::from(digits))), significant))
    }

    /// Seconds east of UTC, to the end of the text.
    fn offset(&mut self) -> Option<i64> {
        let _blank = self.byte(b' ');
        if matches!(self.text, b"Z" | b"UTC") {
            return Some(0);
        }
        let west = self.byte(b'-').is_some();
        if !west {
            self.byte(b'+')?;
        }
        let hour = self.number(2)?;
        let mut minute = 0;
        if !self.text.is_empty() {
            let _colon = self.byte(b':');
            minute = self.number(2)?;
        }
        self.zone_name()?;
        self.exists &= hour < 24 && minute < 60;
        let seconds = i64::from(hour) * HOUR + i64::from(minute) * MINUTE;
        self.text.is_empty().then_some(if west { -seconds } else { seconds })
    }

    /// Passes over the name of a zone and the reading of Go's monotonic clock, where they follow.
    fn zone_name(&mut self) -> Option<()> {
        if self.text.is_empty() {
            return Some(());
        }
        self.byte(b' ')?;
        let end = self.text.iter().position(|byte| *byte == b' ').unwrap_or(self.text.len());
        let (name, rest) = self.text.split_at(end);
        let letters = name.iter().all(u8::is_ascii_uppercase);
        let digits = matches!(name, [b'+' | b'-', digits @ ..] if digits.iter().all(u8::is_ascii_digit));
        let clock = rest.is_empty() || matches!(rest, [b' ', b'm', b'=', b'+' | b'-', clock @ ..] if is_decimal(clock));
        self.text = &[];
        ((3..=5).contains(&name.len()) && (letters || digits) && clock).then_some(())
    }
}

/// Digits with a point among them.
fn is_decimal(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

#[cfg(test)]
mod tests;
