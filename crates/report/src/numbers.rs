//! Numbers, sizes and times in words, as each language writes them.

use crate::Lang;

/// Between groups of three digits in Spanish: a narrow blank at which no line breaks, as RAE and ISO 80000 have it.
const NARROW_BLANK: char = '\u{202f}';

/// Sizes in steps of a thousand.
const SIZES: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];

/// A whole number with its digits in groups.
pub(crate) fn count(lang: Lang, number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(if lang == Lang::En { ',' } else { NARROW_BLANK });
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with `places` decimals.
pub(crate) fn decimal(lang: Lang, number: f64, places: usize) -> String {
    let text = format!("{:.places$}", if number.is_finite() { number } else { 0.0 });
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = count(lang, whole.parse().unwrap_or(u64::MAX));
    let point = if lang == Lang::En { '.' } else { ',' };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{fraction}") }
}

/// A size in bytes, to three digits or so.
pub(crate) fn size(lang: Lang, bytes: u64) -> String {
    let (value, unit) = scaled(as_float(bytes));
    let places = usize::from(unit > 0 && value < 100.0);
    format!("{}\u{a0}{}", decimal(lang, value, places), SIZES[unit])
}

/// A length of time.
pub(crate) fn duration(lang: Lang, seconds: f64) -> String {
    let seconds = if seconds.is_finite() { seconds.max(0.0) } else { 0.0 };
    if seconds == 0.0 {
        return "0\u{a0}s".to_owned();
    }
    if seconds < 0.9995 {
        return format!("{}\u{a0}ms", decimal(lang, seconds * 1000.0, 0));
    }
    if seconds < 59.95 {
        return format!("{}\u{a0}s", decimal(lang, seconds, 1));
    }
    let whole = whole(seconds);
    if whole < 3600 {
        return format!("{}\u{a0}min\u{a0}{:02}\u{a0}s", whole / 60, whole % 60);
    }
    format!("{}\u{a0}h\u{a0}{:02}\u{a0}min", count(lang, whole / 3600), whole % 3600 / 60)
}

/// A length of time given in milliseconds.
pub(crate) fn duration_ms(lang: Lang, ms: u64) -> String {
    duration(lang, as_float(ms) / 1000.0)
}

/// A moment as the page shows it: `2025-11-24 20:15:00 UTC`. Anything that is not such a moment stays as it is.
pub(crate) fn moment(text: &str) -> String {
    let Some((date, time)) = text.split_once('T') else { return text.to_owned() };
    let Some(time) = time.strip_suffix('Z') else { return text.to_owned() };
    let time = time.split_once('.').map_or(time, |(seconds, _)| seconds);
    format!("{date} {time}\u{a0}UTC")
}

/// The whole part of a number that is not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates; the text shows whole units"
)]
pub(crate) fn whole(number: f64) -> u64 {
    number.round() as u64
}

/// For plots and texts of few digits.
#[expect(clippy::cast_precision_loss, reason = "shown with few digits")]
pub(crate) fn as_float(number: u64) -> f64 {
    number as f64
}

/// The first digits of a digest, enough to compare by eye.
pub(crate) fn abbreviated(digest: &str) -> String {
    let short: String = digest.chars().take(12).collect();
    if short.len() < digest.len() { format!("{short}…") } else { short }
}

fn scaled(mut value: f64) -> (f64, usize) {
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < SIZES.len() {
        value /= 1000.0;
        unit += 1;
    }
    (value, unit)
}

#[cfg(test)]
mod tests;
