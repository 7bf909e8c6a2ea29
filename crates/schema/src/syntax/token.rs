//! SQLite's tokenizer (SQLite source, `tokenize.c`).

/// One token and the bytes it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare word: keyword or identifier.
    Word(String),
    /// A name in `"…"`; may be meant as a string.
    DoubleQuoted(String),
    /// A name in `` `…` `` or `[…]`.
    Quoted(String),
    /// A string in `'…'`.
    Text(String),
    /// `x'…'`: the hexadecimal digits.
    Blob(String),
    /// A number as written.
    Number(String),
    /// A parameter (`?1`, `:a`); has no meaning in a schema.
    Parameter,
    /// An operator or punctuation.
    Symbol(&'static str),
    /// Something that no statement holds.
    Illegal,
}

/// Operators, longest first.
const SYMBOLS: &[&str] = &[
    "->>", "||", "->", "<<", ">>", "<=", ">=", "==", "!=", "<>", "(", ")", ",", ";", ".", "+", "-", "*", "/", "%", "=",
    "<", ">", "&", "|", "~",
];

/// Cuts a text into tokens; spaces and comments are left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = skip_blank(text, at) {
        let (kind, end) = next(text, start);
        found.push(Token { kind, start, end });
        at = end;
    }
    found
}

/// The next byte that is neither space nor comment.
fn skip_blank(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with("--") {
            at = rest.find('\n').map_or(text.len(), |found| at + found + 1);
        } else if let Some(body) = rest.strip_prefix("/*") {
            at = body.find("*/").map_or(text.len(), |found| at + found + 4);
        } else {
            let first = rest.chars().next()?;
            if !(first.is_ascii_whitespace() || first == '\u{feff}' || first == '\u{b}') {
                return Some(at);
            }
            at += first.len_utf8();
        }
    }
}

fn next(text: &str, start: usize) -> (Kind, usize) {
    let rest = &text[start..];
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'\'' => quoted(rest, start, '\'', Kind::Text),
        b'"' => quoted(rest, start, '"', Kind::DoubleQuoted),
        b'`' => quoted(rest, start, '`', Kind::Quoted),
        b'[' => match rest.find(']') {
            Some(close) => (Kind::Quoted(rest[1..close].to_owned()), start + close + 1),
            None => (Kind::Illegal, text.len()),
        },
        b'x' | b'X' if bytes.get(1) == Some(&b'\'') => blob(rest, start),
        byte if byte.is_ascii_digit() || byte == b'.' && bytes.get(1).is_some_and(u8::is_ascii_digit) => {
            let length = number_length(bytes);
            (Kind::Number(rest[..length].to_owned()), start + length)
        }
        b'?' | b':' | b'@' | b'#' | b'$' => (Kind::Parameter, start + 1 + word_length(&rest[1..])),
        _ if word_length(rest) > 0 => {
            let length = word_length(rest);
            (Kind::Word(rest[..length].to_owned()), start + length)
        }
        _ => match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(symbol) => (Kind::Symbol(symbol), start + symbol.len()),
            None => (Kind::Illegal, start + rest.chars().next().map_or(1, char::len_utf8)),
        },
    }
}

/// Letters, digits, `_`, `$` and everything beyond ASCII.
fn word_length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || *byte >= 0x80).count()
}

/// A quoted text; the quote doubled stands for itself.
fn quoted(rest: &str, start: usize, quote: char, make: fn(String) -> Kind) -> (Kind, usize) {
    let mut value = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != quote {
            value.push(character);
        } else if characters.peek().is_some_and(|(_, next)| *next == quote) {
            characters.next();
            value.push(quote);
        } else {
            return (make(value), start + at + 1);
        }
    }
    (Kind::Illegal, start + rest.len())
}

fn blob(rest: &str, start: usize) -> (Kind, usize) {
    match rest[2..].find('\'') {
        Some(length) => {
            let digits = &rest[2..2 + length];
            let valid = length % 2 == 0 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            (if valid { Kind::Blob(digits.to_owned()) } else { Kind::Illegal }, start + length + 3)
        }
        None => (Kind::Illegal, start + rest.len()),
    }
}

fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'_').count();
    if bytes[0] == b'0' && matches!(bytes.get(1), Some(b'x' | b'X')) {
        return 2 + bytes[2..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    }
    let mut length = digits(0);
    if bytes.get(length) == Some(&b'.') {
        length += 1;
        length += digits(length);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}
