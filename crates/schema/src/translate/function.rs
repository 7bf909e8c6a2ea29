use autobot_catalog::{Affinity, PgType};

use super::compare::{Asked, operands};
use super::expr::{bounds_of, chosen, translate, truth, unify};
use super::literal::text as text_literal;
use super::now;
use super::random;
use super::scope::Scope;
use super::typed::{Kind, Literal, Typed};
use super::why::Why;
use crate::syntax::Expr;

/// A function call, of those that give the same in PostgreSQL.
pub(super) fn function<'t>(name: &str, arguments: &[Expr], scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    if let Some(now) = now::function(name, arguments, scope) {
        return now;
    }
    if let Some(random) = random::function(name, arguments, scope) {
        return random;
    }
    if name == "iif" || name == "if" {
        return choice(arguments, scope);
    }
    let mut values = arguments.iter().map(|argument| translate(argument, scope)).collect::<Result<Vec<_>, _>>()?;
    match (name, values.as_slice()) {
        ("lower", [Typed { literal: Some(Literal::Text(text)), .. }]) => text_literal(&text.to_ascii_lowercase()),
        ("upper", [Typed { literal: Some(Literal::Text(text)), .. }]) => text_literal(&text.to_ascii_uppercase()),
        ("lower" | "upper", [value]) if value.kind == Kind::Text => {
            // The collation "C" folds ASCII letters only, as SQLite does.
            Ok(Typed::atom(format!("{name}({} COLLATE \"C\")", value.operand()), Kind::Text))
        }
        ("length", [value]) => length(value),
        ("abs", [value]) if matches!(value.kind, Kind::Int | Kind::Double) => Ok(absolute(value)),
        ("coalesce" | "ifnull", [_, _, ..]) => {
            let kind = unify(&mut values)?;
            let list: Vec<&str> = values.iter().map(|value| value.sql.as_str()).collect();
            let sql = format!("coalesce({})", list.join(", "));
            Ok(Typed { bounds: bounds_of(&values), ..Typed::atom(sql, kind) })
        }
        ("nullif", [left, right]) => {
            // A function has no affinity: '5' is not 5. The first collation counts, written or not.
            let plain = |value: &Typed<'t>| Typed { column: None, collated: false, ..value.clone() };
            let (one, other) = operands(&plain(left), &plain(right), Asked::Equality)?;
            let sql = format!("CASE WHEN {one} = {other} THEN NULL ELSE {} END", left.sql);
            Ok(Typed { bounds: left.bounds, ..Typed::atom(sql, left.kind.clone()) })
        }
        ("trim" | "ltrim" | "rtrim", [value]) if value.kind == Kind::Text => {
            let name = if name == "trim" { "btrim" } else { name };
            Ok(Typed::atom(format!("{name}({}, ' ')", value.sql), Kind::Text))
        }
        ("substr" | "substring", [value, place, count])
            if value.kind == Kind::Text
                && random::is_place(&arguments[1])
                && count.literal == Some(Literal::Int(1)) =>
        {
            Ok(Typed::atom(format!("substr({}, ({})::int, 1)", value.sql, place.sql), Kind::Text))
        }
        ("substr" | "substring", [value, rest @ ..]) if value.kind == Kind::Text => substring(value, rest),
        ("replace", [value, from, to]) => replace(value, from, to),
        ("instr", [value, part]) if value.kind == Kind::Text && part.kind == Kind::Text => {
            Ok(Typed::atom(format!("strpos({}, {})", value.sql, part.sql), Kind::Int))
        }
        ("hex", [value]) if value.kind == Kind::Bytes => {
            // Of NULL, SQLite makes an empty text.
            Ok(Typed::atom(format!("coalesce(upper(encode({}, 'hex')), '')", value.sql), Kind::Text))
        }
        ("typeof", [value]) => type_of(value),
        ("json_valid", [value]) if matches!(value.kind, Kind::Other(PgType::Json | PgType::Jsonb)) => {
            Ok(Typed::new(format!("{} IS NOT NULL OR NULL::boolean", value.operand()), Kind::Bool))
        }
        ("likely" | "unlikely", [value]) => Ok(value.clone()),
        _ => Err(Why::not_equal(format!("`{name}` of these arguments"))),
    }
}

/// SQLite's `abs` leaves -0.0 as it is, which a column of REAL affinity never holds.
fn absolute<'t>(value: &Typed<'t>) -> Typed<'t> {
    let sql = if value.kind == Kind::Int || value.affinity() == Some(Affinity::Real) {
        format!("abs({})", value.sql)
    } else {
        format!("CASE WHEN {0} < 0 THEN - {0} ELSE {0} END", value.operand())
    };
    Typed { bounds: value.bounds, ..Typed::atom(sql, value.kind.clone()) }
}

fn length<'t>(value: &Typed<'t>) -> Result<Typed<'t>, Why> {
    match value.kind {
        Kind::Text | Kind::Bytes => Ok(Typed::atom(format!("length({})", value.sql), Kind::Int)),
        Kind::Int => Ok(Typed::atom(format!("length({}::text)", value.operand()), Kind::Int)),
        _ => Err(Why::not_equal("`length` of what is neither text, blob nor integer")),
    }
}

/// From a positive place, as only those are counted alike.
fn substring<'t>(value: &Typed<'t>, rest: &[Typed<'_>]) -> Result<Typed<'t>, Why> {
    let number = |value: &Typed<'_>| match value.literal {
        Some(Literal::Int(number)) => Some(number),
        _ => None,
    };
    match rest.iter().map(number).collect::<Option<Vec<i64>>>().as_deref() {
        Some([from]) if *from > 0 => Ok(Typed::atom(format!("substr({}, {from})", value.sql), Kind::Text)),
        Some([from, count]) if *from > 0 && *count >= 0 => {
            Ok(Typed::atom(format!("substr({}, {from}, {count})", value.sql), Kind::Text))
        }
        _ => Err(Why::not_equal("`substr` with places that are not positive numbers")),
    }
}

fn replace<'t>(value: &Typed<'t>, from: &Typed<'_>, to: &Typed<'_>) -> Result<Typed<'t>, Why> {
    let literal = matches!(&from.literal, Some(Literal::Text(text)) if !text.is_empty());
    if value.kind == Kind::Text && literal && to.kind == Kind::Text {
        return Ok(Typed::atom(format!("replace({}, {}, {})", value.sql, from.sql, to.sql), Kind::Text));
    }
    Err(Why::not_equal("`replace` with what is no literal"))
}

fn choice<'t>(arguments: &[Expr], scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    let ([condition, yes] | [condition, yes, _]) = arguments else {
        return Err(Why::not_equal("`iif` of so many arguments"));
    };
    let mut results = vec![translate(yes, scope)?];
    if let Some(no) = arguments.get(2) {
        results.push(translate(no, scope)?);
    }
    chosen(&[truth(condition, scope)?], results)
}

/// The storage class that a column's type stands for.
fn type_of<'t>(value: &Typed<'t>) -> Result<Typed<'t>, Why> {
    let class = match value.kind {
        Kind::Int | Kind::Bool => "integer",
        Kind::Text => "text",
        Kind::Bytes => "blob",
        Kind::Double if value.affinity() == Some(Affinity::Real) => "real",
        _ => return Err(Why::not_equal("`typeof` of this type")),
    };
    if value.literal.is_some() {
        return text_literal(class);
    }
    Ok(Typed::atom(format!("CASE WHEN {} IS NULL THEN 'null' ELSE '{class}' END", value.operand()), Kind::Text))
}
