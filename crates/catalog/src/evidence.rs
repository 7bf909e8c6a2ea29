use std::collections::BTreeMap;

use autobot_db::{ColumnName, TableName};
use serde::{Deserialize, Serialize};

use crate::Place;

/// What one pass over every value found. Independent of target types: it is what they are chosen from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Per table.
    pub tables: BTreeMap<TableName, TableEvidence>,
}

/// What was found in one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TableEvidence {
    /// Rows read.
    pub rows: u64,
    /// Bytes of the values, for the forecast.
    pub bytes: u64,
    /// Per column.
    pub columns: BTreeMap<ColumnName, ColumnEvidence>,
    /// Rows whose foreign key (by its number in the catalog) finds no parent, with the first places.
    pub orphans: BTreeMap<usize, Seen>,
    /// Rows that PostgreSQL would hold for equal under a unique key (by the index's name), with the first places.
    pub duplicates: BTreeMap<String, Seen>,
    /// Rows that only the Unicode form of a text tells from an earlier one under a unique key (by the index's name).
    #[serde(default)]
    pub look_alikes: BTreeMap<String, Seen>,
    /// Values that the chosen types change, by column and the change's stable name; only where the forms of the column's
    /// values do not tell which they are.
    #[serde(default)]
    pub changed: BTreeMap<ColumnName, BTreeMap<String, Seen>>,
    /// Rows that break a CHECK (by its number in the catalog).
    #[serde(default)]
    pub violations: BTreeMap<usize, Seen>,
    /// Rows that fit no page of PostgreSQL; none where they were not looked for, as narrow tables have none.
    #[serde(default)]
    pub too_wide: Option<Seen>,
}

/// What was found in one column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnEvidence {
    /// How often each form of value occurs, and where first.
    pub forms: BTreeMap<Form, Seen>,
    /// Smallest and largest integer.
    pub integers: Option<(i64, i64)>,
    /// Smallest and largest finite real.
    pub reals: Option<(f64, f64)>,
    /// Longest text or blob in bytes, and where.
    pub longest: Option<(u64, Place)>,
    /// Most characters in a text.
    pub characters_max: u64,
    /// The finite real nearest to zero but zero, as a magnitude; 0 when there is none.
    #[serde(default)]
    pub reals_least: f64,
    /// Most significant digits before and after the decimal point (leading and trailing zeros do not count) in a number
    /// written as text or as the shortest form of a real.
    pub digits_max: (u32, u32),
    /// Most significant digits after the seconds (trailing zeros do not count) in a date or time text.
    pub fraction_digits_max: u8,
    /// Smallest and largest integer written as text ([`Form::TextInteger`]).
    #[serde(default)]
    pub text_integers: Option<(i64, i64)>,
    /// Greatest common divisor of the integers other than 0 and 1; 0 when there are none, 1 when it was not looked for:
    /// tells whether numbers in a date column are whole days, or milliseconds times 1000.
    #[serde(default)]
    pub integers_gcd: u64,
    /// How many integers, as numbers or as text, are not exactly a double.
    #[serde(default)]
    pub integers_not_double: u64,
    /// How many reals are +0.0.
    #[serde(default)]
    pub real_zeros: u64,
    /// How many texts with date and time are not midnight in UTC.
    #[serde(default)]
    pub times_of_day: u64,
    /// How many UUIDs are written with capitals.
    #[serde(default)]
    pub uppercase_uuids: u64,
    /// How many texts that are not UTF-8 or hold surrogates hold NUL characters as well.
    #[serde(default)]
    pub nul_in_invalid: u64,
    /// Distinct texts, when there are few (at most 64); for enums.
    pub labels: Option<Vec<String>>,
}

/// How often, and where first (at most a handful).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// How often.
    pub count: u64,
    /// Where first.
    pub first: Vec<Place>,
}

/// The forms that a stored value can have, finer than storage classes: for each type of PostgreSQL, every form either
/// goes over as a whole, or not at all, or depends on the ranges kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// NULL.
    Null,
    /// Integer 0 or 1.
    IntegerBit,
    /// Any other integer.
    Integer,
    /// Real with a whole value that is an exact 64-bit integer.
    RealWhole,
    /// Any other finite real.
    RealFraction,
    /// −0.0.
    RealNegativeZero,
    /// ±Infinity.
    RealInfinite,
    /// Empty text.
    TextEmpty,
    /// Exactly the decimal form of a 64-bit integer.
    TextInteger,
    /// Another decimal number that NUMERIC takes (`1.10`, `007`, `1e5`).
    TextDecimal,
    /// `true`, `t`, `false` or `f`, any case.
    TextBoolean,
    /// Date only: `2024-02-29`.
    TextDate,
    /// Time of day only: `23:59:59.999`.
    TextTime,
    /// Date and time without a zone.
    TextDateTimeNaive,
    /// Date and time with `Z` or an offset.
    TextDateTimeZoned,
    /// Has the form of a date or time but is none (`2021-02-30`, `24:00:00`, year 0000), or is outside −4712 to 275760.
    TextDateImpossible,
    /// The 36-character form of a UUID.
    TextUuid,
    /// Any other valid UTF-8 text without NUL.
    Text,
    /// Text with a NUL character.
    TextNul,
    /// Text that is not UTF-8.
    TextInvalidUtf8,
    /// Text with surrogates encoded as UTF-8 (CESU-8), repairable.
    TextSurrogates,
    /// Valid JSON text (only looked for where a column may become JSON).
    TextJson,
    /// JSON that `jsonb` refuses or changes: `\u0000`, a number beyond its range.
    TextJsonRefused,
    /// JSON with duplicate keys in an object.
    TextJsonDuplicateKeys,
    /// Blob that is valid UTF-8 text without NUL.
    BlobText,
    /// Any other blob.
    Blob,
}

impl Form {
    /// All forms, each at the place that `as usize` gives.
    pub const ALL: [Self; 26] = [
        Self::Null,
        Self::IntegerBit,
        Self::Integer,
        Self::RealWhole,
        Self::RealFraction,
        Self::RealNegativeZero,
        Self::RealInfinite,
        Self::TextEmpty,
        Self::TextInteger,
        Self::TextDecimal,
        Self::TextBoolean,
        Self::TextDate,
        Self::TextTime,
        Self::TextDateTimeNaive,
        Self::TextDateTimeZoned,
        Self::TextDateImpossible,
        Self::TextUuid,
        Self::Text,
        Self::TextNul,
        Self::TextInvalidUtf8,
        Self::TextSurrogates,
        Self::TextJson,
        Self::TextJsonRefused,
        Self::TextJsonDuplicateKeys,
        Self::BlobText,
        Self::Blob,
    ];
}
