use autobot_catalog::Affinity;

use super::arithmetic::{arithmetic, negated};
use super::bounds::Bounds;
use super::compare::{between, compare, is_in, same_truth};
use super::function::function;
use super::now;
use super::pattern::pattern;
use super::scope::Scope;
use super::typed::{Collation, Kind, Literal, Typed};
use super::why::Why;
use super::{assign, literal};
use crate::syntax::{Binary, Expr, Unary, parse_expr};

/// How many generated columns may stand inside each other.
const INLINE_DEPTH_MAX: u8 = 8;

/// Translates an expression.
pub(super) fn translate<'t>(expr: &Expr, scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    let typed = plain(expr, scope)?;
    // SQLite compares the whole by a collation that is written anywhere in it.
    let within =
        typed.kind == Kind::Text && !typed.collated && expr.holds(&|inner| matches!(inner, Expr::Collate { .. }));
    Ok(if within { Typed { collation: Collation::Within, collated: true, ..typed } } else { typed })
}

fn plain<'t>(expr: &Expr, scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    match expr {
        Expr::Null => Ok(Typed::atom("NULL", Kind::Null)),
        Expr::Truth(value) => match scope.find(None, truth_word(*value))? {
            Some(_) => named(None, truth_word(*value), false, scope),
            None => Ok(literal::integer(i64::from(*value))),
        },
        Expr::Number(text) => literal::number(text),
        Expr::Text(text) => literal::text(text),
        Expr::Blob(digits) => Ok(literal::blob(digits)),
        Expr::Column { table, name, double_quoted } => named(table.as_deref(), name, *double_quoted, scope),
        Expr::Current(word) => now::current(*word, scope),
        Expr::Unary(operator, operand) => unary(*operator, operand, scope),
        Expr::Binary(operator, left, right) => binary(*operator, left, right, scope),
        Expr::IsNull { operand, negated } => {
            let operand = translate(operand, scope)?;
            let test = if *negated { "IS NOT NULL" } else { "IS NULL" };
            Ok(Typed::new(format!("{} {test}", operand.operand()), Kind::Bool))
        }
        Expr::Between { operand, low, high, negated } => {
            let (low, high) = (translate(low, scope)?, translate(high, scope)?);
            between(&translate(operand, scope)?, (&low, &high), *negated, scope)
        }
        Expr::In { operand, list, negated } => {
            let list = list.iter().map(|item| translate(item, scope)).collect::<Result<Vec<_>, _>>()?;
            is_in(&translate(operand, scope)?, &list, *negated)
        }
        Expr::Match { kind, operand, pattern: wanted, escape, negated } => {
            pattern(*kind, &translate(operand, scope)?, wanted, escape.as_deref(), *negated)
        }
        Expr::Case { operand, branches, otherwise } => case(operand.as_deref(), branches, otherwise.as_deref(), scope),
        Expr::Cast { operand, type_name } => match now::milliseconds(expr, scope) {
            Some(now) => now,
            None => assign::cast(&translate(operand, scope)?, type_name),
        },
        Expr::Collate { operand, collation } => {
            Ok(Typed { collation: Collation::named(collation), collated: true, ..translate(operand, scope)? })
        }
        Expr::Function { name, arguments, star, distinct } if !star && !distinct => function(name, arguments, scope),
        Expr::Function { name, .. } => Err(Why::not_equal(format!("`{name}` over rows"))),
    }
}

/// The word of a truth value: SQLite takes it for the column of that name, where there is one.
pub(super) fn truth_word(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Translates an expression to a boolean: true where SQLite takes it for true, NULL where it is NULL.
pub(super) fn truth(expr: &Expr, scope: &Scope<'_>) -> Result<String, Why> {
    as_truth(&translate(expr, scope)?)
}

pub(super) fn as_truth(value: &Typed<'_>) -> Result<String, Why> {
    match value.kind {
        Kind::Bool => Ok(value.sql.clone()),
        Kind::Null => Ok("NULL::boolean".to_owned()),
        Kind::Int | Kind::Double => Ok(format!("{} <> 0", value.operand())),
        _ => Err(Why::not_equal("a text or date as a truth value")),
    }
}

fn named<'t>(table: Option<&str>, name: &str, double_quoted: bool, scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    let Some(typed) = scope.find(table, name)? else {
        // SQLite takes a name in double quotes for a string where there is no such column.
        return if double_quoted { literal::text(name) } else { Err(Why(format!("there is no column `{name}`"))) };
    };
    let generated = typed.column.and_then(|column| column.source.generated.as_ref());
    let Some((expression, _)) = generated.filter(|_| scope.inlines_generated) else {
        return Ok(typed);
    };
    if scope.depth >= INLINE_DEPTH_MAX {
        return Err(Why("generated columns refer to each other too deeply".to_owned()));
    }
    let expr = parse_expr(expression).map_err(|error| Why(error.to_string()))?;
    let inner = translate(&expr, &scope.deeper())?;
    if inner.kind != typed.kind {
        return Err(Why(format!("the generated column `{name}` changes the type of its value")));
    }
    let inner = assign::given_back(inner, typed.affinity().unwrap_or(Affinity::Blob))?;
    Ok(Typed { sql: inner.operand(), bounds: inner.bounds, ..typed })
}

