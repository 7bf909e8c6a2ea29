use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use autobot_plan::files;
use sha2::{Digest, Sha256};

/// Bytes read at a time.
const BLOCK_BYTES: usize = 256 * 1024;

/// Size and hash of a file that is open already, from its start; says after each block how many bytes were read.
pub(crate) fn hash(mut file: &File, mut read: impl FnMut(u64)) -> io::Result<(u64, String)> {
    file.seek(SeekFrom::Start(0))?;
    let mut hashing = Hashing::new(file);
    let mut block = vec![0; BLOCK_BYTES];
    while hashing.read(&mut block)? > 0 {
        read(hashing.size_bytes);
    }
    Ok(hashing.finish().1)
}

/// Hashes what passes through it, in either direction.
#[derive(Debug)]
pub(crate) struct Hashing<S> {
    inner: S,
    hasher: Sha256,
    size_bytes: u64,
}

impl<S> Hashing<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner, hasher: Sha256::new(), size_bytes: 0 }
    }

    /// Size and lowercase hexadecimal SHA-256 of what passed.
    pub(crate) fn finish(self) -> (S, (u64, String)) {
        (self.inner, (self.size_bytes, files::hex(&self.hasher.finalize())))
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.size_bytes += read as u64;
        Ok(read)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.size_bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
