use sha2::{Digest, Sha256};

/// A 256-bit digest of one row.
pub(crate) type RowDigest = [u8; 32];

/// Digest of a row's canonical form.
pub(crate) fn row_digest(canonical: &[u8]) -> RowDigest {
    Sha256::digest(canonical).into()
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
        self.rows += other.rows.wrapping_sub(1);
    }

    /// Lowercase hexadecimal, 64 digits.
    pub(crate) fn hex(&self) -> String {
        self.limbs.iter().flat_map(|limb| limb.to_le_bytes()).map(|byte| format!("{byte:02x}")).collect()
    }
}
