use autobot_catalog::{Affinity, PgType};

use super::bounds::Bounds;
use crate::decide::ColumnDraft;

/// An expression in PostgreSQL's SQL, with what must be known of it to use it further.
#[derive(Clone)]
pub(super) struct Typed<'t> {
    pub(super) sql: String,
    pub(super) kind: Kind,
    /// Needs no brackets as an operand.
    pub(super) atom: bool,
    /// Set for a literal.
    pub(super) literal: Option<Literal>,
    /// Set for a column.
    pub(super) column: Option<&'t ColumnDraft<'t>>,
    /// The collation that SQLite compares it by.
    pub(super) collation: Collation,
    /// The collation was written with `COLLATE`: it goes before that of a column.
    pub(super) collated: bool,
    /// For a text that is a decimal integer (`strftime('%s')`): that integer.
    pub(super) integer_sql: Option<String>,
    /// For a form of "now": what it counts.
    pub(super) now: Option<Now>,
    /// For a number: how large and how small it gets, where that is known.
    pub(super) bounds: Option<Bounds>,
}

/// What kind of value an expression has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// NULL and nothing else.
    Null,
    /// A boolean of PostgreSQL, 0 or 1 in SQLite.
    Bool,
    /// A 64-bit integer.
    Int,
    /// A double.
    Double,
    /// A decimal number.
    Decimal,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// Of a type whose values SQLite holds in another form.
    Other(PgType),
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    /// An integer.
    Int(i64),
    /// A real, as written.
    Real(String),
    /// A text.
    Text(String),
}

/// How texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collation {
    /// By nothing said: as the other operand says, else by bytes.
    Unsaid,
    /// By bytes.
    Binary,
    /// Without ASCII case.
    NoCase,
    /// Without blanks at the end.
    Rtrim,
    /// By a function of the application.
    Foreign,
    /// By one that is written somewhere inside the expression.
    Within,
}

/// Forms of "now".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Now {
    /// Date and time as text.
    Instant,
    /// The date as text.
    Date,
    /// The time of day as text.
    Time,
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
}

impl Typed<'_> {
    pub(super) fn new(sql: impl Into<String>, kind: Kind) -> Self {
        Self {
            sql: sql.into(),
            kind,
            atom: false,
            literal: None,
            column: None,
            collation: Collation::Unsaid,
            collated: false,
            integer_sql: None,
            now: None,
            bounds: None,
        }
    }

    /// One that needs no brackets: a function call, a name, a literal.
    pub(super) fn atom(sql: impl Into<String>, kind: Kind) -> Self {
        Self { atom: true, ..Self::new(sql, kind) }
    }

    /// As an operand.
    pub(super) fn operand(&self) -> String {
        if self.atom { self.sql.clone() } else { format!("({})", self.sql) }
    }

    /// The affinity by which SQLite converts the other operand of a comparison.
    pub(super) fn affinity(&self) -> Option<Affinity> {
        self.column.map(|column| column.source.affinity)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Int | Kind::Double | Kind::Decimal)
    }
}

impl Collation {
    pub(super) fn named(name: &str) -> Self {
        match name.to_ascii_uppercase().as_str() {
            "BINARY" => Self::Binary,
            "NOCASE" => Self::NoCase,
            "RTRIM" => Self::Rtrim,
            _ => Self::Foreign,
        }
    }
}
