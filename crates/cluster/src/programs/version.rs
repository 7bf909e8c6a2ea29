//! The version that a program says it is.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::process::Invocation;
use crate::{Error, Result};

/// A PostgreSQL version from 10 on: `15.18` is major 15, minor 18.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// The number that decides on compatibility of data directories and dumps.
    pub major: u16,
    /// The number of the bug-fix release; 0 for a beta.
    pub minor: u16,
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// Asks a program with `--version`.
pub(super) fn of(program: &Path) -> Result<Version> {
    let output = Invocation::new(program.to_owned()).arg("--version").output()?;
    let first = output.lines().next().unwrap_or_default();
    parse(first).ok_or_else(|| Error::Version { program: program.to_owned(), output: first.to_owned() })
}

/// Reads `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `postgres (PostgreSQL) 17beta1` and the like.
pub(super) fn parse(line: &str) -> Option<Version> {
    let (_, rest) = line.split_once("(PostgreSQL) ")?;
    let number = rest.split_whitespace().next()?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let major = digits(number);
    let minor = number[major.len()..].strip_prefix('.').map(digits).unwrap_or_default();
    Some(Version { major: major.parse().ok()?, minor: minor.parse().unwrap_or(0) })
}
