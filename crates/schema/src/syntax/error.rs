/// Text that is not SQL as SQLite's grammar has it, or a part of it that is not read here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SyntaxError {
    /// Something else was expected.
    #[error("{expected} expected at byte {at}")]
    Expected {
        /// What.
        expected: &'static str,
        /// Where in the text.
        at: usize,
    },
    /// A construct that has no plain counterpart.
    #[error("{construct} cannot be translated")]
    Unsupported {
        /// What.
        construct: &'static str,
    },
    /// Nested too deeply.
    #[error("it is nested too deeply")]
    TooDeep,
}
