mod within;

/// An expression of SQLite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expr {
    /// `NULL`.
    Null,
    /// `TRUE` or `FALSE`, which are 1 and 0.
    Truth(bool),
    /// A number as written.
    Number(String),
    /// A string.
    Text(String),
    /// A blob, as hexadecimal digits.
    Blob(String),
    /// A column. In double quotes it is a string where there is no such column.
    Column {
        /// The table, where it is written.
        table: Option<String>,
        /// The column.
        name: String,
        /// Written in double quotes.
        double_quoted: bool,
    },
    /// `CURRENT_TIMESTAMP` and its like.
    Current(CurrentWord),
    /// An operator with one operand.
    Unary(Unary, Box<Expr>),
    /// An operator with two.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `IS NULL`, `ISNULL`, `NOTNULL`.
    IsNull {
        /// The operand.
        operand: Box<Expr>,
        /// `IS NOT NULL`.
        negated: bool,
    },
    /// `BETWEEN`.
    Between {
        /// The operand.
        operand: Box<Expr>,
        /// Lower bound.
        low: Box<Expr>,
        /// Upper bound.
        high: Box<Expr>,
        /// `NOT BETWEEN`.
        negated: bool,
    },
    /// `IN (…)` with a list.
    In {
        /// The operand.
        operand: Box<Expr>,
        /// The list.
        list: Vec<Expr>,
        /// `NOT IN`.
        negated: bool,
    },
    /// `LIKE` and its like.
    Match {
        /// Which.
        kind: Match,
        /// The operand.
        operand: Box<Expr>,
        /// The pattern.
        pattern: Box<Expr>,
        /// `ESCAPE`.
        escape: Option<Box<Expr>>,
        /// `NOT LIKE`.
        negated: bool,
    },
    /// `CASE`.
    Case {
        /// The operand, where there is one.
        operand: Option<Box<Expr>>,
        /// Each `WHEN … THEN …`.
        branches: Vec<(Expr, Expr)>,
        /// `ELSE`.
        otherwise: Option<Box<Expr>>,
    },
    /// `CAST`.
    Cast {
        /// The operand.
        operand: Box<Expr>,
        /// The type as written.
        type_name: String,
    },
    /// `COLLATE`.
    Collate {
        /// The operand.
        operand: Box<Expr>,
        /// The collation.
        collation: String,
    },
    /// A function call.
    Function {
        /// Its name, lower case.
        name: String,
        /// Its arguments; none for `count(*)`.
        arguments: Vec<Expr>,
        /// `count(*)`.
        star: bool,
        /// `DISTINCT` before the arguments.
        distinct: bool,
    },
}

/// The words that stand for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CurrentWord {
    /// `CURRENT_TIMESTAMP`.
    Timestamp,
    /// `CURRENT_DATE`.
    Date,
    /// `CURRENT_TIME`.
    Time,
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unary {
    /// `-`.
    Minus,
    /// `+`, which does nothing but take away affinity and collation.
    Plus,
    /// `~`.
    BitNot,
    /// `NOT`.
    Not,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Is,
    IsNot,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    BitAnd,
    BitOr,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Concat,
    Arrow,
    ArrowText,
}

/// Pattern operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    Like,
    Glob,
    FullText,
    Regexp,
}
