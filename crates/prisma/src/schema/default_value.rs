//! `@default(…)`.

use crate::syntax::{Expression, ExpressionKind};

/// What `@default` holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultValue {
    /// `now()`.
    Now,
    /// `autoincrement()`.
    Autoincrement,
    /// `dbgenerated("…")`; without an argument the database is known to fill the column, nothing more.
    DbGenerated(Option<String>),
    /// A function that Prisma Client runs: `uuid`, `cuid`, `ulid`, `nanoid` and whatever comes later. The database
    /// gets no default.
    Client(String),
    /// A string.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `true`, `false`, or a value of an enum by its name in the schema.
    Name(String),
    /// A list of the last three.
    List(Vec<DefaultValue>),
}

impl DefaultValue {
    pub(crate) fn read(value: &Expression) -> Self {
        match &value.kind {
            ExpressionKind::Name(name) => Self::Name(name.clone()),
            ExpressionKind::Number(number) => Self::Number(number.clone()),
            ExpressionKind::Text(text) => Self::Text(text.clone()),
            ExpressionKind::List(items) => Self::List(items.iter().map(Self::read).collect()),
            ExpressionKind::Call(name, arguments) => match name.as_str() {
                "now" => Self::Now,
                "autoincrement" => Self::Autoincrement,
                "dbgenerated" => {
                    Self::DbGenerated(arguments.first().and_then(|a| a.value.as_text()).map(ToOwned::to_owned))
                }
                _ => Self::Client(name.clone()),
            },
        }
    }
}
