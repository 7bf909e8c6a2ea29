//! The type of a column in PostgreSQL: the default one of each scalar, and those of `@db.…`.

use crate::error::Error;
use crate::schema::{Field, Model, NativeType, Scalar};

/// What a native type takes in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arguments {
    None,
    /// Nothing or a length or precision.
    One,
    /// Nothing or a precision and a scale.
    Two,
}

/// A native type: its name in the schema language and in SQL, what it takes, and the scalars that may have it.
struct Rule {
    name: &'static str,
    sql: &'static str,
    arguments: Arguments,
    scalars: &'static [Scalar],
}

const fn rule(name: &'static str, sql: &'static str, arguments: Arguments, scalars: &'static [Scalar]) -> Rule {
    Rule { name, sql, arguments, scalars }
}

const RULES: &[Rule] = &[
    rule("SmallInt", "SMALLINT", Arguments::None, &[Scalar::Int]),
    rule("Integer", "INTEGER", Arguments::None, &[Scalar::Int]),
    rule("BigInt", "BIGINT", Arguments::None, &[Scalar::BigInt]),
    rule("Decimal", "DECIMAL", Arguments::Two, &[Scalar::Decimal]),
    rule("Money", "MONEY", Arguments::None, &[Scalar::Decimal]),
    rule("Inet", "INET", Arguments::None, &[Scalar::String]),
    rule("Oid", "OID", Arguments::None, &[Scalar::Int]),
    rule("Citext", "CITEXT", Arguments::None, &[Scalar::String]),
    rule("Real", "REAL", Arguments::None, &[Scalar::Float]),
    rule("DoublePrecision", "DOUBLE PRECISION", Arguments::None, &[Scalar::Float]),
    rule("VarChar", "VARCHAR", Arguments::One, &[Scalar::String]),
    rule("Char", "CHAR", Arguments::One, &[Scalar::String]),
    rule("Text", "TEXT", Arguments::None, &[Scalar::String]),
    rule("ByteA", "BYTEA", Arguments::None, &[Scalar::Bytes]),
    rule("Timestamp", "TIMESTAMP", Arguments::One, &[Scalar::DateTime]),
    rule("Timestamptz", "TIMESTAMPTZ", Arguments::One, &[Scalar::DateTime]),
    rule("Date", "DATE", Arguments::None, &[Scalar::DateTime]),
    rule("Time", "TIME", Arguments::One, &[Scalar::DateTime]),
    rule("Timetz", "TIMETZ", Arguments::One, &[Scalar::DateTime]),
    rule("Boolean", "BOOLEAN", Arguments::None, &[Scalar::Boolean]),
    rule("Bit", "BIT", Arguments::One, &[Scalar::String]),
    rule("VarBit", "VARBIT", Arguments::One, &[Scalar::String]),
    rule("Uuid", "UUID", Arguments::None, &[Scalar::String]),
    rule("Xml", "XML", Arguments::None, &[Scalar::String]),
    rule("Json", "JSON", Arguments::None, &[Scalar::Json]),
    rule("JsonB", "JSONB", Arguments::None, &[Scalar::Json]),
];

/// The type of a scalar field's column.
pub(super) fn column_type(model: &Model, field: &Field, scalar: Scalar) -> Result<String, Error> {
    match &field.native_type {
        None => Ok(default_type(scalar).to_owned()),
        Some(native) => native_type(native, scalar).ok_or_else(|| Error::NotForPostgres {
            at: field.at.clone(),
            thing: format!("{}.{}", model.name, field.name),
            message: format!("PostgreSQL has no native type `{}` for {}", native.name, scalar.name()),
        }),
    }
}

/// Whether PostgreSQL has this native type for this scalar.
pub(crate) fn is_known(native: &NativeType, scalar: Scalar) -> bool {
    native_type(native, scalar).is_some()
}

fn default_type(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "TEXT",
        Scalar::Boolean => "BOOLEAN",
        Scalar::Int => "INTEGER",
        Scalar::BigInt => "BIGINT",
        Scalar::Float => "DOUBLE PRECISION",
        Scalar::Decimal => "DECIMAL(65,30)",
        Scalar::DateTime => "TIMESTAMP(3)",
        Scalar::Json => "JSONB",
        Scalar::Bytes => "BYTEA",
    }
}

fn native_type(native: &NativeType, scalar: Scalar) -> Option<String> {
    let rule = RULES.iter().find(|r| r.name == native.name && r.scalars.contains(&scalar))?;
    let numbers = native.arguments.iter().map(|a| a.parse().ok()).collect::<Option<Vec<u32>>>()?;
    match (rule.arguments, numbers.as_slice()) {
        (_, []) => Some(rule.sql.to_owned()),
        (Arguments::One, [length]) => Some(format!("{}({length})", rule.sql)),
        (Arguments::Two, [precision, scale]) => Some(format!("{}({precision},{scale})", rule.sql)),
        _ => None,
    }
}
