use std::sync::mpsc as std_mpsc;

use tokio::sync::mpsc;

use super::batch::BatchEnd;

/// A block is sent when it holds that many bytes. Smaller ones cost system calls, larger ones leave the processor's
/// cache; 128 KiB to 1 MiB measured alike.
const BLOCK_BYTES: usize = 256 * 1024;

/// Room in a new block beyond [`BLOCK_BYTES`], so that the row that fills it does not make it grow.
const SLACK_BYTES: usize = 32 * 1024;

/// A value beyond that size is large: sent in parts where that can be; else nothing more is read until its block is gone,
/// so that at most one is in memory outside SQLite.
pub(super) const LARGE_BYTES: usize = 2 * 1024 * 1024;

/// Blocks on the way between the reader and the session.
const BLOCKS_MAX: usize = 4;

/// Encoded rows, or a part of one row.
pub(crate) struct Block {
    /// Binary COPY data.
    pub(crate) bytes: Vec<u8>,
    /// Rows that end in it.
    pub(crate) rows: u64,
    /// It is the last one of a batch.
    pub(crate) end: Option<Box<BatchEnd>>,
}

/// The reader's end: fills a block, sends it, gets used ones back.
pub(crate) struct Filler {
    /// The block that is being filled.
    pub(crate) bytes: Vec<u8>,
    rows: u64,
    /// Bytes of this batch that were sent.
    sent: u64,
    blocks: mpsc::Sender<Block>,
    used: std_mpsc::Receiver<Vec<u8>>,
    /// Blocks sent and not yet given back.
    outstanding: usize,
}

/// The session's end.
pub(crate) struct Pipe {
    /// Blocks in order.
    pub(crate) blocks: mpsc::Receiver<Block>,
    used: std_mpsc::Sender<Vec<u8>>,
}

/// The session's end is gone: the table was given up.
#[derive(Debug)]
pub(crate) struct Closed;

/// A pipe of a bounded number of blocks.
pub(crate) fn pipe() -> (Filler, Pipe) {
    let (sender, blocks) = mpsc::channel(BLOCKS_MAX);
    let (used, given_back) = std_mpsc::channel();
    let filler = Filler { bytes: new_block(), rows: 0, sent: 0, blocks: sender, used: given_back, outstanding: 0 };
    (filler, Pipe { blocks, used })
}

impl Filler {
    /// True when the block should be sent.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.bytes.len() >= BLOCK_BYTES
    }

    /// Bytes of this batch so far.
    #[inline]
    pub(crate) fn batch_bytes(&self) -> u64 {
        self.sent + self.bytes.len() as u64
    }

    /// Appends a field of a row that may be sent in parts, sending as it goes; what is longer than PostgreSQL takes was
    /// refused before.
    pub(crate) fn stream_field(&mut self, field: &[u8]) -> Result<(), Closed> {
        self.bytes.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
        for piece in field.chunks(BLOCK_BYTES) {
            self.bytes.extend_from_slice(piece);
            self.send()?;
        }
        Ok(())
    }

    /// Counts a finished row.
    #[inline]
    pub(crate) fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Sends the block and begins another; waits while the session is behind.
    pub(crate) fn send(&mut self) -> Result<(), Closed> {
        if self.bytes.is_empty() { Ok(()) } else { self.send_with(None) }
    }

    /// Ends a batch, and begins another.
    pub(crate) fn end_batch(&mut self, end: BatchEnd) -> Result<(), Closed> {
        self.send_with(Some(Box::new(end)))?;
        self.sent = 0;
        Ok(())
    }

    fn send_with(&mut self, end: Option<Box<BatchEnd>>) -> Result<(), Closed> {
        let large = self.bytes.capacity() > LARGE_BYTES;
        self.sent += self.bytes.len() as u64;
        let block = Block { bytes: std::mem::take(&mut self.bytes), rows: std::mem::take(&mut self.rows), end };
        self.blocks.blocking_send(block).map_err(|_| Closed)?;
        self.outstanding += 1;
        while large && self.outstanding > 0 {
            self.bytes = self.used.recv().map_err(|_| Closed)?;
            self.outstanding -= 1;
        }
        if self.bytes.capacity() == 0
            && let Ok(bytes) = self.used.try_recv()
        {
            self.bytes = bytes;
            self.outstanding -= 1;
        }
        if self.bytes.capacity() == 0 {
            self.bytes = new_block();
        }
        Ok(())
    }
}

impl Pipe {
    /// Gives a sent block back; one that grew is freed instead.
    pub(crate) fn give_back(&self, mut bytes: Vec<u8>) {
        bytes.clear();
        if bytes.capacity() > BLOCK_BYTES + SLACK_BYTES {
            bytes = Vec::new();
        }
        // The reader may have ended: then nobody needs it.
        let _ = self.used.send(bytes);
    }
}

fn new_block() -> Vec<u8> {
    Vec::with_capacity(BLOCK_BYTES + SLACK_BYTES)
}
