//! Values of every storage class: those that a column's declared type means, with their edges, and any others.

use rusqlite::types::{ToSqlOutput, Value as Sqlite, ValueRef};

use crate::random::Random;

/// A value to store; text as bytes, because SQLite keeps any.
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

/// What a declared type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Real,
    Numeric,
    Text,
    Boolean,
    Moment,
    Date,
    Time,
    Json,
    Blob,
    Uuid,
}

impl Value {
    /// As a parameter; text that is not UTF-8 goes in as a blob, to be cast.
    pub fn parameter(&self) -> ToSqlOutput<'_> {
        match self {
            Self::Null => ToSqlOutput::Owned(Sqlite::Null),
            Self::Integer(number) => ToSqlOutput::Owned(Sqlite::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Owned(Sqlite::Real(*number)),
            Self::Text(bytes) if std::str::from_utf8(bytes).is_ok() => ToSqlOutput::Borrowed(ValueRef::Text(bytes)),
            Self::Text(bytes) | Self::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        }
    }

    /// Where the parameter stands in a statement.
    pub fn place(&self) -> &'static str {
        match self {
            Self::Text(bytes) if std::str::from_utf8(bytes).is_err() => "cast(? as text)",
            _ => "?",
        }
    }
}

const INTEGERS: &[i64] = &[
    0,
    1,
    -1,
    2,
    7,
    10,
    100,
    255,
    32767,
    32768,
    -32769,
    2_147_483_647,
    2_147_483_648,
    -2_147_483_648,
    -2_147_483_649,
    9_007_199_254_740_991,
    9_007_199_254_740_993,
    i64::MAX,
    i64::MIN,
    i64::MAX - 1,
    1_627_303_906_122,
];
const REALS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.1,
    2.5,
    -7.25,
    1e-300,
    1e300,
    5e-324,
    2.225_073_858_507_201e-308,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    f64::EPSILON,
    f64::INFINITY,
    f64::NEG_INFINITY,
    9_007_199_254_740_993.0,
    9.223_372_036_854_775e18,
    9.3e18,
    -9_223_372_036_854_775_808.0,
    1e15,
    123_456_789.123_456_78,
    0.3,
    1e22,
    1e23,
    4.35,
    1e-5,
];
const TEXTS: &[&str] = &[
    "",
    "a",
    "A",
    "b",
    "abc",
    "ABC",
    "hello world",
    " leading",
    "trailing ",
    "tab\there",
    "line\nfeed",
    "return\r\n",
    "back\\slash",
    "\\.",
    "\\N",
    "\\x41",
    "NULL",
    "null",
    "'quoted'",
    "\"double\"",
    "O'Brien; DROP TABLE t; --",
    "caf\u{e9}",
    "cafe\u{301}",
    "\u{1f600}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "ñandú",
    "ÀÉÎ",
    "\u{feff}bom",
    "\u{202e}rtl",
    "مرحبا",
    "你好",
    "\u{1}\u{7f}",
    "%_",
    "{}",
    "[1]",
    "true",
    "zz\u{10ffff}",
    "ß",
    "İ",
    "x\u{fffd}y",
];
const NUMBERS_AS_TEXT: &[&str] =
    &["1", "-5", "007", "+3", "1.10", "1e5", " 8", "9223372036854775808", "0x10", "inf", "nan"];
const DECIMALS: &[&str] =
    &["0", "1.5", "12345.67", "-0.01", "99999999.99", "0.000001", "1e3", "12345678901234567890.12"];
const MOMENTS: &[&str] = &[
    "2024-02-29 12:34:56",
    "2024-02-29T12:34:56Z",
    "2024-02-29T12:34:56.123Z",
    "2024-02-29 12:34:56.123456",
    "1999-12-31T23:59:59+02:00",
    "1999-12-31 23:59:59-05:30",
    "2020-01-02",
    "1970-01-01 00:00:00",
    "0001-01-01 00:00:00",
    "9999-12-31 23:59:59.999999",
    "2000-01-01T00:00",
    "2021-07-26 12:51:46.122 +00:00",
    "1900-02-28 23:59",
    "2038-01-19 03:14:08",
    "+010000-01-01T00:00:00.000Z",
    "-000043-03-15T12:00:00Z",
    "2024-02-29 12:34:56.5",
];
const WRONG_MOMENTS: &[&str] = &[
    "",
    "0000-00-00 00:00:00",
    "2021-02-30 25:61:00",
    "yesterday",
    "2024-13-01",
    "12/31/1999",
    "2024-02-29 12:34:56.1234567",
    "2023-02-29",
    "24:00:00",
    "2024-02-29 24:00:00",
    "2016-12-31 23:59:60",
    "now",
    "20240229",
];
const DATES: &[&str] = &["2024-02-29", "1970-01-01", "0001-01-01", "9999-12-31", "1582-10-10", "2000-12-31"];
const TIMES: &[&str] = &["00:00", "23:59:59", "12:34:56.789", "06:30:00", "12:34:56.123456"];
const JSONS: &[&str] = &[
    "{}",
    "[]",
    "null",
    "1",
    "\"x\"",
    "{\"a\":1,\"b\":[true,null,\"\\u00e9\"]}",
    "[1.50, 2e10, -0]",
    " { \"z\" : 1 , \"a\" : 2 } ",
    "{\"a\":{\"b\":{\"c\":[[[]]]}}}",
    "\"\\n\\t\\\\\"",
    "[9007199254740993, 0.1]",
    "\"\u{1f600}\"",
];
const WRONG_JSONS: &[&str] =
    &["", "{", "{'a':1}", "\"\\u0000\"", "{\"a\":1,\"a\":2}", "1e400", "\"\\ud800\"", "NaN", "[1,]", "undefined"];
