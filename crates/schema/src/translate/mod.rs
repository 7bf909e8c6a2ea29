//! Expressions of SQLite in PostgreSQL's SQL, where they mean exactly the same; otherwise the reason why not.
//!
//! Every construct is on a list of those whose results are equal, operand types included: SQLite compares by affinity,
//! folds ASCII case only, counts booleans as integers, and divides by zero to NULL. What is not on the list is refused,
//! never approximated.

mod arithmetic;
mod assign;
mod bounds;
mod compare;
mod default;
mod expr;
mod function;
mod literal;
mod now;
mod pattern;
mod random;
mod scope;
mod text_order;
mod trigger;
mod typed;
mod view;
mod why;

pub(crate) use default::default;
pub(crate) use scope::Scope;
pub(crate) use text_order::TextOrder;
pub(crate) use trigger::{Surroundings, trigger};
pub(crate) use view::view;
pub(crate) use why::Why;

use crate::decide::ColumnDraft;
use crate::syntax::{Binary, Expr, parse_expr};

/// A condition (CHECK, predicate of a partial index) as a boolean of PostgreSQL.
pub(crate) fn condition(text: &str, scope: &Scope<'_>) -> Result<String, Why> {
    let expr = parse_expr(text).map_err(|error| Why(error.to_string()))?;
    expr::truth(&expr, scope)
}

/// A value (key of an expression index).
pub(crate) fn value(text: &str, scope: &Scope<'_>) -> Result<String, Why> {
    let expr = parse_expr(text).map_err(|error| Why(error.to_string()))?;
    Ok(expr::translate(&expr, scope)?.sql)
}

/// The expression of a generated column, as its type wants it.
pub(crate) fn generated(text: &str, column: &ColumnDraft<'_>, scope: &Scope<'_>) -> Result<String, Why> {
    let expr = parse_expr(text).map_err(|error| Why(error.to_string()))?;
    if expr.holds(&compares_constants) {
        return Err(Why("PostgreSQL takes no comparison of constant texts in a generated column".to_owned()));
    }
    assign::assigned(expr::translate(&expr, scope)?, column)
}

/// True for what depends on a collation and names no column: PostgreSQL computes it before it knows the collation.
fn compares_constants(expr: &Expr) -> bool {
    let compares = match expr {
        Expr::Function { name, arguments, .. } => match name.as_str() {
            "lower" | "upper" => !matches!(arguments[..], [Expr::Text(_)]),
            name => ["replace", "instr", "nullif"].contains(&name),
        },
        Expr::Binary(operator, ..) => *operator != Binary::Concat,
        Expr::Between { .. } | Expr::In { .. } | Expr::Match { .. } => true,
        Expr::Case { operand, .. } => operand.is_some(),
        _ => false,
    };
    compares
        && expr.holds(&|inner| matches!(inner, Expr::Text(_)))
        && !expr.holds(&|inner| matches!(inner, Expr::Column { .. }))
}

#[cfg(test)]
mod tests;
