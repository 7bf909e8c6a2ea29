use autobot_catalog::{ColumnMap, EpochUnit, NulRule, PgType, Utf8Rule};
use rusqlite::types::ValueRef;

use crate::label::Labels;
use crate::text::TextRules;
use crate::{Changes, Reason, Refusal, date, field, integer, json, numeric, real, text, uuid};

/// How the values of one column go over: chosen once, then the same for each value.
#[derive(Debug, Clone)]
pub struct Converter {
    pub(crate) kind: Kind,
    pub(crate) not_null: bool,
}

/// What a column's type makes of a value.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Boolean,
    SmallInt,
    Integer,
    BigInt,
    Real,
    Double,
    Decimal(Option<(u16, u16)>),
    Text(TextRules),
    /// Numbers as well, as the bytes of their text.
    Bytea {
        numbers: bool,
    },
    Date(Option<EpochUnit>),
    Time(u8),
    Timestamp(u8, Option<EpochUnit>),
    Json,
    Jsonb,
    Uuid,
    Enum(Labels),
}

impl Converter {
    /// The converter of a column, as it was decided.
    pub fn for_column(column: &ColumnMap) -> Self {
        let kind = match Kind::new(&column.target_type, column.unit, column.nul, column.utf8) {
            Kind::Bytea { .. } => Kind::Bytea { numbers: column.numbers_as_bytes },
            kind => kind,
        };
        Self { kind, not_null: column.not_null }
    }

    /// The converter of a type that takes NULL and has no rules of the owner.
    pub fn for_type(target: &PgType, unit: Option<EpochUnit>) -> Self {
        Self { kind: Kind::new(target, unit, NulRule::Invalid, Utf8Rule::Invalid), not_null: false }
    }

    /// Appends the value as a field of a binary COPY: a 32-bit length and the bytes, or −1 for NULL.
    ///
    /// Gives what could not be kept, or why the value is refused; `out` then is as it was.
    #[inline]
    pub fn encode(&self, value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
        let start = out.len();
        let encoded = match value {
            ValueRef::Null if self.not_null => Err(Reason::NullInNotNull.into()),
            ValueRef::Null => {
                field::null(out);
                Ok(Changes::NONE)
            }
            value => self.kind.encode(value, out),
        };
        if encoded.is_err() {
            out.truncate(start);
        }
        encoded
    }

    /// The bytes of a value that goes over exactly as it is stored, so that a large one need not be copied to be sent:
    /// [`Converter::encode`] would append their length and themselves.
    pub fn as_stored<'a>(&self, value: ValueRef<'a>) -> Option<&'a [u8]> {
        let bytes = match (&self.kind, value) {
            (Kind::Bytea { .. }, ValueRef::Blob(bytes)) => bytes,
            (Kind::Text(rules), ValueRef::Text(bytes)) if text::is_as_stored(bytes, rules) => bytes,
            _ => return None,
        };
        (bytes.len() <= field::BYTES_MAX).then_some(bytes)
    }
}

impl Kind {
    pub(crate) fn new(target: &PgType, unit: Option<EpochUnit>, nul: NulRule, utf8: Utf8Rule) -> Self {
        let text = |characters_max, padded| Self::Text(TextRules { characters_max, padded, nul, utf8 });
        match target {
            PgType::Boolean => Self::Boolean,
            PgType::SmallInt => Self::SmallInt,
            PgType::Integer => Self::Integer,
            PgType::BigInt => Self::BigInt,
            PgType::Real => Self::Real,
            PgType::Double => Self::Double,
            PgType::Decimal { limits } => Self::Decimal(*limits),
            PgType::Text | PgType::Citext => text(None, false),
            PgType::Varchar(most) => text(Some(*most), false),
            PgType::Char(most) => text(Some(*most), true),
            PgType::Bytea => Self::Bytea { numbers: false },
            PgType::Date => Self::Date(unit),
            PgType::Time(digits) => Self::Time(*digits),
            PgType::Timestamp(digits) | PgType::Timestamptz(digits) => Self::Timestamp(*digits, unit),
            PgType::Json => Self::Json,
            PgType::Jsonb => Self::Jsonb,
            PgType::Uuid => Self::Uuid,
            PgType::Enum { labels, .. } => Self::Enum(Labels::new(labels)),
        }
    }

    #[inline]
    fn encode(&self, value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
        match self {
            Self::Boolean => integer::boolean(value, out),
            Self::SmallInt => integer::small(value, out),
            Self::Integer => integer::medium(value, out),
            Self::BigInt => integer::big(value, out),
            Self::Real => real::single(value, out),
            Self::Double => real::double(value, out),
            Self::Decimal(limits) => numeric::encode(value, *limits, out),
            Self::Text(rules) => text::encode(value, rules, out),
            Self::Bytea { numbers } => text::bytea(value, *numbers, out),
            Self::Date(unit) => date::date(value, *unit, out),
            Self::Time(digits) => date::time(value, *digits, out),
            Self::Timestamp(digits, unit) => date::timestamp(value, *digits, *unit, out),
            Self::Json => json::json(value, out),
            Self::Jsonb => json::jsonb(value, out),
            Self::Uuid => uuid::encode(value, out),
            Self::Enum(labels) => labels.encode(value, out),
        }
    }
}
