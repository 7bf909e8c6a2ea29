//! Cuts a schema file into tokens that, put together again, are the file.

use std::ops::Range;

/// A piece of a schema file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

/// The kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Blanks, tabs, a byte order mark.
    Space,
    /// `\n`, `\r\n` or `\r`.
    Newline,
    /// `//`, `///` to the end of the line, or `/* */`.
    Comment,
    /// A word: letters, digits, `_` and `-`, the first a letter, digit or `_`.
    Word,
    /// `-12.5`.
    Number,
    /// A string in double quotes, quotes and escapes included.
    Text,
    /// One character of syntax: `{ } ( ) [ ] , : = ? . ! @`.
    Sign(char),
    /// Anything else, an unfinished string or comment among it.
    Other,
}

/// Cuts a text into tokens without losing a byte: each begins where the one before it ends.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (kind, length) = next(&text[at..], first);
        out.push(Token { kind, range: at..at + length });
        at += length;
    }
    out
}

fn next(rest: &str, first: char) -> (TokenKind, usize) {
    match first {
        '\n' => (TokenKind::Newline, 1),
        '\r' => (TokenKind::Newline, if rest.starts_with("\r\n") { 2 } else { 1 }),
        '/' if rest.starts_with("//") => (TokenKind::Comment, rest.find(['\n', '\r']).unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => block_comment(rest),
        '"' => string(rest),
        '{' | '}' | '(' | ')' | '[' | ']' | ',' | ':' | '=' | '?' | '.' | '!' | '@' => (TokenKind::Sign(first), 1),
        '-' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (TokenKind::Number, 1 + digits(&rest[1..])),
        '0'..='9' => number_or_word(rest),
        c if is_space(c) => (TokenKind::Space, run(rest, is_space)),
        c if c == '_' || c.is_alphanumeric() => (TokenKind::Word, run(rest, is_word)),
        c => (TokenKind::Other, c.len_utf8()),
    }
}

fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\n' && c != '\r')
}

fn is_word(c: char) -> bool {
    c == '_' || c == '-' || c.is_alphanumeric()
}

fn run(rest: &str, belongs: fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// A word may begin with a digit as far as the grammar goes; `12` is a number and `1b` is a word.
fn number_or_word(rest: &str) -> (TokenKind, usize) {
    let word = run(rest, is_word);
    if rest[..word].bytes().all(|b| b.is_ascii_digit()) {
        (TokenKind::Number, digits(rest))
    } else {
        (TokenKind::Word, word)
    }
}

/// Length of `digits` or `digits.digits`.
fn digits(rest: &str) -> usize {
    let is_digit = |c: char| c.is_ascii_digit();
    let whole = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    match rest[whole..].strip_prefix('.') {
        Some(fraction) if fraction.starts_with(is_digit) => {
            whole + 1 + fraction.find(|c| !is_digit(c)).unwrap_or(fraction.len())
        }
        _ => whole,
    }
}

fn block_comment(rest: &str) -> (TokenKind, usize) {
    match rest[2..].find("*/") {
        Some(end) => (TokenKind::Comment, end + 4),
        None => (TokenKind::Other, rest.len()),
    }
}

/// A string ends at the next quote that no backslash precedes; a line end or other control character breaks it off.
fn string(rest: &str) -> (TokenKind, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (TokenKind::Text, at + 1),
            c if c < ' ' => return (TokenKind::Other, at),
            _ => {}
        }
    }
    (TokenKind::Other, rest.len())
}
