//! Comparisons (SQLite documentation, "Datatypes", 4.2): affinity first, then class, then collation.

use autobot_catalog::{Affinity, ColumnEvidence, Form, PgType};
use autobot_db::quote_literal;

use super::expr::as_truth;
use super::literal::{as_integer, integer};
use super::scope::Scope;
use super::text_order::TextOrder;
use super::typed::{Collation, Kind, Literal, Typed};
use super::why::Why;
use crate::syntax::Binary;

/// What is asked of two values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Whether they are equal.
    Equality,
    /// Which comes first, and by which bytes where they are texts.
    Order(TextOrder),
}

/// `left operator right`.
pub(super) fn compare<'t>(
    operator: Binary,
    left: &Typed<'t>,
    right: &Typed<'t>,
    scope: &Scope<'t>,
) -> Result<Typed<'t>, Why> {
    let symbol = match operator {
        Binary::Equal => "=",
        Binary::NotEqual => "<>",
        Binary::Is => "IS NOT DISTINCT FROM",
        Binary::IsNot => "IS DISTINCT FROM",
        Binary::Less => "<",
        Binary::LessEqual => "<=",
        Binary::Greater => ">",
        Binary::GreaterEqual => ">=",
        _ => return Err(Why::not_equal("this operator")),
    };
    let asked = match operator {
        Binary::Equal | Binary::NotEqual | Binary::Is | Binary::IsNot => Asked::Equality,
        _ => Asked::Order(scope.text_order),
    };
    let (left, right) = operands(left, right, asked)?;
    Ok(Typed::new(format!("{left} {symbol} {right}"), Kind::Bool))
}

/// `value BETWEEN low AND high`.
pub(super) fn between<'t>(
    value: &Typed<'t>,
    (low, high): (&Typed<'t>, &Typed<'t>),
    negated: bool,
    scope: &Scope<'t>,
) -> Result<Typed<'t>, Why> {
    let asked = Asked::Order(scope.text_order);
    let (from, low) = operands(value, low, asked)?;
    let (to, high) = operands(value, high, asked)?;
    let inside = format!("{from} >= {low} AND {to} <= {high}");
    Ok(Typed::new(if negated { format!("NOT ({inside})") } else { inside }, Kind::Bool))
}

/// `value IN (list)`.
pub(super) fn is_in<'t>(value: &Typed<'t>, list: &[Typed<'t>], negated: bool) -> Result<Typed<'t>, Why> {
    if list.is_empty() {
        return Ok(Typed::atom(if negated { "true" } else { "false" }, Kind::Bool));
    }
    if matches!(list, [item] if item.collated && !value.collated) {
        // SQLite makes `=` of it where the item is a constant.
        return Err(Why::not_equal("IN with COLLATE in a list of one"));
    }
    // The collation of the list takes no part in IN, and neither does its affinity.
    let plain =
        |item: &Typed<'t>| Typed { column: None, collation: Collation::Unsaid, collated: false, ..item.clone() };
    let pairs: Vec<(String, String)> =
        list.iter().map(|item| operands(value, &plain(item), Asked::Equality)).collect::<Result<_, _>>()?;
    let first = &pairs[0].0;
    if pairs.iter().any(|(left, _)| left != first) {
        return Err(Why::not_equal("IN with a list of several kinds"));
    }
    let items: Vec<&str> = pairs.iter().map(|(_, right)| right.as_str()).collect();
    let word = if negated { "NOT IN" } else { "IN" };
    Ok(Typed::new(format!("{first} {word} ({})", items.join(", ")), Kind::Bool))
}

/// `value IS [NOT] TRUE` and `FALSE`: by truth, not by value.
pub(super) fn same_truth<'t>(value: &Typed<'t>, wanted: bool, negated: bool) -> Result<Typed<'t>, Why> {
    let not = if negated { "NOT " } else { "" };
    let wanted = if wanted { "TRUE" } else { "FALSE" };
    Ok(Typed::new(format!("({}) IS {not}{wanted}", as_truth(value)?), Kind::Bool))
}

