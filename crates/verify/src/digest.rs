use sha2::{Digest, Sha256};

/// Length of a digest: 256 bits.
pub(crate) const DIGEST_BYTES: usize = 32;

/// SHA-256 of a row in canonical form, of a key or of a large value.
pub(crate) type RowDigest = [u8; DIGEST_BYTES];

/// Digests some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> RowDigest {
    Sha256::digest(bytes).into()
}

/// A quick hash that is the same in every run: 8 bytes at a time, multiplied and folded. Says nothing about equality.
#[inline]
pub(crate) fn fast_hash(seed: u64, bytes: &[u8]) -> u64 {
    /// 2^64 divided by the golden ratio: its bits look random, and it is odd.
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let fold = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word).wrapping_mul(u128::from(FACTOR));
        let halves = product.to_le_bytes();
        let half = |at: usize| halves.as_chunks::<8>().0[at];
        u64::from_le_bytes(half(0)) ^ u64::from_le_bytes(half(1))
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(seed ^ FACTOR, |hash, word| fold(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    // The length tells "a" from "a\0"; two more rounds let every bit reach every other.
    let hash = fold(fold(hash, u64::from_le_bytes(last)), bytes.len() as u64 ^ FACTOR.rotate_left(32));
    fold(hash, FACTOR.rotate_left(17))
}

/// The sum of row digests modulo 2^256, with their number: the order of rows does not matter, and since each summand is
/// a cryptographic digest, differences do not cancel (a doubled row is two summands, where XOR would lose both).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    limbs: [u64; 4],
    /// Number of rows.
    pub(crate) rows: u64,
}

impl Sum {
    /// Adds one row.
    pub(crate) fn add(&mut self, digest: &RowDigest) {
        let mut carry = false;
        for (limb, bytes) in self.limbs.iter_mut().zip(digest.as_chunks::<8>().0) {
            let (sum, over) = limb.overflowing_add(u64::from_le_bytes(*bytes));
            let (sum, again) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, over || again);
        }
        self.rows += 1;
    }

    /// Adds what another sum holds.
    pub(crate) fn merge(&mut self, other: &Self) {
        let mut bytes = [0; 32];
        for (chunk, limb) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(other.limbs) {
            *chunk = limb.to_le_bytes();
        }
        self.add(&bytes);
        // `add` counted one row; what was merged are as many as the other sum holds.
        self.rows = self.rows - 1 + other.rows;
    }

    /// The lowest 64 bits.
    pub(crate) fn low(&self) -> u64 {
        self.limbs[0]
    }

    /// Lowercase hexadecimal, 64 digits.
    pub(crate) fn hex(&self) -> String {
        hex(self.limbs.map(u64::to_le_bytes).as_flattened())
    }
}

/// Lowercase hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    halves.map(|half| char::from(DIGITS[usize::from(half)])).collect()
}
