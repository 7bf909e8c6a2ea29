//! Prisma's scalar types.

use serde::Serialize;

/// A scalar type of the Prisma schema language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Scalar {
    /// `String`.
    String,
    /// `Boolean`.
    Boolean,
    /// `Int`, 32 bits.
    Int,
    /// `BigInt`, 64 bits.
    BigInt,
    /// `Float`.
    Float,
    /// `Decimal`.
    Decimal,
    /// `DateTime`.
    DateTime,
    /// `Json`.
    Json,
    /// `Bytes`.
    Bytes,
}

impl Scalar {
    /// Every scalar type.
    pub const ALL: [Scalar; 9] = [
        Scalar::String,
        Scalar::Boolean,
        Scalar::Int,
        Scalar::BigInt,
        Scalar::Float,
        Scalar::Decimal,
        Scalar::DateTime,
        Scalar::Json,
        Scalar::Bytes,
    ];

    /// The type of this name in the schema language.
    pub fn named(name: &str) -> Option<Scalar> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Its name in the schema language.
    pub fn name(self) -> &'static str {
        match self {
            Scalar::String => "String",
            Scalar::Boolean => "Boolean",
            Scalar::Int => "Int",
            Scalar::BigInt => "BigInt",
            Scalar::Float => "Float",
            Scalar::Decimal => "Decimal",
            Scalar::DateTime => "DateTime",
            Scalar::Json => "Json",
            Scalar::Bytes => "Bytes",
        }
    }
}
