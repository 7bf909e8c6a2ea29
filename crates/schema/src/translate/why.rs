use std::fmt;

/// Why an expression has no exact counterpart, as a clause for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Why(pub(crate) String);

impl Why {
    /// A construct that is not on the list.
    pub(super) fn not_equal(construct: impl fmt::Display) -> Self {
        Self(format!("{construct} does not mean the same in PostgreSQL"))
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
