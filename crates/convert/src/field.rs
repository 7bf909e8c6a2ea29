//! Fields of a binary COPY: a 32-bit length and the bytes, or −1 for NULL (PostgreSQL documentation, "COPY", "Binary
//! Format").

use crate::{Reason, Refusal};

/// Most bytes of one value: 1 GiB less the header of a variable-length value (`MaxAllocSize` and `VARHDRSZ` in
/// PostgreSQL's `memutils.h` and `c.h`).
pub(crate) const BYTES_MAX: usize = 0x3fff_ffff - 4;

/// Appends NULL.
#[inline]
pub(crate) fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(&(-1_i32).to_be_bytes());
}

/// Appends a value of fixed length.
#[inline]
pub(crate) fn fixed<const N: usize>(payload: [u8; N], out: &mut Vec<u8>) {
    const { assert!(N <= 255) };
    #[expect(clippy::cast_possible_truncation, reason = "asserted")]
    out.extend_from_slice(&[0, 0, 0, N as u8]);
    out.extend_from_slice(&payload);
}

/// Appends a value of any length.
#[inline]
pub(crate) fn bytes(payload: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
    out.extend_from_slice(&length(payload.len())?.to_be_bytes());
    out.extend_from_slice(payload);
    Ok(())
}

/// Appends what `write` appends, with its length before it.
#[inline]
pub(crate) fn counted<T>(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    let result = write(out)?;
    let length = length(out.len() - start - 4)?;
    out[start..start + 4].copy_from_slice(&length.to_be_bytes());
    Ok(result)
}

#[inline]
fn length(bytes: usize) -> Result<u32, Refusal> {
    match u32::try_from(bytes) {
        Ok(length) if bytes <= BYTES_MAX => Ok(length),
        _ => Err(Reason::TooLong.into()),
    }
}
