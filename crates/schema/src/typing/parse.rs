use autobot_catalog::PgType;

use super::declared::Declared;

/// Reads a type of PostgreSQL as an owner writes it in a rule (`text`, `bigint`, `timestamp(3)`, `numeric(10,2)`).
///
/// None for what is not among the types that a column may get. Enum types come from schema.prisma only.
pub fn parse_pg_type(text: &str) -> Option<PgType> {
    let Declared { words, numbers } = Declared::of(text);
    let first = numbers.first().copied();
    let digits = u8::try_from(first.unwrap_or(6)).ok().filter(|digits| *digits <= 6);
    Some(match words.as_str() {
        "BOOLEAN" | "BOOL" => PgType::Boolean,
        "SMALLINT" | "INT2" => PgType::SmallInt,
        "INTEGER" | "INT" | "INT4" => PgType::Integer,
        "BIGINT" | "INT8" => PgType::BigInt,
        "REAL" | "FLOAT4" => PgType::Real,
        "DOUBLE PRECISION" | "DOUBLE" | "FLOAT" | "FLOAT8" => PgType::Double,
        "DECIMAL" | "NUMERIC" => PgType::Decimal { limits: limits(&numbers)? },
        "TEXT" => PgType::Text,
        "VARCHAR" | "CHARACTER VARYING" => first.map_or(PgType::Text, PgType::Varchar),
        "CHAR" | "CHARACTER" => PgType::Char(first.unwrap_or(1)),
        "CITEXT" | "PUBLIC.CITEXT" => PgType::Citext,
        "BYTEA" => PgType::Bytea,
        "DATE" => PgType::Date,
        "TIME" | "TIME WITHOUT TIME ZONE" => PgType::Time(digits?),
        "TIMESTAMP" | "TIMESTAMP WITHOUT TIME ZONE" => PgType::Timestamp(digits?),
        "TIMESTAMPTZ" | "TIMESTAMP WITH TIME ZONE" => PgType::Timestamptz(digits?),
        "JSON" => PgType::Json,
        "JSONB" => PgType::Jsonb,
        "UUID" => PgType::Uuid,
        _ => return None,
    })
}

/// Precision and scale; the inner none is a number without limits.
#[expect(clippy::option_option, reason = "no limits and wrong limits are two different things")]
fn limits(numbers: &[u32]) -> Option<Option<(u16, u16)>> {
    match numbers {
        [] => Some(None),
        [precision] => Some(Some((u16::try_from(*precision).ok()?, 0))),
        [precision, scale] if scale <= precision && *precision <= 1000 => {
            Some(Some((u16::try_from(*precision).ok()?, u16::try_from(*scale).ok()?)))
        }
        _ => None,
    }
}
