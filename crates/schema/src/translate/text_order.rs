use super::why::Why;

/// By which bytes SQLite orders texts: those that the file keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextOrder {
    /// As PostgreSQL does by its collation "C": by code point.
    Utf8,
    /// By nothing that PostgreSQL has: the lower byte of a unit may come first, and surrogates before U+E000.
    Utf16,
}

impl TextOrder {
    /// From what `pragma encoding` says.
    pub(crate) fn of(encoding: &str) -> Self {
        if encoding.starts_with("UTF-16") { Self::Utf16 } else { Self::Utf8 }
    }

    /// Refused where PostgreSQL has no such order.
    pub(super) fn translated(self) -> Result<(), Why> {
        match self {
            Self::Utf8 => Ok(()),
            Self::Utf16 => {
                Err(Why("it orders texts by the bytes of UTF-16, as no collation of PostgreSQL does".to_owned()))
            }
        }
    }
}
