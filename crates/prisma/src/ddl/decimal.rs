//! Decimal numbers as Prisma's engine prints them.

/// The longest number printed, in digits; PostgreSQL's own limit lies at 131072 before the point.
const DIGITS_MAX: usize = 200_000;

/// A decimal literal written out without an exponent, or `None` if it is no number.
///
/// Digits after the point stay (`1.50`), zeros before the first digit go, and so does the sign of a zero.
pub(super) fn plain(text: &str) -> Option<String> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], rest[at + 1..].parse::<i64>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole: String = whole.chars().filter(|c| *c != '_').collect();
    let fraction: String = fraction.chars().filter(|c| *c != '_').collect();
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    let significant = digits.trim_start_matches('0');
    let sign = if negative && !significant.is_empty() { "-" } else { "" };
    let significant = if significant.is_empty() { "0" } else { significant };
    Some(format!("{sign}{}", placed(significant, scale)?))
}

/// Digits with the point put `scale` digits from the right; a negative scale appends zeros.
fn placed(digits: &str, scale: i64) -> Option<String> {
    let distance = usize::try_from(scale.unsigned_abs()).ok().filter(|d| *d <= DIGITS_MAX)?;
    if scale <= 0 {
        return Some(format!("{digits}{}", "0".repeat(distance)));
    }
    let padded = format!("{digits:0>width$}", width = distance + 1);
    let (whole, fraction) = padded.split_at(padded.len() - distance);
    Some(format!("{whole}.{fraction}"))
}
