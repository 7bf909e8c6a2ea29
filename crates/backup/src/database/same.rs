use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;

/// Bytes compared at a time.
const BLOCK_BYTES: usize = 256 * 1024;

/// True when a file holds the same bytes as another, which is open twice: each half is compared on its own thread.
pub(super) fn same_bytes(originals: [&File; 2], copy: &Path) -> io::Result<bool> {
    let length = originals[0].metadata()?.len();
    if std::fs::metadata(copy)?.len() != length {
        return Ok(false);
    }
    let middle = length / 2;
    let [first, second] = originals;
    thread::scope(|threads| {
        let second = threads.spawn(|| same_part(second, copy, middle, length));
        let first = same_part(first, copy, 0, middle)?;
        Ok(first && second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?)
    })
}

fn same_part(mut original: &File, copy: &Path, from: u64, to: u64) -> io::Result<bool> {
    let mut copy = File::open(copy)?;
    original.seek(SeekFrom::Start(from))?;
    copy.seek(SeekFrom::Start(from))?;
    let (mut expected, mut found) = (vec![0; BLOCK_BYTES], vec![0; BLOCK_BYTES]);
    let mut left = to - from;
    while left > 0 {
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(BLOCK_BYTES);
        original.read_exact(&mut expected[..length])?;
        copy.read_exact(&mut found[..length])?;
        if expected[..length] != found[..length] {
            return Ok(false);
        }
        left -= length as u64;
    }
    Ok(true)
}
