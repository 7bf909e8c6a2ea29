use std::io::{self, Write};

use rusqlite::types::ValueRef;

use super::encoding::Encoding;
use super::real;

/// Bytes turned into hexadecimal at a time.
const HEX_BLOCK: usize = 16 * 1024;

/// Writes a value as SQL that gives the same value, bit for bit, when the `sqlite3` program reads it.
///
/// `raw` are the bytes of a text as the database stores them, given where that is not UTF-8.
pub(super) fn write(
    out: &mut impl Write,
    value: ValueRef<'_>,
    raw: Option<&[u8]>,
    encoding: Encoding,
) -> io::Result<()> {
    match value {
        ValueRef::Null => out.write_all(b"NULL"),
        ValueRef::Integer(number) => write_integer(out, number),
        ValueRef::Real(number) => out.write_all(real::literal(number).as_bytes()),
        ValueRef::Blob(bytes) => write_blob(out, bytes),
        ValueRef::Text(bytes) => match raw {
            None if is_plain(bytes) => write_text(out, bytes),
            None => write_cast(out, bytes),
            Some(raw) => match encoding.decode(raw).filter(|text| is_plain(text.as_bytes()) && is_kept(text)) {
                Some(text) => write_text(out, text.as_bytes()),
                // A cast takes such a first character for a byte order mark and drops it.
                None if encoding.is_marked(raw) => {
                    out.write_all(b"char(65279)||")?;
                    write_cast(out, &raw[2..])
                }
                None => write_cast(out, raw),
            },
        },
    }
}

/// True when the text survives as a literal: SQL ends at NUL, the program drops a CR before a line end, and Windows
/// takes Ctrl-Z for the end of the file.
fn is_plain(bytes: &[u8]) -> bool {
    memchr::memchr3(0, b'\r', 0x1a, bytes).is_none() && std::str::from_utf8(bytes).is_ok()
}

/// True when SQLite makes the same UTF-16 of the text: for these two characters it writes another.
fn is_kept(text: &str) -> bool {
    !text.contains(['\u{fffe}', '\u{ffff}'])
}

fn write_text(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(b"'")?;
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\'', rest) {
        out.write_all(&rest[..=at])?;
        out.write_all(b"'")?;
        rest = &rest[at + 1..];
    }
    out.write_all(rest)?;
    out.write_all(b"'")
}

fn write_cast(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(b"CAST(")?;
    write_blob(out, bytes)?;
    out.write_all(b" AS TEXT)")
}

fn write_blob(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.write_all(b"X'")?;
    let mut text = Vec::with_capacity(2 * HEX_BLOCK.min(bytes.len()));
    for block in bytes.chunks(HEX_BLOCK) {
        text.clear();
        text.extend(block.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]));
        out.write_all(&text)?;
    }
    out.write_all(b"'")
}

/// Without the machinery of formatting, which costs more than the rest of a short row.
fn write_integer(out: &mut impl Write, number: i64) -> io::Result<()> {
    let mut text = [0; 20];
    let mut at = text.len();
    let mut left = number.unsigned_abs();
    loop {
        at -= 1;
        text[at] = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if number < 0 {
        at -= 1;
        text[at] = b'-';
    }
    out.write_all(&text[at..])
}

#[cfg(test)]
mod tests;
