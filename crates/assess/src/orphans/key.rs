use autobot_catalog::{Affinity, PgType, SourceTable};
use autobot_convert::Converter;
use autobot_db::ColumnName;
use rusqlite::types::ValueRef;

/// How values of one column of a parent's key are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyColumn {
    affinity: Affinity,
    nocase: bool,
}

impl KeyColumn {
    /// Values as they are.
    pub(super) const PLAIN: Self = Self { affinity: Affinity::Blob, nocase: false };

    pub(super) fn of(table: &SourceTable, column: &ColumnName) -> Self {
        let Some(column) = table.column(column.as_str()) else { return Self::PLAIN };
        let nocase = column.collation.as_ref().is_some_and(|name| name.eq_ignore_ascii_case("nocase"));
        Self { affinity: column.affinity, nocase }
    }
}

/// A key as bytes: equal bytes for equal keys, different ones for different keys.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    key: Vec<u8>,
    text: Vec<u8>,
}

impl Scratch {
    pub(super) fn clear(&mut self) {
        self.key.clear();
    }

    pub(super) fn key(&self) -> &[u8] {
        &self.key
    }

    /// Adds a value as the column would compare it; false when it is NULL.
    #[inline]
    pub(super) fn add(&mut self, value: ValueRef<'_>, column: KeyColumn) -> bool {
        let numeric = matches!(column.affinity, Affinity::Integer | Affinity::Real | Affinity::Numeric);
        match value {
            ValueRef::Null => return false,
            ValueRef::Text(text) if numeric => match number(text) {
                Some(ValueRef::Integer(number)) => self.integer(number),
                Some(ValueRef::Real(number)) => self.real(number),
                _ => self.bytes(b't', text, column.nocase),
            },
            ValueRef::Text(text) => self.bytes(b't', text, column.nocase),
            ValueRef::Integer(_) | ValueRef::Real(_) if column.affinity == Affinity::Text => {
                self.as_text(value, column.nocase);
            }
            ValueRef::Integer(number) => self.integer(number),
            ValueRef::Real(number) => self.real(number),
            ValueRef::Blob(blob) => self.bytes(b'b', blob, false),
        }
        true
    }

    fn bytes(&mut self, kind: u8, bytes: &[u8], nocase: bool) {
        self.key.push(kind);
        self.key.extend_from_slice(&bytes.len().to_le_bytes());
        let start = self.key.len();
        self.key.extend_from_slice(bytes);
        if nocase {
            self.key[start..].make_ascii_lowercase();
        }
    }

    fn integer(&mut self, number: i64) {
        self.key.push(b'i');
        self.key.extend_from_slice(&number.to_le_bytes());
    }

    /// A real that is a 64-bit integer equals it.
    fn real(&mut self, number: f64) {
        const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;
        #[expect(clippy::cast_possible_truncation, reason = "in range and whole")]
        if (-TWO_POW_63..TWO_POW_63).contains(&number) && number.fract() == 0.0 {
            return self.integer(number as i64);
        }
        self.key.push(b'r');
        self.key.extend_from_slice(&number.to_bits().to_le_bytes());
    }

    /// As the number is written in the target: SQLite itself writes a real with 15 digits, by which two different ones are
    /// one key. The target tells them apart, so there the row is an orphan.
    fn as_text(&mut self, value: ValueRef<'_>, nocase: bool) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        // Numbers always have a text form.
        let _changes = Converter::for_type(&PgType::Text, None).encode(value, &mut text);
        self.bytes(b't', text.get(4..).unwrap_or_default(), nocase);
        self.text = text;
    }
}

/// The number that a column with numeric affinity makes of a text (SQLite documentation, "Datatypes", 3).
fn number(text: &[u8]) -> Option<ValueRef<'static>> {
    let text = std::str::from_utf8(text).ok()?.trim_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if let Ok(number) = text.parse::<i64>() {
        return Some(ValueRef::Integer(number));
    }
    text.parse::<f64>().ok().filter(|_| numeric).map(ValueRef::Real)
}
