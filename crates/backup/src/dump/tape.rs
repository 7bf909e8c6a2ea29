use std::io::{self, Read};

/// Bytes read at a time.
const BLOCK_BYTES: usize = 256 * 1024;

/// A stream of SQL text that is looked at a little ahead and, where asked for, kept.
#[derive(Debug)]
pub(super) struct Tape<R> {
    reader: R,
    block: Vec<u8>,
    at: usize,
    end: usize,
    kept: Option<Vec<u8>>,
    kept_max: usize,
}

impl<R: Read> Tape<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, block: vec![0; BLOCK_BYTES], at: 0, end: 0, kept: None, kept_max: 0 }
    }

    /// The reader, read to its end or not.
    pub(super) fn into_inner(self) -> R {
        self.reader
    }

    /// What is at hand; empty only at the end.
    pub(super) fn ahead(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            (self.at, self.end) = (0, self.reader.read(&mut self.block)?);
        }
        Ok(&self.block[self.at..self.end])
    }

    /// The next byte, left in place.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.ahead()?.first().copied())
    }

    /// Moves past bytes that are at hand.
    pub(super) fn pass(&mut self, count: usize) {
        let passed = &self.block[self.at..self.at + count];
        if let Some(kept) = &mut self.kept {
            if kept.len() + count > self.kept_max {
                self.kept = None;
            } else {
                kept.extend_from_slice(passed);
            }
        }
        self.at += count;
    }

    /// Moves past one byte.
    pub(super) fn next(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.pass(1);
        }
        Ok(byte)
    }

    /// True when `text` comes next; it is left in place. `text` must be shorter than a block.
    pub(super) fn is_at(&mut self, text: &[u8]) -> io::Result<bool> {
        while self.end - self.at < text.len() {
            self.block.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
            let read = self.reader.read(&mut self.block[self.end..])?;
            if read == 0 {
                return Ok(false);
            }
            self.end += read;
        }
        Ok(self.block[self.at..self.end].starts_with(text))
    }

    /// Moves past `text` if it comes next.
    pub(super) fn take(&mut self, text: &[u8]) -> io::Result<bool> {
        let there = self.is_at(text)?;
        if there {
            self.pass(text.len());
        }
        Ok(there)
    }

    /// Begins to keep what is passed, up to a number of bytes.
    pub(super) fn keep(&mut self, bytes_max: usize) {
        self.kept = Some(Vec::new());
        self.kept_max = bytes_max;
    }

    /// What was passed since; none when it was too much.
    pub(super) fn kept(&mut self) -> Option<Vec<u8>> {
        self.kept.take()
    }

    /// Moves past one statement and its end, and gives it; none at the end of the stream.
    ///
    /// The body of a trigger ends with `END;` after a `;`, as SQLite's own `sqlite3_complete` has it.
    pub(super) fn statement(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.spaces()?;
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let mut text = Vec::new();
        let mut words = Words::default();
        while let Some(byte) = self.next()? {
            text.push(byte);
            words.see(byte);
            match byte {
                b'\'' | b'"' | b'`' => self.until(byte, &mut text)?,
                b'[' => self.until(b']', &mut text)?,
                b'-' if self.peek()? == Some(b'-') => self.until(b'\n', &mut text)?,
                b'/' if self.peek()? == Some(b'*') => self.comment(&mut text)?,
                b';' if words.end_statement() => return Ok(Some(text)),
                _ => {}
            }
        }
        Ok(Some(text))
    }

    /// Moves past white space.
    pub(super) fn spaces(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.pass(1);
        }
        Ok(())
    }

    fn until(&mut self, end: u8, text: &mut Vec<u8>) -> io::Result<()> {
        while let Some(byte) = self.next()? {
            text.push(byte);
            if byte == end {
                break;
            }
        }
        Ok(())
    }

    fn comment(&mut self, text: &mut Vec<u8>) -> io::Result<()> {
        let start = text.len();
        while let Some(byte) = self.next()? {
            text.push(byte);
            if text.len() > start + 2 && text.ends_with(b"*/") {
                break;
            }
        }
        Ok(())
    }
}

/// The words of a statement, as far as its end depends on them.
#[derive(Debug, Default)]
struct Words {
    word: Vec<u8>,
    /// How many words came so far, up to what matters.
    count: usize,
    creates: bool,
    is_trigger: bool,
    /// The last words since a `;` are exactly `END`.
    ends: bool,
    since: usize,
}

impl Words {
    fn see(&mut self, byte: u8) {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            self.word.push(byte.to_ascii_uppercase());
        } else {
            self.close();
        }
    }

    /// True when a `;` here ends the statement.
    fn end_statement(&mut self) -> bool {
        self.close();
        let ended = !self.is_trigger || self.ends;
        (self.ends, self.since) = (false, 0);
        ended
    }

    fn close(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.count += 1;
        self.since += 1;
        match (self.count, self.word.as_slice()) {
            (1, b"CREATE") => self.creates = true,
            (2 | 3, b"TRIGGER") if self.creates => self.is_trigger = true,
            _ => {}
        }
        self.ends = self.since == 1 && self.word == b"END";
        self.word.clear();
    }
}

#[cfg(test)]
mod tests;
