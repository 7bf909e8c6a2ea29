//! A reader that keeps nothing but what is noteworthy.

use crate::decimal::Decimal;
use crate::{Reason, Refusal};

use super::Traits;

/// Deepest nesting that is taken. PostgreSQL's own limit is its stack: some 6,000 levels at the default
/// `max_stack_depth` of 2 MB, which an operator may have set lower.
const DEPTH_MAX: u32 = 1_000;

/// Keys of one object that are remembered without allocating.
const KEYS_INLINE: usize = 16;

/// Up to this length a number without an exponent is surely a finite double that NUMERIC holds.
const PLAIN_NUMBER_BYTES: usize = 300;

/// Reads a UTF-8 text.
pub(super) fn parse(text: &[u8]) -> Result<Traits, Refusal> {
    let mut parser = Parser { text, at: 0, depth: 0, traits: Traits::default() };
    parser.blanks();
    parser.value()?;
    parser.blanks();
    if parser.at < text.len() { Err(parser.wrong()) } else { Ok(parser.traits) }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: u32,
    traits: Traits,
}

impl Parser<'_> {
    fn wrong(&self) -> Refusal {
        Refusal::at(Reason::NotJson, self.at)
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    #[inline]
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Refusal> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.wrong())
        }
    }

    /// True when the next byte is this one, which is then read.
    #[inline]
    fn is(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn value(&mut self) -> Result<(), Refusal> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => Err(self.wrong()),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<(), Refusal>) -> Result<(), Refusal> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Refusal::at(Reason::JsonTooDeep, self.at));
        }
        self.at += 1;
        self.blanks();
        read(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn array(&mut self) -> Result<(), Refusal> {
        if self.is(b']') {
            return Ok(());
        }
        loop {
            self.value()?;
            self.blanks();
            if self.is(b']') {
                return Ok(());
            }
            self.expect(b',')?;
            self.blanks();
        }
    }

    fn object(&mut self) -> Result<(), Refusal> {
        if self.is(b'}') {
            return Ok(());
        }
        let mut keys = Keys::default();
        loop {
            let key = self.string()?;
            self.traits.duplicate_keys |= keys.add(key);
            self.blanks();
            self.expect(b':')?;
            self.blanks();
            self.value()?;
            self.blanks();
            if self.is(b'}') {
                return Ok(());
            }
            self.expect(b',')?;
            self.blanks();
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Refusal> {
        for byte in word {
            self.expect(*byte)?;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        let _minus = self.is(b'-');
        if !self.is(b'0') {
            self.digits()?;
        }
        if self.is(b'.') {
            self.digits()?;
        }
        let exponent = self.is(b'e') || self.is(b'E');
        if exponent {
            let _sign = self.is(b'+') || self.is(b'-');
            self.digits()?;
        }
        let number = &self.text[start..self.at];
        if (exponent || number.len() > PLAIN_NUMBER_BYTES) && !is_double(number) {
            self.refuse_jsonb(Refusal::at(Reason::JsonNumber, start));
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.wrong()) } else { Ok(()) }
    }

    /// Reads a string; gives a hash of its characters.
    fn string(&mut self) -> Result<u64, Refusal> {
        self.expect(b'"')?;
        let mut hash = Hash::default();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(hash.0);
                }
                Some(b'\\') => self.escape(&mut hash)?,
                Some(byte @ 0x20..) => {
                    hash.add(byte);
                    self.at += 1;
                }
                Some(_) | None => return Err(self.wrong()),
            }
        }
    }

    fn escape(&mut self, hash: &mut Hash) -> Result<(), Refusal> {
        let start = self.at;
        self.at += 1;
        let byte = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                self.at += 1;
                return self.code(start, hash);
            }
            _ => return Err(self.wrong()),
        };
        hash.add(byte);
        self.at += 1;
        Ok(())
    }

    /// Reads the digits of a `\u` escape that began at `start`, and its partner's when it is a surrogate.
    fn code(&mut self, start: usize, hash: &mut Hash) -> Result<(), Refusal> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) && self.text[self.at..].starts_with(b"\\u") {
            let after_first = self.at;
            self.at += 2;
            match self.hex()? {
                low @ 0xdc00..0xe000 => code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00),
                _ => self.at = after_first,
            }
        }
        match char::from_u32(code) {
            Some('\0') => self.refuse_jsonb(Refusal::at(Reason::JsonNul, start)),
            Some(character) => {
                let mut buffer = [0; 4];
                character.encode_utf8(&mut buffer).bytes().for_each(|byte| hash.add(byte));
            }
            None => self.refuse_jsonb(Refusal::at(Reason::JsonSurrogate, start)),
        }
        Ok(())
    }

    fn hex(&mut self) -> Result<u32, Refusal> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(|| self.wrong())?;
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn refuse_jsonb(&mut self, refusal: Refusal) {
        self.traits.refused_by_jsonb.get_or_insert(refusal);
    }
}

/// Whether a JSON number is within the range of doubles (what JavaScript reads is not infinite) and of NUMERIC.
fn is_double(number: &[u8]) -> bool {
    let finite = std::str::from_utf8(number).ok().and_then(|text| text.parse::<f64>().ok()).is_some_and(f64::is_finite);
    finite && Decimal::read(number).is_some()
}

/// FNV-1a: keys that are equal have equal hashes; that others have too would at most warn in vain.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    #[inline]
    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// Keys of one object, by their hashes.
#[derive(Default)]
struct Keys {
    first: [u64; KEYS_INLINE],
    count: usize,
    more: std::collections::HashSet<u64>,
}

impl Keys {
    /// Adds a key; true when it was there.
    fn add(&mut self, key: u64) -> bool {
        if self.first[..self.count].contains(&key) {
            return true;
        }
        if self.count < KEYS_INLINE {
            self.first[self.count] = key;
            self.count += 1;
            return false;
        }
        !self.more.insert(key)
    }
}
