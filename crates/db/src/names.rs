use std::fmt;

use serde::{Deserialize, Serialize};

/// An identifier as the database spells it: any text without NUL, case kept.
///
/// `Display` gives the bare name for people; [`Name::quoted`] the form for SQL, which both databases read alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// A text that cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be a name: it is empty or holds a NUL character", .0.escape_debug())]
pub struct InvalidName(pub String);

impl Name {
    /// The longest identifier that PostgreSQL keeps, in bytes (PostgreSQL documentation, 4.1.1).
    pub const MAX_BYTES: usize = 63;

    /// Takes an identifier as it is.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
        let text = text.into();
        if text.is_empty() || text.contains('\0') { Err(InvalidName(text)) } else { Ok(Self(text)) }
    }

    /// The bare name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in double quotes, inner quotes doubled: the only form in which a name reaches SQL.
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.0.replace('"', "\"\""))
    }

    /// True when PostgreSQL would cut the name.
    pub fn is_too_long(&self) -> bool {
        self.0.len() > Self::MAX_BYTES
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Name {
    type Error = InvalidName;
    fn try_from(text: String) -> Result<Self, InvalidName> {
        Self::new(text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

/// The names that must not be mixed up, each a [`Name`] of its own kind.
macro_rules! kind_of_name {
    ($(#[$doc:meta] $kind:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $kind(Name);

        impl $kind {
            /// Takes a name as the database spells it.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
                Name::new(text).map(Self)
            }
        }

        impl std::ops::Deref for $kind {
            type Target = Name;
            fn deref(&self) -> &Name {
                &self.0
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

kind_of_name! {
    /// Name of a table.
    TableName,
    /// Name of a column.
    ColumnName,
    /// Name of a schema of PostgreSQL.
    SchemaName,
}

/// A table in a schema of PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QualifiedName {
    /// The schema.
    pub schema: SchemaName,
    /// The table.
    pub table: TableName,
}

impl QualifiedName {
    /// `"schema"."table"`.
    pub fn quoted(&self) -> String {
        format!("{}.{}", self.schema.quoted(), self.table.quoted())
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.table)
    }
}

/// A text as a literal of PostgreSQL with `standard_conforming_strings` on (which a pinned session has).
pub fn quote_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests;
