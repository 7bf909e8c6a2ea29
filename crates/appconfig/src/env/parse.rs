//! What `dotenv` reads from a file, with the place of every value in it.
//!
//! The grammar is the regular expression of dotenv 16 and 17 (`lib/main.js`), which Prisma's CLI bundles too, taken
//! over alternative by alternative: it decides where a value that spans lines ends and whether `#` begins a comment.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::{Captures, Regex};

/// What JavaScript calls white space, as bytes of UTF-8; the byte order mark is among it.
const SPACE: &str = r"(?:[\t\n\x0B\x0C\r\x20]|\xC2\xA0|\xE1\x9A\x80|\xE2\x80[\x80-\x8A\xA8\xA9\xAF]|\xE2\x81\x9F|\xE3\x80\x80|\xEF\xBB\xBF)";

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    let key = r"^~*(export~+)?([A-Za-z0-9_.-]+)(~*=~*?|:~+?)";
    let value = r#"(~*'(?:\\'|[^'])*'|~*"(?:\\"|[^"])*"|~*`(?:\\`|[^`])*`|[^#\n]+)?"#;
    let pattern = format!("(?m-u){key}{value}~*(?:#[^\n]*)?$").replace('~', SPACE);
    Regex::new(&pattern).expect("the pattern is a constant that every test compiles")
});

static MARGIN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?-u)\A~*((?s:.*?))~*\z".replace('~', SPACE);
    Regex::new(&pattern).expect("the pattern is a constant that every test compiles")
});

/// How a value is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quote {
    /// Not at all.
    Bare,
    /// `'…'`
    Single,
    /// `"…"`: `\n` and `\r` are escapes.
    Double,
    /// `` `…` ``
    Backtick,
}

/// One `KEY=value` of a file, as dotenv sees it. Ranges are bytes of the file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The key.
    pub(crate) key: String,
    /// True with `export` before the key.
    pub(crate) exported: bool,
    /// True for `KEY: value`.
    pub(crate) colon: bool,
    /// From the key (or `export`) to the end of the match, an inline comment included.
    pub(crate) statement: Range<usize>,
    /// The value with its quotes, without the space around it; empty where there is none.
    pub(crate) raw: Range<usize>,
    /// How it is quoted.
    pub(crate) quote: Quote,
    /// What the application gets.
    pub(crate) value: Vec<u8>,
}

/// All assignments in order. A key may occur more than once: the last one is what the application gets.
pub(crate) fn assignments(file: &[u8]) -> Vec<Assignment> {
    let (text, places) = with_line_feeds(file);
    LINE.captures_iter(&text).map(|found| assignment(&text, &places, &found)).collect()
}

/// The assignment that counts: dotenv lets the last one of a file win.
pub(crate) fn effective<'a>(assignments: &'a [Assignment], key: &str) -> Option<&'a Assignment> {
    assignments.iter().rev().find(|assignment| assignment.key == key)
}

fn assignment(text: &[u8], places: &[usize], found: &Captures<'_>) -> Assignment {
    let group = |index: usize| found.get(index).map(|part| part.range());
    let whole = group(0).unwrap_or_default();
    let key = group(2).unwrap_or_default();
    let separator = group(3).unwrap_or_default();
    let colon = text.get(separator.start) == Some(&b':');
    // Without a value, the new one goes right behind `=` or `:`, whatever space the separator matched.
    let nothing = after_separator(text, &separator);
    let raw = group(4).map_or(nothing.clone(), |value| {
        let trimmed = trimmed(text, &value);
        if trimmed.is_empty() { nothing } else { trimmed }
    });
    let (quote, value) = decoded(&text[raw.clone()]);
    let start = group(1).map_or(key.start, |export| export.start);
    Assignment {
        key: String::from_utf8_lossy(&text[key.clone()]).into_owned(),
        exported: group(1).is_some(),
        colon,
        statement: places[start]..places[whole.end],
        raw: places[raw.start]..places[raw.end],
        quote,
        value,
    }
}

fn after_separator(text: &[u8], separator: &Range<usize>) -> Range<usize> {
    let sign = text[separator.clone()].iter().position(|byte| matches!(byte, b'=' | b':')).unwrap_or_default();
    let at = separator.start + sign + 1;
    at..at
}

/// Quotes taken off and escapes resolved, as dotenv does.
fn decoded(raw: &[u8]) -> (Quote, Vec<u8>) {
    let first = raw.first().copied();
    let closed = raw.len() >= 2 && matches!(first, Some(b'\'' | b'"' | b'`')) && raw.last().copied() == first;
    let inner = if closed { &raw[1..raw.len() - 1] } else { raw };
    let value = if first == Some(b'"') { escapes_resolved(inner) } else { inner.to_vec() };
    let quote = match first {
        Some(b'\'') if closed => Quote::Single,
        Some(b'"') if closed => Quote::Double,
        Some(b'`') if closed => Quote::Backtick,
        _ => Quote::Bare,
    };
    (quote, value)
}

fn escapes_resolved(inner: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((first, after)) = rest.split_first() {
        match (first, after.first()) {
            (b'\\', Some(b'n')) => value.push(b'\n'),
            (b'\\', Some(b'r')) => value.push(b'\r'),
            _ => {
                value.push(*first);
                rest = after;
                continue;
            }
        }
        rest = &after[1..];
    }
    value
}

fn trimmed(text: &[u8], range: &Range<usize>) -> Range<usize> {
    let inner = MARGIN.captures(&text[range.clone()]).and_then(|found| found.get(1)).map(|part| part.range());
    inner.map_or(range.start..range.start, |inner| range.start + inner.start..range.start + inner.end)
}

/// Every line end as a line feed (dotenv does so first), and for each byte its place in the file.
fn with_line_feeds(file: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let mut text = Vec::with_capacity(file.len());
    let mut places = Vec::with_capacity(file.len() + 1);
    let mut at = 0;
    while at < file.len() {
        places.push(at);
        let (byte, length) = match (file[at], file.get(at + 1)) {
            (b'\r', Some(b'\n')) => (b'\n', 2),
            (b'\r', _) => (b'\n', 1),
            (byte, _) => (byte, 1),
        };
        text.push(byte);
        at += length;
    }
    places.push(file.len());
    (text, places)
}
