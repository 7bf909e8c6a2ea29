use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use autobot_transfer::Batches;

/// Units of a size, as PostgreSQL's settings are written (documentation, 20.1.1): multiples of 1024.
const UNITS: [(&str, u64); 3] = [("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)];

/// Which tables are loaded in batches: `auto`, `never`, or the size of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum BatchSize {
    /// Those that are too large to be loaded again.
    Auto,
    /// None.
    Never,
    /// Every one, in batches of so many bytes.
    Bytes(NonZeroU64),
}

impl BatchSize {
    /// What the transfer is told.
    pub fn batches(self) -> Batches {
        match self {
            Self::Auto => Batches::AUTO,
            Self::Never => Batches::NEVER,
            Self::Bytes(bytes) => Batches { from_bytes: 0, bytes: bytes.get() },
        }
    }
}

impl FromStr for BatchSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let size = || {
            let (number, unit) = UNITS.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
            NonZeroU64::new(number.trim().parse::<u64>().ok()?.checked_mul(*unit)?)
        };
        match text {
            "auto" => Ok(Self::Auto),
            "never" => Ok(Self::Never),
            _ => size().map(Self::Bytes).ok_or_else(|| "`auto`, `never` or a size like `64MB`".to_owned()),
        }
    }
}

impl TryFrom<String> for BatchSize {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<BatchSize> for String {
    fn from(size: BatchSize) -> Self {
        size.to_string()
    }
}

impl fmt::Display for BatchSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Never => f.write_str("never"),
            Self::Bytes(bytes) => {
                let whole = |(_, unit): &&(&str, u64)| bytes.get().is_multiple_of(*unit);
                let (name, unit) = UNITS.iter().find(whole).unwrap_or(&("", 1));
                write!(f, "{}{name}", bytes.get() / unit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BatchSize;

    #[test]
    fn sizes_are_read_and_written_as_postgresql_does() {
        for text in ["auto", "never", "64MB", "1GB", "16kB", "1025kB"] {
            assert_eq!(text.parse::<BatchSize>().unwrap().to_string(), text);
        }
        assert_eq!("1024kB".parse::<BatchSize>(), "1MB".parse());
        for text in ["", "64", "0MB", "-1MB", "64mb", "MB", "99999999999GB", "always"] {
            assert!(text.parse::<BatchSize>().is_err(), "{text}");
        }
    }
}
