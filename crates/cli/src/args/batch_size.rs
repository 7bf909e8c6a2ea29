use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use autobot_transfer::Batches;

/// Which tables are loaded in batches: `auto`, `never`, or the size of a batch in MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum BatchSize {
    /// Those that are too large to be loaded again.
    Auto,
    /// None.
    Never,
    /// Every one, in batches of so many MiB.
    Mib(NonZeroU32),
}

impl BatchSize {
    /// What the transfer is told.
    pub fn batches(self) -> Batches {
        match self {
            Self::Auto => Batches::AUTO,
            Self::Never => Batches::NEVER,
            Self::Mib(mib) => Batches { from_bytes: 0, bytes: u64::from(mib.get()) << 20 },
        }
    }
}

impl FromStr for BatchSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "never" => Ok(Self::Never),
            number => number.parse().map(Self::Mib).map_err(|_| "`auto`, `never` or a number of MiB".to_owned()),
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
            Self::Mib(mib) => mib.fmt(f),
        }
    }
}
