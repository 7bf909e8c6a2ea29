use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes that travel together.
const BLOCK_BYTES: usize = 256 * 1024;

/// Blocks on the way.
const BLOCKS_MAX: usize = 8;

/// A pipe of bounded size between two threads. The reader sees its end only when the writer has said [`PipeEnd::finish`].
pub(super) fn pipe() -> (PipeStart, PipeEnd) {
    let (sender, receiver) = sync_channel(BLOCKS_MAX);
    let block = Vec::with_capacity(BLOCK_BYTES);
    (PipeStart { sender, block }, PipeEnd { receiver, block: Vec::new(), at: 0, finished: false })
}

/// Where bytes go in.
#[derive(Debug)]
pub(super) struct PipeStart {
    sender: SyncSender<Option<Vec<u8>>>,
    block: Vec<u8>,
}

/// Where bytes come out.
#[derive(Debug)]
pub(super) struct PipeEnd {
    receiver: Receiver<Option<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
    finished: bool,
}

impl PipeStart {
    /// Says that this was all; without it the reader gets an error, so that half an archive is never taken for one.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.send(None)
    }

    fn send(&self, block: Option<Vec<u8>>) -> io::Result<()> {
        self.sender.send(block).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

impl Write for PipeStart {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(BLOCK_BYTES - self.block.len());
        self.block.extend_from_slice(&bytes[..taken]);
        if self.block.len() == BLOCK_BYTES {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.block, Vec::with_capacity(BLOCK_BYTES));
        self.send(Some(full))
    }
}

impl Read for PipeEnd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.block.len() && !self.finished {
            match self.receiver.recv() {
                Ok(Some(block)) => (self.block, self.at) = (block, 0),
                Ok(None) => self.finished = true,
                Err(_) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            }
        }
        let ready = &self.block[self.at..];
        let taken = ready.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&ready[..taken]);
        self.at += taken;
        Ok(taken)
    }
}
