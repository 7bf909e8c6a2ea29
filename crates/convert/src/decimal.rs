//! Decimal numbers written as text.

/// Digits that NUMERIC can hold before and after the point (PostgreSQL documentation, 8.1.2).
pub(crate) const DIGITS_BEFORE_MAX: u32 = 131_072;
/// See [`DIGITS_BEFORE_MAX`].
pub(crate) const DIGITS_AFTER_MAX: u32 = 16_383;

/// A decimal number: the digits of `whole` and `fraction` in one row, the point after `point` of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal<'a> {
    pub(crate) negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
    /// Position of the decimal point in the row of digits; may lie outside of it.
    point: i64,
    /// Positions of the first digit that is not 0 and after the last such digit; equal when the number is zero.
    significant: (usize, usize),
}

impl<'a> Decimal<'a> {
    /// Reads `[+-]digits[.digits][e[+-]digits]`, with a digit on at least one side of the point, that NUMERIC can hold.
    pub(crate) fn read(text: &'a [u8]) -> Option<Self> {
        let (negative, rest) = sign(text);
        let (whole, rest) = digits(rest);
        let (fraction, rest) = rest.strip_prefix(b".").map_or((&b""[..], rest), digits);
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let exponent = match rest {
            [] => 0,
            [b'e' | b'E', rest @ ..] => exponent(rest)?,
            _ => return None,
        };
        let number = Self::new(negative, whole, fraction, i64::try_from(whole.len()).ok()? + exponent);
        let fits = number.before() <= DIGITS_BEFORE_MAX && number.scale() <= DIGITS_AFTER_MAX;
        fits.then_some(number)
    }

    /// The number `0.digits × 10^point`.
    pub(crate) fn new_from_digits(negative: bool, digits: &'a [u8], point: i32) -> Self {
        Self::new(negative, digits, b"", i64::from(point))
    }

    fn new(negative: bool, whole: &'a [u8], fraction: &'a [u8], point: i64) -> Self {
        let mut number = Self { negative, whole, fraction, point, significant: (0, 0) };
        let length = whole.len() + fraction.len();
        let first = (0..length).find(|at| number.digit(*at) != 0);
        let last = (0..length).rev().find(|at| number.digit(*at) != 0);
        number.significant = first.zip(last).map_or((0, 0), |(first, last)| (first, last + 1));
        number
    }

    #[inline]
    fn digit(&self, at: usize) -> u8 {
        let digit = if at < self.whole.len() { self.whole.get(at) } else { self.fraction.get(at - self.whole.len()) };
        digit.map_or(0, |digit| digit - b'0')
    }

    /// The digit `place` places before the decimal point: 0 for units, −1 for tenths.
    #[inline]
    pub(crate) fn digit_at(&self, place: i64) -> u8 {
        usize::try_from(self.point - 1 - place).map_or(0, |at| self.digit(at))
    }

    /// True for 0, however it is written.
    pub(crate) fn is_zero(&self) -> bool {
        self.significant.0 == self.significant.1
    }

    /// Place of the first significant digit, and of the last one.
    pub(crate) fn places(&self) -> (i64, i64) {
        let place = |at: usize| self.point - 1 - i64::try_from(at).unwrap_or(i64::MAX);
        (place(self.significant.0), place(self.significant.1.saturating_sub(1)))
    }

    /// Significant digits before the decimal point.
    pub(crate) fn before(&self) -> u32 {
        if self.is_zero() { 0 } else { clamp(self.places().0 + 1) }
    }

    /// Significant digits after the decimal point.
    pub(crate) fn after(&self) -> u32 {
        if self.is_zero() { 0 } else { clamp(-self.places().1) }
    }

    /// Digits written after the decimal point, trailing zeros included.
    pub(crate) fn scale(&self) -> u32 {
        clamp(i64::try_from(self.whole.len() + self.fraction.len()).unwrap_or(i64::MAX) - self.point)
    }
}

fn clamp(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

fn sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    }
}

fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

/// A decimal exponent; beyond six digits no number that NUMERIC holds has one.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, rest) = sign(text);
    let (number, rest) = digits(rest);
    if number.is_empty() || number.len() > 6 || !rest.is_empty() {
        return None;
    }
    let number = number.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some(if negative { -number } else { number })
}
