use autobot_catalog::PgType;

/// Families of types that PostgreSQL compares with each other in a foreign key.
#[derive(Debug, PartialEq, Eq)]
enum Family {
    Integer,
    Decimal,
    Float,
    Text,
    Instant,
    Other,
}

fn family(of: &PgType) -> Family {
    match of {
        PgType::SmallInt | PgType::Integer | PgType::BigInt => Family::Integer,
        PgType::Decimal { .. } => Family::Decimal,
        PgType::Real | PgType::Double => Family::Float,
        PgType::Text | PgType::Varchar(_) | PgType::Char(_) => Family::Text,
        PgType::Date | PgType::Timestamp(_) | PgType::Timestamptz(_) => Family::Instant,
        _ => Family::Other,
    }
}

/// True when PostgreSQL can have a foreign key from a column of type `child` to one of type `parent`: an operator of
/// the parent's index compares them, or the child's type turns into the parent's by itself.
pub(super) fn compatible(child: &PgType, parent: &PgType) -> bool {
    if child == parent {
        return !matches!(child, PgType::Json);
    }
    match (family(child), family(parent)) {
        (Family::Other, _) | (_, Family::Other) => false,
        (Family::Integer, Family::Decimal | Family::Float) | (Family::Decimal, Family::Float) => true,
        (child, parent) => child == parent,
    }
}
