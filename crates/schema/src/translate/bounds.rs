//! How large and how small numbers can get: PostgreSQL fails where SQLite goes on with a real, an infinity or zero.

use autobot_catalog::{ColumnEvidence, Form};

use super::why::Why;

/// Magnitudes of the numbers that an expression has over the rows there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    /// The largest; infinite when an infinity is among them.
    most: f64,
    /// The smallest but zero; infinite when there is none.
    least: f64,
}

/// A 64-bit integer that arithmetic gave is below this, with room for rounding.
const INTEGER_MAX: f64 = 9.223e18;

impl Bounds {
    /// Of a literal, or any one number.
    pub(super) fn of(number: f64) -> Self {
        let magnitude = number.abs();
        Self { most: magnitude, least: if magnitude == 0.0 { f64::INFINITY } else { magnitude } }
    }

    /// Of what a column holds.
    pub(super) fn of_column(evidence: &ColumnEvidence) -> Self {
        let none = Self { most: 0.0, least: f64::INFINITY };
        let has_infinity = evidence.forms.get(&Form::RealInfinite).is_some_and(|seen| seen.count > 0);
        #[expect(clippy::cast_precision_loss, reason = "bounds have room for rounding")]
        let integers =
            evidence.integers.map(|(low, high)| Self::of(low as f64).or(Self::of(high as f64)).or(Self::of(1.0)));
        let reals =
            evidence.reals.map(|(low, high)| Self::of(low).or(Self::of(high)).or(Self::of(evidence.reals_least)));
        let infinity = has_infinity.then(|| Self::of(f64::INFINITY));
        [integers, reals, infinity].into_iter().flatten().fold(none, Self::or)
    }

    /// Of a value that is one or the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self { most: self.most.max(other.most), least: self.least.min(other.least) }
    }

    pub(super) fn sum(self, other: Self) -> Self {
        // A difference is a multiple of the last bit of the smaller one.
        Self { most: self.most + other.most, least: self.least.min(other.least) * f64::EPSILON / 2.0 }
    }

    pub(super) fn product(self, other: Self) -> Self {
        Self { most: finite(self.most * other.most), least: finite(self.least * other.least) }
    }

    pub(super) fn quotient(self, other: Self) -> Self {
        Self { most: finite(self.most / other.least), least: finite(self.least / other.most) }
    }

    /// Refused when PostgreSQL would fail on a row that SQLite computes.
    pub(super) fn checked(self, integer: bool) -> Result<Self, Why> {
        let holds = if integer { self.most < INTEGER_MAX } else { self.most.is_finite() && self.least > 0.0 };
        let beyond = if integer { "64-bit integers" } else { "doubles" };
        if holds { Ok(self) } else { Err(Why(format!("its numbers may go beyond {beyond}, where PostgreSQL fails"))) }
    }
}

/// Nothing times or by nothing is nothing.
fn finite(number: f64) -> f64 {
    if number.is_nan() { f64::INFINITY } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_within_64_bits() {
        let large = Bounds::of(5e18);
        assert!(large.checked(true).is_ok());
        assert!(large.sum(large).checked(true).is_err());
        assert!(Bounds::of(3e9).product(Bounds::of(4e9)).checked(true).is_err());
        assert!(Bounds::of(3e9).product(Bounds::of(2e9)).checked(true).is_ok());
    }

    #[test]
    fn doubles_within_their_range() {
        let (tiny, huge) = (Bounds::of(5e-324), Bounds::of(1e300));
        assert!(tiny.sum(tiny).product(Bounds::of(1.0)).checked(false).is_err());
        assert!(tiny.product(Bounds::of(0.1)).checked(false).is_err());
        assert!(huge.product(huge).checked(false).is_err());
        assert!(huge.quotient(tiny).checked(false).is_err());
        assert!(Bounds::of(0.0).product(huge).checked(false).is_ok());
        assert!(Bounds::of(19.99).sum(Bounds::of(4.5)).product(Bounds::of(1.21)).checked(false).is_ok());
        assert!(Bounds::of(f64::INFINITY).sum(huge).checked(false).is_err());
    }
}
