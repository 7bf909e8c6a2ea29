use std::ops::BitOr;

use autobot_catalog::PgType;

/// What is looked for in the values of a column: what it may become. Looking costs time, so columns that are text and
/// will be text are not searched for dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Interest(u8);

impl Interest {
    /// Nothing beyond what every column needs: storage class, UTF-8, NUL, length, ranges of integers and reals.
    pub const NONE: Self = Self(0);
    /// Integers written as text.
    pub const INTEGER: Self = Self(1);
    /// Decimal numbers written as text, digits of reals.
    pub const DECIMAL: Self = Self(2);
    /// `true`, `t`, `false`, `f`.
    pub const BOOLEAN: Self = Self(4);
    /// Dates and times written as text, common divisor of integers.
    pub const DATE: Self = Self(8);
    /// UUIDs.
    pub const UUID: Self = Self(16);
    /// JSON. Looked for before everything else: a JSON number written as text counts as JSON.
    pub const JSON: Self = Self(32);
    /// Distinct texts.
    pub const LABELS: Self = Self(64);

    /// What tells whether values can go over as `target`.
    pub fn of_type(target: &PgType) -> Self {
        match target {
            PgType::Boolean => Self::BOOLEAN | Self::INTEGER,
            PgType::SmallInt | PgType::Integer | PgType::BigInt | PgType::Real | PgType::Double => Self::INTEGER,
            PgType::Decimal { .. } => Self::INTEGER | Self::DECIMAL,
            PgType::Date | PgType::Time(_) | PgType::Timestamp(_) | PgType::Timestamptz(_) => Self::DATE,
            PgType::Json | PgType::Jsonb => Self::JSON,
            PgType::Uuid => Self::UUID,
            PgType::Enum { .. } => Self::LABELS,
            PgType::Text | PgType::Varchar(_) | PgType::Char(_) | PgType::Citext | PgType::Bytea => Self::NONE,
        }
    }

    /// True when everything of `other` is looked for.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Interest {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
