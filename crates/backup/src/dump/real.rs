use std::fmt::Write;

/// Decimal digits that a double holds exactly.
const DIGITS_MAX: usize = 15;

/// A double as an SQL expression that every SQLite reads back as the same double.
///
/// SQLite's own reading of decimals is not exactly rounded: up to 3.42 it divides in 80 bits and rounds twice, later
/// versions promise 15 digits. So a decimal is written only where no rounding can go wrong: few digits, and at most
/// three places, where the quotient is farther from a tie than 80 bits can blur. All else is written as an odd integer
/// times or divided by powers of two, each step of which is exact.
pub(super) fn literal(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "1e999" } else { "-1e999" }.to_owned();
    }
    if value == 0.0 {
        return if value.is_sign_negative() { "-0.0" } else { "0.0" }.to_owned();
    }
    plain(value).unwrap_or_else(|| by_powers_of_two(value))
}

/// The decimal form, where it is safe.
fn plain(value: f64) -> Option<String> {
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let last_place = exponent - i32::try_from(digits).ok()? + 1;
    let few = digits <= DIGITS_MAX && exponent < i32::try_from(DIGITS_MAX).ok()?;
    (few && last_place >= -3).then(|| format!("{value:?}"))
}

fn by_powers_of_two(value: f64) -> String {
    /// The largest power of two that is an integer for SQLite.
    const STEP_BITS: i32 = 62;
    let (mut odd, mut power) = parts(value);
    let zeros = odd.trailing_zeros();
    odd >>= zeros;
    power += i32::try_from(zeros).unwrap_or(0);
    let sign = if value < 0.0 { "-" } else { "" };
    let mut text = format!("{sign}{odd}.0");
    let operator = if power < 0 { '/' } else { '*' };
    let mut left = power.abs();
    while left > 0 {
        let bits = left.min(STEP_BITS);
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{operator}{}", 1_u64 << bits);
        left -= bits;
    }
    text
}

/// Mantissa and power of two of a finite double: its size is the one times two to the other (IEEE 754, 3.4).
fn parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}
