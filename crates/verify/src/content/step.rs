//! Both sides in step: a copy usually gives its rows back in the order in which they were written, so the target's side
//! holds each of its rows against the source's next one, byte by byte, and only digests it where they differ.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use crate::digest::RowDigest;

/// A block of rows is handed over when it holds that many bytes: small enough to stay in a processor's cache.
const BLOCK_BYTES: usize = 64 * 1024;

/// Blocks on the way between the sides: the target's rows come in gulps, the source's are not to wait for them.
const BLOCKS_MAX: usize = 16;

/// Rows in which the sides may differ before the target's side goes on alone: its order is another one.
const MISSES_MAX: u32 = 100;

/// What is worked out of a row, and the same for equal rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) digest: RowDigest,
    /// Hash of the row's key.
    pub(super) hash: u64,
}

/// The source's end.
pub(super) struct Leader {
    /// None when nobody follows any more.
    sender: Option<SyncSender<Block>>,
    block: Block,
    used: Receiver<Block>,
}

/// The target's end.
pub(super) struct Follower {
    /// None when it goes alone.
    blocks: Option<Receiver<Block>>,
    block: Block,
    used: Sender<Block>,
    /// The next row of the block, and where its form begins.
    at: usize,
    start: usize,
    misses: u32,
}

/// Rows in canonical form.
#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    /// Where each row ends, and what was worked out of it.
    rows: Vec<(usize, Step)>,
}

/// Two ends that go in step.
pub(super) fn in_step() -> (Leader, Follower) {
    let (sender, blocks) = sync_channel(BLOCKS_MAX);
    let (used, given_back) = channel();
    let leader = Leader { sender: Some(sender), block: Block::default(), used: given_back };
    (leader, Follower { blocks: Some(blocks), block: Block::default(), used, at: 0, start: 0, misses: 0 })
}

impl Leader {
    /// Hands a row over. Waits while the target's side is far behind.
    #[inline]
    pub(super) fn hand_over(&mut self, form: &[u8], step: Step) {
        if self.sender.is_none() {
            return;
        }
        // A row that is larger than a block counts as different, so that blocks stay small.
        self.block.bytes.extend_from_slice(if form.len() > BLOCK_BYTES { &[] } else { form });
        self.block.rows.push((self.block.bytes.len(), step));
        if self.block.bytes.len() >= BLOCK_BYTES {
            self.send();
        }
    }

    /// No row follows.
    pub(super) fn end(&mut self) {
        self.send();
        self.sender = None;
    }

    fn send(&mut self) {
        let next = self.used.try_recv().unwrap_or_default();
        let block = std::mem::replace(&mut self.block, next);
        if self.sender.as_ref().is_some_and(|sender| sender.send(block).is_err()) {
            self.sender = None;
            self.block = Block::default();
        }
    }
}

impl Follower {
    /// What the source's side worked out of its next row, where that is equal to this one. Waits for it.
    #[inline]
    pub(super) fn next(&mut self, form: &[u8]) -> Option<Step> {
        if self.at == self.block.rows.len() {
            self.next_block()?;
        }
        let (end, step) = *self.block.rows.get(self.at)?;
        let equal = self.block.bytes.get(self.start..end) == Some(form);
        (self.at, self.start) = (self.at + 1, end);
        if equal {
            return Some(step);
        }
        self.misses += 1;
        if self.misses > MISSES_MAX {
            self.leave();
        }
        None
    }

    fn next_block(&mut self) -> Option<()> {
        let Ok(block) = self.blocks.as_ref()?.recv() else {
            self.leave();
            return None;
        };
        let mut used = std::mem::replace(&mut self.block, block);
        used.bytes.clear();
        used.rows.clear();
        // The source's side may have ended: then nobody needs it.
        let _ = self.used.send(used);
        (self.at, self.start) = (0, 0);
        Some(())
    }

    /// Goes on alone; the source's side hands nothing over any more.
    pub(super) fn leave(&mut self) {
        self.blocks = None;
        self.block = Block::default();
        (self.at, self.start) = (0, 0);
    }
}