const UUIDS: &[&str] = &[
    "123e4567-e89b-12d3-a456-426614174000",
    "00000000-0000-0000-0000-000000000000",
    "ABCDEFAB-CDEF-4BCD-8EFA-BCDEFABCDEFA",
];
const BLOBS: &[&[u8]] =
    &[b"", b"\0", b"\xff\xfe", b"text as blob", b"\\x41", b"\xc3\xb1", b"\0\x01\x02\x7f\x80\xff", b"\n\t\r\\"];
const WRONG_TEXTS: &[&[u8]] = &[
    b"a\0b",
    b"\0",
    b"\xff",
    b"ab\xc3",
    b"\xc3\x28",
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xed\xa0\xbd",
    b"\xf8\x88\x80\x80\x80",
    b"\xc0\x80",
    b"ok\xe2\x82",
];

/// What the numbers or texts of one column have in common.
#[derive(Debug, Clone, Copy)]
pub struct Taste {
    pub kind: Kind,
    /// Which way of several: the unit of numbers in a date column, and the like.
    pub way: usize,
    /// Long texts, which no index takes.
    pub long: bool,
}

/// A value that the column's type means.
pub fn fitting(random: &mut Random, taste: Taste) -> Value {
    match taste.kind {
        Kind::Integer => Value::Integer(integer(random)),
        Kind::Real => Value::Real(real(random)),
        Kind::Numeric => match random.below(3) {
            0 => Value::Integer(integer(random)),
            1 => Value::Real(finite(random)),
            _ => text(random.pick(DECIMALS)),
        },
        Kind::Text => string(random, taste.long),
        Kind::Boolean => match random.below(6) {
            0 if taste.way == 1 => text(random.pick(&["true", "false", "t", "F", "TRUE"])),
            _ => Value::Integer(random.between(0, 1)),
        },
        Kind::Moment => moment(random, taste.way),
        Kind::Date => match taste.way {
            0 => text(random.pick(MOMENTS)),
            _ => text(random.pick(DATES)),
        },
        Kind::Time => text(random.pick(TIMES)),
        Kind::Json => text(random.pick(JSONS)),
        Kind::Blob => blob(random),
        Kind::Uuid => text(random.pick(UUIDS)),
    }
}

/// A value that a column of this kind seldom holds, or any at all.
pub fn odd(random: &mut Random, kind: Kind) -> Value {
    match (random.below(8), kind) {
        (0, _) => Value::Integer(integer(random)),
        (1, _) => Value::Real(real(random)),
        (2, _) => Value::Text(random.pick(WRONG_TEXTS).to_vec()),
        (3, _) => blob(random),
        (4, _) => string(random, false),
        (5, Kind::Moment | Kind::Date | Kind::Time) => text(random.pick(WRONG_MOMENTS)),
        (5, Kind::Json) => text(random.pick(WRONG_JSONS)),
        (5, _) => text(random.pick(NUMBERS_AS_TEXT)),
        (6, _) => moment(random, 0),
        _ => text(""),
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.as_bytes().to_vec())
}

fn integer(random: &mut Random) -> i64 {
    match random.below(4) {
        0 => random.pick(INTEGERS),
        1 => i64::from_ne_bytes(random.bits().to_ne_bytes()),
        _ => random.between(-20, 1000),
    }
}

fn real(random: &mut Random) -> f64 {
    match random.below(4) {
        0 | 1 => random.pick(REALS),
        2 => Some(f64::from_bits(random.bits())).filter(|real| !real.is_nan()).unwrap_or(0.5),
        _ => f64::from(i32::try_from(random.between(-100_000, 100_000)).unwrap()) / 8.0,
    }
}

fn finite(random: &mut Random) -> f64 {
    Some(real(random)).filter(|real| real.is_finite()).unwrap_or(0.25)
}

fn string(random: &mut Random, long: bool) -> Value {
    if long && random.chance(25) {
        let length = random.pick(&[300, 2000, 2710, 9000, 30_000]);
        let part = random.pick(TEXTS);
        let unit = if part.is_empty() { "lorem " } else { part };
        return text(&unit.repeat(length / unit.len() + 1));
    }
    match random.below(3) {
        0 => text(&format!("{}{}", random.pick(TEXTS), random.below(1000))),
        _ => text(random.pick(TEXTS)),
    }
}

fn blob(random: &mut Random) -> Value {
    if random.chance(20) {
        let length = random.pick(&[1, 16, 500, 5000, 70_000]);
        return Value::Blob((0..length).map(|_| random.bits().to_ne_bytes()[0]).collect());
    }
    Value::Blob(random.pick(BLOBS).to_vec())
}

/// By its way: texts, milliseconds, both together, seconds, microseconds.
fn moment(random: &mut Random, way: usize) -> Value {
    let second = random.between(1_000_000_000, 1_900_000_000);
    match way {
        1 => Value::Integer(second * 1000 + random.between(0, 999)),
        2 if random.chance(50) => Value::Integer(second * 1000 + random.between(0, 999)),
        3 => Value::Integer(second),
        4 => Value::Integer(second * 1_000_000 + random.between(0, 999_999)),
        _ => text(random.pick(MOMENTS)),
    }
}
