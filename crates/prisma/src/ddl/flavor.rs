//! How versions of Prisma differ in what they write.

use serde::Serialize;

/// The form of the DDL that a version of Prisma writes.
///
/// What the statements create is the same in all of them but for the key of join tables.
/// Found by running 6.9 to 7.4; version 5 is known from its engine's source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Flavor {
    /// 5: no `CREATE SCHEMA`, join tables have a unique index `_AB_unique`.
    Five,
    /// 6.0 to 6.12, 6.16.1 to 6.19.0 and 7.0.0: no `CREATE SCHEMA`, join tables have a primary key.
    Six,
    /// 6.13 to 6.16.0: `CREATE SCHEMA`, and `"public".` before each table and enum.
    SixPrefixed,
    /// From 6.19.1 and from 7.0.1: `CREATE SCHEMA`, and no prefix for what lies in `public`.
    #[default]
    Current,
}

impl Flavor {
    /// The flavor of a version such as `6.19.3` or `^6.13.0`; `None` for what is no version or is older than 4.
    pub fn of_version(version: &str) -> Option<Flavor> {
        let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
        let mut parts = digits.split(['.', '-', '+', ' ']).map(str::parse::<u32>);
        let major = parts.next()?.ok()?;
        let mut rest = || parts.next().and_then(Result::ok).unwrap_or(0);
        let (minor, patch) = (rest(), rest());
        match (major, minor, patch) {
            (0..=3, ..) => None,
            (4 | 5, ..) => Some(Flavor::Five),
            (6, 13..=15, _) | (6, 16, 0) => Some(Flavor::SixPrefixed),
            (6, 0..=18, _) | (6, 19, 0) | (7, 0, 0) => Some(Flavor::Six),
            _ => Some(Flavor::Current),
        }
    }

    pub(super) fn creates_schemas(self, has_schemas: bool) -> bool {
        matches!(self, Flavor::SixPrefixed | Flavor::Current) || has_schemas
    }

    /// The prefix for something in the schema given by `@@schema`, or in the default one.
    pub(super) fn prefix(self, given: Option<&str>) -> Option<String> {
        match self {
            Flavor::Five | Flavor::Six => given.map(ToOwned::to_owned),
            Flavor::SixPrefixed => Some(given.unwrap_or(super::namespace::DEFAULT).to_owned()),
            Flavor::Current => given.filter(|name| *name != super::namespace::DEFAULT).map(ToOwned::to_owned),
        }
    }
}
