use std::fmt;

/// What a conversion could not keep, or did by rule. Each is counted and becomes a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Change {
    /// Digits of a second below the precision of the type were cut, towards the past.
    DigitsCut,
    /// A date without a zone was read as UTC.
    ReadAsUtc,
    /// A Julian day was rounded to the nearest millisecond, as SQLite itself reads it.
    JulianRounded,
    /// NUL characters were removed, by rule.
    NulStripped,
    /// NUL characters or backslashes were written as escapes, by rule.
    Escaped,
    /// Wrong UTF-8 became U+FFFD or a repaired pair, by rule.
    Utf8Replaced,
    /// A number in a text column was written as text.
    NumberAsText,
    /// A blob with valid text in it became text.
    BlobAsText,
    /// A decimal number was taken from a REAL: its shortest form, as trailing zeros and further digits are not stored.
    FromReal,
    /// A number written as text keeps its value, not its spelling (`007`, `1e5`, `+1`, `-0`).
    NumberSpelling,
    /// −0.0 lost its sign.
    NegativeZero,
    /// A 64-bit real was rounded to 32 bits.
    Rounded,
    /// JSON with duplicate keys: JSONB keeps the last of them.
    DuplicateKeys,
    /// A UUID with capitals becomes lower case.
    LetterCase,
    /// Blanks were added up to the length of CHAR(n).
    Padded,
}

impl Change {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::DigitsCut,
        Self::ReadAsUtc,
        Self::JulianRounded,
        Self::NulStripped,
        Self::Escaped,
        Self::Utf8Replaced,
        Self::NumberAsText,
        Self::BlobAsText,
        Self::FromReal,
        Self::NumberSpelling,
        Self::NegativeZero,
        Self::Rounded,
        Self::DuplicateKeys,
        Self::LetterCase,
        Self::Padded,
    ];

    /// Its stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::DigitsCut => "digits-cut",
            Self::ReadAsUtc => "read-as-utc",
            Self::JulianRounded => "julian-rounded",
            Self::NulStripped => "nul-stripped",
            Self::Escaped => "escaped",
            Self::Utf8Replaced => "utf8-replaced",
            Self::NumberAsText => "number-as-text",
            Self::BlobAsText => "blob-as-text",
            Self::FromReal => "decimal-from-real",
            Self::NumberSpelling => "number-spelling",
            Self::NegativeZero => "negative-zero",
            Self::Rounded => "rounded",
            Self::DuplicateKeys => "duplicate-keys",
            Self::LetterCase => "letter-case",
            Self::Padded => "padded",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DigitsCut => "digits of a second below the precision of the type are cut",
            Self::ReadAsUtc => "dates without a zone are read as UTC",
            Self::JulianRounded => "Julian days are rounded to the millisecond",
            Self::NulStripped => "NUL characters are removed",
            Self::Escaped => "NUL characters and backslashes are written as escapes",
            Self::Utf8Replaced => "wrong UTF-8 becomes U+FFFD",
            Self::NumberAsText => "numbers are written as text",
            Self::BlobAsText => "blobs become text",
            Self::FromReal => {
                "decimal numbers are taken from REAL values: trailing zeros and further digits are not stored"
            }
            Self::NumberSpelling => "numbers written as text keep their value, not their spelling",
            Self::NegativeZero => "−0.0 loses its sign",
            Self::Rounded => "64-bit reals are rounded to 32 bits",
            Self::DuplicateKeys => "of duplicate JSON keys only the last is kept",
            Self::LetterCase => "UUIDs with capitals become lower case",
            Self::Padded => "blanks are added up to the length of the type",
        })
    }
}

/// A set of [`Change`]s; empty when the value went over exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Changes(u16);

impl Changes {
    /// Nothing was changed.
    pub const NONE: Self = Self(0);

    /// This set with one more.
    #[must_use]
    pub const fn with(self, change: Change) -> Self {
        Self(self.0 | 1 << change as u8)
    }

    /// This set with one more if `so`.
    #[must_use]
    pub const fn with_if(self, so: bool, change: Change) -> Self {
        if so { self.with(change) } else { self }
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the value went over exactly.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True when everything of `other` is in this set.
    pub const fn contains_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// True when `change` is in this set.
    pub const fn contains(self, change: Change) -> bool {
        self.0 & (1 << change as u8) != 0
    }

    /// Those in the set.
    pub fn iter(self) -> impl Iterator<Item = Change> {
        Change::ALL.into_iter().filter(move |change| self.contains(*change))
    }
}

impl From<Change> for Changes {
    fn from(change: Change) -> Self {
        Self::NONE.with(change)
    }
}
