//! The shortest decimal digits that give a double back: `0.1` and not `0.1000000000000000055…`.

use std::fmt::Write;

/// A finite double as decimal digits: `±0.d₁d₂d₃… × 10^point`. No leading or trailing zeros; zero has the digit `0`.
pub(crate) struct Shortest {
    bytes: Stack,
    /// Below zero, or −0.0.
    pub(crate) negative: bool,
    /// How many digits stand before the decimal point; negative when zeros follow it.
    pub(crate) point: i32,
}

impl Shortest {
    /// Takes a finite double apart.
    pub(crate) fn of(real: f64) -> Self {
        let mut bytes = Stack::default();
        // At most 17 digits, point, sign and exponent: within the buffer.
        let written = write!(bytes, "{:e}", real.abs());
        debug_assert!(written.is_ok() && real.is_finite());
        let text = &bytes.bytes[..bytes.len];
        let e = text.iter().position(|byte| *byte == b'e').unwrap_or(text.len());
        let exponent = std::str::from_utf8(&text[(e + 1).min(text.len())..]).ok().and_then(|text| text.parse().ok());
        let point = exponent.unwrap_or(0) + 1;
        if e > 1 {
            bytes.bytes.copy_within(2..e, 1);
            bytes.len = e - 1;
        } else {
            bytes.len = 1;
        }
        Self { bytes, negative: real.is_sign_negative(), point }
    }

    /// The digits, in ASCII.
    pub(crate) fn digits(&self) -> &[u8] {
        &self.bytes.bytes[..self.bytes.len]
    }
}

/// A text on the stack.
#[derive(Default)]
struct Stack {
    bytes: [u8; 32],
    len: usize,
}

impl Write for Stack {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.len + text.len();
        self.bytes.get_mut(self.len..end).ok_or(std::fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
