use super::error::SyntaxError;
use super::token::{Kind, Token, tokens};

/// How deeply expressions may nest: SQLite's own limit is 1,000, ours keeps the stack small.
const DEPTH_MAX: u32 = 200;

/// Walks over the tokens of a text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, tokens: tokens(text), at: 0, depth: 0 }
    }

    /// The token at `ahead` tokens from here.
    pub(super) fn peek(&self, ahead: usize) -> Option<&Kind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    pub(super) fn advance(&mut self) -> Option<Kind> {
        let kind = self.tokens.get(self.at)?.kind.clone();
        self.at += 1;
        Some(kind)
    }

    /// Position to come back to.
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, mark: usize) {
        self.at = mark;
    }

    /// The text from the token at `mark` up to the last one taken.
    pub(super) fn text_since(&self, mark: usize) -> &'a str {
        if mark >= self.at {
            return "";
        }
        &self.text[self.tokens[mark].start..self.tokens[self.at - 1].end]
    }

    /// The text from here to the end, a final semicolon left out.
    pub(super) fn rest(&self) -> &'a str {
        self.tokens
            .get(self.at)
            .map_or("", |token| self.text[token.start..].trim_end().trim_end_matches(';').trim_end())
    }

    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek(ahead), Some(Kind::Word(found)) if found.eq_ignore_ascii_case(word))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.at += usize::from(found);
        found
    }

    /// Takes the words when all of them follow in this order.
    pub(super) fn take_words(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(ahead, word)| self.is_word(ahead, word));
        self.at += if found { words.len() } else { 0 };
        found
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek(0), Some(Kind::Symbol(found)) if *found == symbol)
    }

    pub(super) fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect_word(&mut self, word: &'static str) -> Result<(), SyntaxError> {
        if self.take_word(word) { Ok(()) } else { Err(self.expected(word)) }
    }

    pub(super) fn expect_symbol(&mut self, symbol: &'static str) -> Result<(), SyntaxError> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.expected(symbol)) }
    }

    /// A name in any of SQLite's forms; strings are names where a name must stand.
    pub(super) fn name(&mut self) -> Result<String, SyntaxError> {
        match self.peek(0) {
            Some(Kind::Word(name) | Kind::DoubleQuoted(name) | Kind::Quoted(name) | Kind::Text(name)) => {
                let name = name.clone();
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.expected("a name")),
        }
    }

    /// `schema.name` or `name`.
    pub(super) fn qualified_name(&mut self) -> Result<String, SyntaxError> {
        let name = self.name()?;
        if self.take_symbol(".") { self.name() } else { Ok(name) }
    }

    /// Skips a bracketed group, the opening bracket included; gives its inside.
    pub(super) fn group(&mut self) -> Result<&'a str, SyntaxError> {
        self.expect_symbol("(")?;
        let inside = self.mark();
        let mut open = 1;
        while open > 0 {
            match self.peek(0) {
                Some(Kind::Symbol("(")) => open += 1,
                Some(Kind::Symbol(")")) => open -= 1,
                None => return Err(self.expected(")")),
                Some(_) => {}
            }
            self.at += 1;
        }
        let end = self.at;
        self.at -= 1;
        let text = self.text_since(inside);
        self.at = end;
        Ok(text)
    }

    pub(super) fn at_end(&self) -> bool {
        self.peek(0).is_none()
    }

    pub(super) fn expected(&self, expected: &'static str) -> SyntaxError {
        SyntaxError::Expected { expected, at: self.tokens.get(self.at).map_or(self.text.len(), |token| token.start) }
    }

    /// Goes one level deeper; every call is paired with [`Self::leave`] unless parsing ends in an error.
    pub(super) fn enter(&mut self) -> Result<(), SyntaxError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(SyntaxError::TooDeep) } else { Ok(()) }
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
