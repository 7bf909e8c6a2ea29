//! Decimal numbers as sign, digits without zeros at either end, and the place of the point.

/// A finite decimal: `0.digits × 10^point`, first and last digit not zero; no digits for zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    point: i64,
    digits: Vec<u8>,
}

impl Decimal {
    /// Reads `[-+]digits[.digits][e[-+]digits]`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, body) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match body.find(['e', 'E']) {
            Some(at) => (&body[..at], body[at + 1..].parse::<i64>().ok()?),
            None => (body, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        Some(Self::normal(negative, i64::try_from(whole.len()).ok()?.checked_add(exponent)?, digits))
    }

    /// From the digits of PostgreSQL's binary form: base 10,000, the first of weight `weight`.
    pub(crate) fn from_base_10000(negative: bool, weight: i16, groups: impl Iterator<Item = i16>) -> Self {
        let digits = groups.flat_map(|group| [group / 1000, group / 100 % 10, group / 10 % 10, group % 10]);
        let digits = digits.map(|digit| u8::try_from(digit).unwrap_or(0)).collect();
        Self::normal(negative, (i64::from(weight) + 1) * 4, digits)
    }

    /// True when `DECIMAL(precision, scale)` holds all digits; without limits, what NUMERIC holds at all (PostgreSQL
    /// documentation, 8.1.2).
    pub(crate) fn fits(&self, limits: Option<(u16, u16)>) -> bool {
        let (before, after) = limits.map_or((131_072, 16_383), |(precision, scale)| {
            (i64::from(precision) - i64::from(scale), i64::from(scale))
        });
        let length = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        self.digits.is_empty() || (self.point <= before && length.saturating_sub(self.point) <= after)
    }

    /// The number as `digits × 10^exponent`; none when the digits are more than 128 bits hold.
    pub(crate) fn parts(&self) -> Option<(i128, i64)> {
        let add = |sum: i128, digit: &u8| sum.checked_mul(10)?.checked_add(i128::from(*digit));
        let digits = self.digits.iter().try_fold(0_i128, add)?;
        let exponent = self.point.checked_sub(i64::try_from(self.digits.len()).ok()?)?;
        Some((if self.negative { -digits } else { digits }, exponent))
    }

    /// Appends sign, point and digits.
    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        let mut payload = Vec::with_capacity(self.digits.len() + 9);
        payload.push(u8::from(self.negative));
        payload.extend_from_slice(&self.point.to_le_bytes());
        payload.extend_from_slice(&self.digits);
        super::put(out, super::tag::DECIMAL, &payload);
    }

    /// The one text of this value, for canonical JSON.
    pub(crate) fn text(&self) -> String {
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        format!("{}0.{digits}e{}", if self.negative { "-" } else { "" }, self.point)
    }

    fn normal(negative: bool, point: i64, mut digits: Vec<u8>) -> Self {
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            return Self { negative: false, point: 0, digits };
        }
        Self { negative, point: point - i64::try_from(zeros).unwrap_or(0), digits }
    }
}

/// What [`Decimal::put`] put, in words.
pub(crate) fn words(payload: &[u8]) -> String {
    let Some((negative, (point, digits))) =
        payload.split_first().and_then(|(n, rest)| Some((n, rest.split_first_chunk::<8>()?)))
    else {
        return String::new();
    };
    Decimal { negative: *negative != 0, point: i64::from_le_bytes(*point), digits: digits.to_vec() }.text()
}

/// Appends a finite integer or double as a decimal number, by which numbers of different types compare; none of another.
pub(crate) fn put_number(class: u8, payload: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let bits = i64::from_le_bytes(payload.try_into().ok()?);
    let text = match class {
        super::tag::INTEGER => bits.to_string(),
        super::tag::DOUBLE => format!("{:e}", f64::from_bits(bits.cast_unsigned())),
        _ => return None,
    };
    Decimal::parse(&text)?.put(out);
    Some(())
}
