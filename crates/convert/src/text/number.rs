//! Numbers as SQLite casts them to text.

use std::io::Write;

use crate::shortest::Shortest;

/// From this power of ten on SQLite writes an exponent (`%!.15g`).
const POINT_MAX: i32 = 15;

/// Below this power of ten SQLite writes an exponent.
const POINT_MIN: i32 = -3;

/// Writes an integer in decimal.
pub(crate) fn decimal(number: i64, out: &mut Vec<u8>) {
    // Writing to a `Vec` does not fail.
    let _written = write!(out, "{number}");
}

/// Writes a finite real in its shortest form, which is a JSON number: `0.1`, `5.0`, `1e300`.
pub(crate) fn shortest(number: f64, out: &mut Vec<u8>) {
    let _written = write!(out, "{number:?}");
}

/// Writes a real as SQLite does, `%!.15g`; with the 16 or 17 digits that give the number back when 15 do not. Subnormal
/// numbers, whose digits SQLite itself does not round exactly, get their shortest form.
pub(super) fn real(number: f64, out: &mut Vec<u8>) {
    if number.is_infinite() {
        out.extend_from_slice(if number > 0.0 { b"Inf" } else { b"-Inf" });
        return;
    }
    let shortest = Shortest::of(number);
    let (digits, point) = (shortest.digits(), shortest.point);
    if shortest.negative {
        out.push(b'-');
    }
    if (POINT_MIN..=POINT_MAX).contains(&point) {
        plain(digits, point, out);
    } else {
        plain(digits, 1, out);
        let exponent = point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        let _written = write!(out, "e{sign}{:02}", exponent.unsigned_abs());
    }
}

/// Writes `0.d₁d₂… × 10^point` without an exponent and with at least one digit on either side of the point.
fn plain(digits: &[u8], point: i32, out: &mut Vec<u8>) {
    let zeros =
        |count: i32, out: &mut Vec<u8>| out.extend(std::iter::repeat_n(b'0', usize::try_from(count).unwrap_or(0)));
    let before = usize::try_from(point).unwrap_or(0).min(digits.len());
    let (whole, fraction) = digits.split_at(before);
    out.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
    zeros(point - i32::try_from(digits.len()).unwrap_or(0), out);
    out.push(b'.');
    zeros(-point, out);
    out.extend_from_slice(if fraction.is_empty() { b"0" } else { fraction });
}
