use std::fmt;

use serde::{Deserialize, Serialize};

/// A type of PostgreSQL that a column may get. `Display` gives it as SQL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PgType {
    /// `BOOLEAN`.
    Boolean,
    /// `SMALLINT`, 16 bits.
    SmallInt,
    /// `INTEGER`, 32 bits.
    Integer,
    /// `BIGINT`, 64 bits.
    BigInt,
    /// `REAL`, 32 bits; only where the owner or schema.prisma asks for it.
    Real,
    /// `DOUBLE PRECISION`: what REAL of SQLite is, bit for bit.
    Double,
    /// `DECIMAL(precision, scale)`, or unlimited.
    Decimal {
        /// Digits in all and digits after the point.
        limits: Option<(u16, u16)>,
    },
    /// `TEXT`.
    Text,
    /// `VARCHAR(n)`.
    Varchar(u32),
    /// `CHAR(n)`.
    Char(u32),
    /// `CITEXT` of the extension of that name, in schema `public`.
    Citext,
    /// `BYTEA`.
    Bytea,
    /// `DATE`.
    Date,
    /// `TIME(digits)`.
    Time(u8),
    /// `TIMESTAMP(digits)`: an instant as its UTC reading.
    Timestamp(u8),
    /// `TIMESTAMPTZ(digits)`.
    Timestamptz(u8),
    /// `JSON`: the text is kept.
    Json,
    /// `JSONB`: key order and duplicate keys are not kept.
    Jsonb,
    /// `UUID`.
    Uuid,
    /// An enum type by its name, with its labels in order.
    Enum {
        /// Name of the type.
        name: autobot_db::Name,
        /// Labels as stored.
        labels: Vec<String>,
    },
}

impl fmt::Display for PgType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => f.write_str("BOOLEAN"),
            Self::SmallInt => f.write_str("SMALLINT"),
            Self::Integer => f.write_str("INTEGER"),
            Self::BigInt => f.write_str("BIGINT"),
            Self::Real => f.write_str("REAL"),
            Self::Double => f.write_str("DOUBLE PRECISION"),
            Self::Decimal { limits: None } => f.write_str("DECIMAL"),
            Self::Decimal { limits: Some((precision, scale)) } => write!(f, "DECIMAL({precision},{scale})"),
            Self::Text => f.write_str("TEXT"),
            Self::Varchar(length) => write!(f, "VARCHAR({length})"),
            Self::Char(length) => write!(f, "CHAR({length})"),
            Self::Citext => f.write_str("public.citext"),
            Self::Bytea => f.write_str("BYTEA"),
            Self::Date => f.write_str("DATE"),
            Self::Time(digits) => write!(f, "TIME({digits})"),
            Self::Timestamp(digits) => write!(f, "TIMESTAMP({digits})"),
            Self::Timestamptz(digits) => write!(f, "TIMESTAMPTZ({digits})"),
            Self::Json => f.write_str("JSON"),
            Self::Jsonb => f.write_str("JSONB"),
            Self::Uuid => f.write_str("UUID"),
            Self::Enum { name, .. } => f.write_str(&name.quoted()),
        }
    }
}
