//! Values of SQLite under the declared rules of their column.

mod moment;
mod number;
mod text;

use autobot_catalog::{ColumnMap, NulRule, OnInvalid, PgType};
use rusqlite::types::ValueRef;

use super::calendar::MICROS_PER_DAY;
use super::target::{put_double, put_integer};
use super::{calendar, json, put, put_null, put_word, tag};

/// A value of SQLite that its column's type cannot stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit;

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceValue {
    /// Its form was appended.
    Put,
    /// The owner's rule puts its row in quarantine.
    Quarantined,
}

/// A column of the source, with what is decided about it once and not for each value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceColumn<'a> {
    pub(crate) map: &'a ColumnMap,
    usual: Usual,
}

/// What values of a column usually are: those need no look at its rules.
#[derive(Debug, Clone, Copy)]
enum Usual {
    /// A text that any rule lets be.
    Text,
    /// An integer of 32 bits.
    Integer,
    /// 0 or 1.
    Boolean,
    Other,
}

impl<'a> SourceColumn<'a> {
    pub(crate) fn new(map: &'a ColumnMap) -> Self {
        let usual = match map.target_type {
            PgType::Text | PgType::Citext if map.nul != NulRule::Escape => Usual::Text,
            PgType::Integer | PgType::BigInt => Usual::Integer,
            PgType::Boolean => Usual::Boolean,
            _ => Usual::Other,
        };
        Self { map, usual }
    }

    /// Appends the canonical form that a stored value has under the column's declared rules.
    #[inline]
    pub(crate) fn put(&self, value: &ValueRef<'_>, out: &mut Vec<u8>) -> Result<SourceValue, Unfit> {
        match (self.usual, value) {
            (Usual::Text, ValueRef::Text(bytes)) if text::is_plain(bytes) => put(out, tag::TEXT, bytes),
            (Usual::Integer, ValueRef::Integer(integer)) if i32::try_from(*integer).is_ok() => {
                put_integer(out, *integer);
            }
            (Usual::Boolean, ValueRef::Integer(0)) => out.extend_from_slice(&[tag::BOOLEAN, 0]),
            (Usual::Boolean, ValueRef::Integer(1)) => out.extend_from_slice(&[tag::BOOLEAN, 1]),
            (_, ValueRef::Null) if !self.map.not_null => put_null(out),
            _ => return from_source(self.map, value, out),
        }
        Ok(SourceValue::Put)
    }
}

/// The same, whatever the value is.
fn from_source(column: &ColumnMap, value: &ValueRef<'_>, out: &mut Vec<u8>) -> Result<SourceValue, Unfit> {
    let start = out.len();
    let put = match value {
        ValueRef::Null if column.not_null => Err(Unfit),
        ValueRef::Null => {
            put_null(out);
            Ok(())
        }
        value => put_value(column, value, out),
    };
    let Err(unfit) = put else { return Ok(SourceValue::Put) };
    out.truncate(start);
    match column.on_invalid {
        OnInvalid::Null if !column.not_null => {
            put_null(out);
            Ok(SourceValue::Put)
        }
        OnInvalid::Quarantine => Ok(SourceValue::Quarantined),
        OnInvalid::Refuse | OnInvalid::Null => Err(unfit),
    }
}

fn put_value(column: &ColumnMap, value: &ValueRef<'_>, out: &mut Vec<u8>) -> Result<(), Unfit> {
    match &column.target_type {
        PgType::Boolean => out.extend_from_slice(&[tag::BOOLEAN, number::boolean(value)?.into()]),
        PgType::SmallInt => put_integer(out, i16::try_from(number::integer(value)?).map_err(|_| Unfit)?.into()),
        PgType::Integer => put_integer(out, i32::try_from(number::integer(value)?).map_err(|_| Unfit)?.into()),
        PgType::BigInt => put_integer(out, number::integer(value)?),
        PgType::Real => put_double(out, number::single(value)?),
        PgType::Double => put_double(out, number::double(value)?),
        PgType::Decimal { limits } => number::decimal(value, *limits)?.put(out),
        PgType::Text | PgType::Citext => put(out, tag::TEXT, text::text(column, value)?.as_bytes()),
        PgType::Varchar(most) => put(out, tag::TEXT, text::limited(column, value, *most)?.0.as_bytes()),
        // CHAR(n) comes back padded with blanks to n characters.
        PgType::Char(most) => {
            let (text, missing) = text::limited(column, value, *most)?;
            put(out, tag::TEXT, format!("{text}{}", " ".repeat(missing)).as_bytes());
        }
        PgType::Enum { labels, .. } => put(out, tag::TEXT, text::label(value, labels)?),
        PgType::Bytea => put(out, tag::BYTES, &text::bytes(column, value)?),
        PgType::Date => {
            let micros = match value {
                ValueRef::Real(_) => return Err(Unfit),
                value => moment::micros(value, column.unit)?,
            };
            if micros.cut || micros.since_2000.rem_euclid(MICROS_PER_DAY) != 0 {
                return Err(Unfit);
            }
            put_word(out, tag::DATE, micros.since_2000.div_euclid(MICROS_PER_DAY));
        }
        PgType::Time(digits) => {
            let ValueRef::Text(text) = value else { return Err(Unfit) };
            let micros = calendar::time(text::utf8(text)?).ok_or(Unfit)?;
            put_word(out, tag::TIME, moment::cut(micros, *digits));
        }
        PgType::Timestamp(digits) | PgType::Timestamptz(digits) => {
            let micros = moment::micros(value, column.unit)?.since_2000;
            put_word(out, tag::TIMESTAMP, moment::cut(micros, *digits));
        }
        PgType::Json => put(out, tag::TEXT, text::json(value)?.as_bytes()),
        PgType::Jsonb => {
            let mut canonical = String::new();
            json::canonical(&text::json(value)?, &mut canonical).ok_or(Unfit)?;
            put(out, tag::TEXT, canonical.as_bytes());
        }
        PgType::Uuid => put(out, tag::UUID, &text::uuid(value)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
