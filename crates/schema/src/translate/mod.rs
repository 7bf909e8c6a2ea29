//! Expressions of SQLite in PostgreSQL's SQL, where they mean exactly the same; otherwise the reason why not.

mod scope;
mod why;

pub(crate) use scope::Scope;
pub(crate) use why::Why;

/// A condition (CHECK, predicate of a partial index) as a boolean of PostgreSQL.
pub(crate) fn condition(text: &str, scope: &Scope<'_>) -> Result<String, Why> {
    let _ = (text, scope);
    Err(Why("conditions are not translated yet".to_owned()))
}

/// A value (generated column, key of an expression index).
pub(crate) fn value(text: &str, scope: &Scope<'_>) -> Result<String, Why> {
    let _ = (text, scope);
    Err(Why("expressions are not translated yet".to_owned()))
}