/// Both sides of a comparison as PostgreSQL must have them to come to the same result.
pub(super) fn operands(left: &Typed<'_>, right: &Typed<'_>, asked: Asked) -> Result<(String, String), Why> {
    match (&left.kind, &right.kind) {
        (Kind::Null, _) | (_, Kind::Null) | (Kind::Bool, Kind::Bool) | (Kind::Bytes, Kind::Bytes) => {
            Ok((left.operand(), right.operand()))
        }
        (Kind::Bool, _) => Ok((left.operand(), truth_literal(right, left)?)),
        (_, Kind::Bool) => Ok((truth_literal(left, right)?, right.operand())),
        (Kind::Text, Kind::Text) => texts(left, right, asked),
        (Kind::Text, _) if right.is_number() => text_and_number(left, right, asked),
        (_, Kind::Text) if left.is_number() => text_and_number(right, left, asked).map(|(text, number)| (number, text)),
        (Kind::Other(one), Kind::Other(other)) if one == other => same_type(left, right, one),
        (Kind::Other(PgType::Date), Kind::Text) => Ok((left.operand(), date_literal(right, left)?)),
        (Kind::Text, Kind::Other(PgType::Date)) => Ok((date_literal(left, right)?, right.operand())),
        _ if left.is_number() && right.is_number() => numbers(left, right),
        _ => Err(Why::not_equal("comparing values of these types")),
    }
}

/// The boolean that a literal 0 or 1 stands for beside a boolean.
fn truth_literal(value: &Typed<'_>, beside: &Typed<'_>) -> Result<String, Why> {
    let number = match &value.literal {
        Some(Literal::Int(number)) => Some(*number),
        // A column of numeric affinity makes a number of the text.
        Some(Literal::Text(text)) if beside.column.is_some() => as_integer(text),
        _ => None,
    };
    match number {
        Some(0) => Ok("false".to_owned()),
        Some(1) => Ok("true".to_owned()),
        _ => Err(Why::not_equal("comparing a boolean with something other than 0 and 1")),
    }
}

fn texts(left: &Typed<'_>, right: &Typed<'_>, asked: Asked) -> Result<(String, String), Why> {
    if makes_number(left, right, asked) || makes_number(right, left, asked) {
        return Err(Why::not_equal("comparing a text with a number"));
    }
    let by_right = right.collated && !left.collated || left.collation == Collation::Unsaid;
    let collation = if by_right { right.collation } else { left.collation };
    if let (Asked::Order(order), Collation::Unsaid | Collation::Binary) = (asked, collation) {
        order.translated()?;
    }
    let ordered = asked != Asked::Equality;
    // Literals are folded here: PostgreSQL 15 finds no collation for `lower('A' COLLATE "C")` in a generated column.
    let folded = |value: &Typed<'_>| match (&value.literal, collation) {
        (Some(Literal::Text(text)), Collation::NoCase) => Some(quote_literal(&text.to_ascii_lowercase())),
        (Some(Literal::Text(text)), Collation::Rtrim) => Some(quote_literal(text.trim_end_matches(' '))),
        _ => None,
    };
    let wrap = |value: &Typed<'_>| match (folded(value), collation) {
        (_, Collation::Foreign) => Err(Why("it compares by a collation of the application".to_owned())),
        (_, Collation::Within) => {
            Err(Why::not_equal("COLLATE inside an expression, which SQLite compares the whole by,"))
        }
        (Some(literal), _) => Ok(literal),
        (None, Collation::Unsaid | Collation::Binary) if ordered => Ok(format!("{} COLLATE \"C\"", value.operand())),
        (None, Collation::Unsaid | Collation::Binary) => Ok(value.operand()),
        (None, Collation::NoCase) => Ok(format!("lower({} COLLATE \"C\")", value.operand())),
        (None, Collation::Rtrim) if !ordered => Ok(format!("rtrim({}, ' ')", value.operand())),
        (None, Collation::Rtrim) => Ok(format!("rtrim({}, ' ') COLLATE \"C\"", value.operand())),
    };
    Ok((wrap(left)?, wrap(right)?))
}