fn unary<'t>(operator: Unary, operand: &Expr, scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    if operator == Unary::Not {
        return Ok(Typed::new(format!("NOT ({})", truth(operand, scope)?), Kind::Bool));
    }
    let value = translate(operand, scope)?;
    match operator {
        Unary::Minus => negated(&value),
        // `+` takes away affinity, not collation.
        Unary::Plus => Ok(Typed { column: None, ..value }),
        Unary::BitNot if value.kind == Kind::Int => Ok(Typed::new(format!("~{}", value.operand()), Kind::Int)),
        Unary::BitNot | Unary::Not => Err(Why::not_equal("`~` of what is no integer")),
    }
}

fn binary<'t>(operator: Binary, left: &Expr, right: &Expr, scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    match operator {
        Binary::And | Binary::Or => {
            let word = if operator == Binary::And { "AND" } else { "OR" };
            let (left, right) = (truth(left, scope)?, truth(right, scope)?);
            Ok(Typed::new(format!("({left}) {word} ({right})"), Kind::Bool))
        }
        Binary::Is | Binary::IsNot => match right {
            Expr::Truth(wanted) if scope.find(None, truth_word(*wanted))?.is_none() => {
                same_truth(&translate(left, scope)?, *wanted, operator == Binary::IsNot)
            }
            _ => compare(operator, &translate(left, scope)?, &translate(right, scope)?, scope),
        },
        Binary::Equal
        | Binary::NotEqual
        | Binary::Less
        | Binary::LessEqual
        | Binary::Greater
        | Binary::GreaterEqual => compare(operator, &translate(left, scope)?, &translate(right, scope)?, scope),
        Binary::Arrow | Binary::ArrowText => Err(Why::not_equal("JSON access")),
        _ => arithmetic(operator, &translate(left, scope)?, &translate(right, scope)?),
    }
}

fn case<'t>(
    operand: Option<&Expr>,
    branches: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
    scope: &Scope<'t>,
) -> Result<Typed<'t>, Why> {
    let operand = operand.map(|operand| translate(operand, scope)).transpose()?;
    let mut conditions = Vec::new();
    let mut results = Vec::new();
    for (when, then) in branches {
        conditions.push(match &operand {
            Some(operand) => compare(Binary::Equal, operand, &translate(when, scope)?, scope)?.sql,
            None => truth(when, scope)?,
        });
        results.push(translate(then, scope)?);
    }
    if let Some(otherwise) = otherwise {
        results.push(translate(otherwise, scope)?);
    }
    chosen(&conditions, results)
}

/// `CASE` over conditions; a result more than conditions is that of `ELSE`.
pub(super) fn chosen<'t>(conditions: &[String], mut results: Vec<Typed<'t>>) -> Result<Typed<'t>, Why> {
    let (kind, bounds) = (unify(&mut results)?, bounds_of(&results));
    let mut sql = "CASE".to_owned();
    for (condition, result) in conditions.iter().zip(&results) {
        sql.push_str(&format!(" WHEN {condition} THEN {}", result.sql));
    }
    if let Some(otherwise) = results.get(conditions.len()) {
        sql.push_str(&format!(" ELSE {}", otherwise.sql));
    }
    Ok(Typed { bounds, ..Typed::atom(format!("{sql} END"), kind) })
}

/// The bounds of a value that is one of these.
pub(super) fn bounds_of(values: &[Typed<'_>]) -> Option<Bounds> {
    values.iter().filter_map(|value| value.bounds).reduce(Bounds::or)
}

/// The kind that all results have, NULL aside; among booleans the literals 0 and 1 become booleans.
pub(super) fn unify(results: &mut [Typed<'_>]) -> Result<Kind, Why> {
    let booleans = results.iter().any(|result| result.kind == Kind::Bool);
    for result in results.iter_mut().filter(|_| booleans) {
        let truth = match result.literal {
            Some(Literal::Int(0)) => "false",
            Some(Literal::Int(1)) => "true",
            _ => continue,
        };
        *result = Typed::atom(truth, Kind::Bool);
    }
    let mut kinds = results.iter().map(|result| &result.kind).filter(|kind| **kind != Kind::Null);
    let first = kinds.next().cloned().unwrap_or(Kind::Null);
    if kinds.all(|kind| *kind == first) { Ok(first) } else { Err(Why("its results are of several kinds".to_owned())) }
}
