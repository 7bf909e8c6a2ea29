//! How a file is laid out: its line ends and the indentation of a block.

use crate::source::{SourceFile, Span};

/// The line end that follows a byte, or the file's first one.
pub(super) fn line_end(file: &SourceFile, near: usize) -> &'static str {
    let after = &file.text[near..];
    let at = after.find(['\n', '\r']).map(|at| &after[at..]);
    let text = at.or_else(|| file.text.find(['\n', '\r']).map(|at| &file.text[at..])).unwrap_or("\n");
    match text.as_bytes() {
        [b'\r', b'\n', ..] => "\r\n",
        [b'\r', ..] => "\r",
        _ => "\n",
    }
}

/// The blanks before something on its line, if nothing else is before it.
pub(super) fn indentation(file: &SourceFile, of: Span) -> Option<&str> {
    let before = line_start(file, of);
    before.chars().all(char::is_whitespace).then_some(before)
}

/// What stands on the line of something before it.
fn line_start(file: &SourceFile, of: Span) -> &str {
    let before = &file.text[..of.start];
    &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..]
}

/// Where the line of a byte begins.
pub(super) fn line_start_byte(file: &SourceFile, byte: usize) -> usize {
    file.text[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// Where the line after the one of a byte begins.
pub(super) fn next_line_byte(file: &SourceFile, byte: usize) -> usize {
    match file.text[byte..].find(['\n', '\r']) {
        Some(at) if file.text[byte + at..].starts_with("\r\n") => byte + at + 2,
        Some(at) => byte + at + 1,
        None => file.text.len(),
    }
}