/// True when the affinity of one side makes a number of the text on the other, which no text of the one side equals and all
/// come after.
fn makes_number(of: &Typed<'_>, text: &Typed<'_>, asked: Asked) -> bool {
    let numeric =
        |value: &Typed<'_>| matches!(value.affinity(), Some(Affinity::Integer | Affinity::Numeric | Affinity::Real));
    numeric(of)
        && !numeric(text)
        && match (&text.literal, asked) {
            // The other side would be the same number, where it were one.
            (Some(Literal::Text(text)), Asked::Equality) if as_integer(text).is_some() => false,
            (Some(Literal::Text(text)), _) => text.trim().parse::<f64>().is_ok(),
            (_, asked) => asked != Asked::Equality,
        }
}

/// A text and a number: the affinity of a column converts the literal beside it.
fn text_and_number(text: &Typed<'_>, number: &Typed<'_>, asked: Asked) -> Result<(String, String), Why> {
    match (&text.literal, text.affinity(), &number.literal, number.affinity()) {
        (_, Some(Affinity::Text), Some(Literal::Int(value)), _) => {
            let literal = super::literal::text(&value.to_string())?;
            let literal = Typed { collation: number.collation, collated: number.collated, ..literal };
            texts(text, &literal, asked)
        }
        (Some(Literal::Text(value)), _, _, Some(Affinity::Integer | Affinity::Numeric | Affinity::Real)) => {
            let value = as_integer(value).ok_or_else(|| Why::not_equal("comparing a number with this text"))?;
            numbers(&integer(value), number)
        }
        _ => Err(Why::not_equal("comparing a text with a number")),
    }
}

fn numbers(left: &Typed<'_>, right: &Typed<'_>) -> Result<(String, String), Why> {
    let exact = |value: &Typed<'_>| match &value.literal {
        Some(Literal::Int(number)) => number.unsigned_abs() <= 1 << 53,
        Some(Literal::Real(text)) => text.bytes().filter(u8::is_ascii_digit).count() <= 15,
        Some(Literal::Text(_)) | None => false,
    };
    let comparable = match (&left.kind, &right.kind) {
        (one, other) if one == other => true,
        (Kind::Int, Kind::Decimal) | (Kind::Decimal, Kind::Int) => true,
        _ => exact(left) || exact(right),
    };
    if comparable {
        Ok((left.operand(), right.operand()))
    } else {
        Err(Why::not_equal("comparing an integer with a real"))
    }
}

/// Two columns of one type whose values SQLite compares in another form: equal when that form sorts as the type does.
fn same_type(left: &Typed<'_>, right: &Typed<'_>, of: &PgType) -> Result<(String, String), Why> {
    let sorts = |value: &Typed<'_>, form: Form| value.column.is_some_and(|column| only(column.evidence, form));
    let forms = [Form::Integer, Form::TextDate];
    let dates = matches!(of, PgType::Date | PgType::Timestamp(_) | PgType::Timestamptz(_));
    if dates && forms.iter().any(|form| sorts(left, *form) && sorts(right, *form)) {
        return Ok((left.operand(), right.operand()));
    }
    Err(Why::not_equal("comparing values of these types"))
}

/// A date as a literal beside a column that holds dates as text.
fn date_literal(value: &Typed<'_>, beside: &Typed<'_>) -> Result<String, Why> {
    let dates = beside.column.is_some_and(|column| only(column.evidence, Form::TextDate));
    match &value.literal {
        Some(Literal::Text(text)) if dates && is_date(text) => Ok(format!("DATE '{text}'")),
        _ => Err(Why::not_equal("comparing a date with a text")),
    }
}

/// `YYYY-MM-DD` of a day that every month has.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let shape = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    shape
        && digits(0..4).is_some_and(|year| year > 0)
        && digits(5..7).is_some_and(|month| (1..=12).contains(&month))
        && digits(8..10).is_some_and(|day| (1..=28).contains(&day))
}

/// True when a column holds values of this form and NULL, nothing else.
fn only(evidence: Option<&ColumnEvidence>, wanted: Form) -> bool {
    evidence.is_some_and(|evidence| {
        let mut forms = evidence.forms.iter().filter(|(form, seen)| **form != Form::Null && seen.count > 0);
        forms.all(|(form, _)| *form == wanted)
    })
}
