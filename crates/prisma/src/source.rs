//! Schema files, and places in them.

use std::fmt;

use serde::Serialize;

/// One schema file: the name under which it is reported, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Shown in errors; usually the path relative to the application.
    pub name: String,
    /// The whole text, with whatever line ends and byte order mark it has.
    pub text: String,
}

impl SourceFile {
    /// A file of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// A range of bytes in one of the files given to `Schema::parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Position of the file in the list of files.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From the start of `self` to the end of `other`, which lies in the same file.
    pub(crate) fn to(self, other: Span) -> Span {
        Span { end: other.end, ..self }
    }
}

/// Where something stands, for people: file name, line and column, both from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of a byte of a file; a byte past the end counts as the end.
    pub(crate) fn of(file: &SourceFile, byte: usize) -> Self {
        let mut end = byte.min(file.text.len());
        while !file.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &file.text[..end];
        let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + lone_returns(before) + 1;
        Self { file: file.name.clone(), line, column: before[line_start..].chars().count() + 1 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Prisma's grammar takes a carriage return of its own as a line end too.
fn lone_returns(text: &str) -> usize {
    text.matches('\r').count() - text.matches("\r\n").count()
}
