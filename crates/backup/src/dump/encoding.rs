/// How a database stores its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// From what `pragma encoding` says.
    pub(super) fn from_pragma(word: &str) -> Self {
        match word {
            "UTF-16le" => Self::Utf16Le,
            "UTF-16be" => Self::Utf16Be,
            _ => Self::Utf8,
        }
    }

    /// True when the stored bytes begin with a byte order mark of their own order.
    pub(super) fn is_marked(self, stored: &[u8]) -> bool {
        matches!((self, stored), (Self::Utf16Le, [0xff, 0xfe, ..]) | (Self::Utf16Be, [0xfe, 0xff, ..]))
    }

    /// The text of stored bytes; none when they are not text.
    pub(super) fn decode(self, stored: &[u8]) -> Option<String> {
        let unit = |pair: &[u8]| match self {
            Self::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        };
        match self {
            Self::Utf8 => String::from_utf8(stored.to_vec()).ok(),
            _ if !stored.len().is_multiple_of(2) => None,
            _ => char::decode_utf16(stored.chunks_exact(2).map(unit)).collect::<Result<_, _>>().ok(),
        }
    }
}

impl Encoding {
    /// Where a value and its stored bytes are in a row of `Rows::select`.
    pub(super) fn places(self, column: usize) -> (usize, Option<usize>) {
        if self == Self::Utf8 { (column, None) } else { (2 * column, Some(2 * column + 1)) }
    }
}
