//! Expressions by precedence climbing; the levels are those of SQLite's documentation, "Operators".

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::expr::{Binary, CurrentWord, Expr, Match, Unary};
use super::token::Kind;

/// Parses a text that is one expression and nothing else.
pub(crate) fn parse_expr(text: &str) -> Result<Expr, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let expr = expression(&mut cursor)?;
    if cursor.at_end() { Ok(expr) } else { Err(cursor.expected("the end")) }
}

/// Levels of precedence, loosest first.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const EQUALITY: u8 = 4;
const COMPARISON: u8 = 5;
const BITS: u8 = 7;
const SUM: u8 = 8;
const PRODUCT: u8 = 9;
const CONCAT: u8 = 10;
const COLLATE: u8 = 11;
const UNARY: u8 = 12;

pub(super) fn expression(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    level(cursor, OR)
}

/// Parses operators of at least `lowest` precedence.
fn level(cursor: &mut Cursor<'_>, lowest: u8) -> Result<Expr, SyntaxError> {
    cursor.enter()?;
    let mut left = if lowest <= NOT && cursor.is_word(0, "not") && !cursor.is_word(1, "exists") {
        cursor.advance();
        Expr::Unary(Unary::Not, Box::new(level(cursor, NOT)?))
    } else {
        prefix(cursor)?
    };
    loop {
        if let Some((operator, precedence)) = binary(cursor).filter(|(_, precedence)| *precedence >= lowest) {
            cursor.advance();
            let right = level(cursor, precedence + 1)?;
            left = Expr::Binary(operator, Box::new(left), Box::new(right));
        } else if lowest <= COLLATE && cursor.take_word("collate") {
            left = Expr::Collate { operand: Box::new(left), collation: cursor.name()? };
        } else if lowest <= EQUALITY {
            match predicate(cursor, left)? {
                Ok(more) => left = more,
                Err(same) => {
                    left = same;
                    break;
                }
            }
        } else {
            break;
        }
    }
    cursor.leave();
    Ok(left)
}

fn binary(cursor: &Cursor<'_>) -> Option<(Binary, u8)> {
    let operator = match cursor.peek(0)? {
        Kind::Word(word) if word.eq_ignore_ascii_case("or") => (Binary::Or, OR),
        Kind::Word(word) if word.eq_ignore_ascii_case("and") => (Binary::And, AND),
        Kind::Symbol("=" | "==") => (Binary::Equal, EQUALITY),
        Kind::Symbol("<>" | "!=") => (Binary::NotEqual, EQUALITY),
        Kind::Symbol("<") => (Binary::Less, COMPARISON),
        Kind::Symbol("<=") => (Binary::LessEqual, COMPARISON),
        Kind::Symbol(">") => (Binary::Greater, COMPARISON),
        Kind::Symbol(">=") => (Binary::GreaterEqual, COMPARISON),
        Kind::Symbol("&") => (Binary::BitAnd, BITS),
        Kind::Symbol("|") => (Binary::BitOr, BITS),
        Kind::Symbol("<<") => (Binary::ShiftLeft, BITS),
        Kind::Symbol(">>") => (Binary::ShiftRight, BITS),
        Kind::Symbol("+") => (Binary::Add, SUM),
        Kind::Symbol("-") => (Binary::Subtract, SUM),
        Kind::Symbol("*") => (Binary::Multiply, PRODUCT),
        Kind::Symbol("/") => (Binary::Divide, PRODUCT),
        Kind::Symbol("%") => (Binary::Remainder, PRODUCT),
        Kind::Symbol("||") => (Binary::Concat, CONCAT),
        Kind::Symbol("->") => (Binary::Arrow, CONCAT),
        Kind::Symbol("->>") => (Binary::ArrowText, CONCAT),
        _ => return None,
    };
    Some(operator)
}

/// `IS`, `BETWEEN`, `IN`, `LIKE` and their like; gives `left` back when none of them follows.
fn predicate(cursor: &mut Cursor<'_>, left: Expr) -> Result<Result<Expr, Expr>, SyntaxError> {
    let operand = Box::new(left);
    if cursor.take_word("isnull") {
        return Ok(Ok(Expr::IsNull { operand, negated: false }));
    }
    if cursor.take_word("notnull") || cursor.take_words(&["not", "null"]) {
        return Ok(Ok(Expr::IsNull { operand, negated: true }));
    }
    if cursor.take_word("is") {
        return is(cursor, operand).map(Ok);
    }
    let mark = cursor.mark();
    let negated = cursor.take_word("not");
    if cursor.take_word("between") {
        let low = Box::new(level(cursor, EQUALITY + 1)?);
        cursor.expect_word("and")?;
        let high = Box::new(level(cursor, EQUALITY + 1)?);
        return Ok(Ok(Expr::Between { operand, low, high, negated }));
    }
    if cursor.take_word("in") {
        let list = list(cursor)?;
        return Ok(Ok(Expr::In { operand, list, negated }));
    }
    for (word, kind) in
        [("like", Match::Like), ("glob", Match::Glob), ("match", Match::FullText), ("regexp", Match::Regexp)]
    {
        if cursor.take_word(word) {
            let pattern = Box::new(level(cursor, EQUALITY + 1)?);
            let escape = cursor.take_word("escape").then(|| level(cursor, COMPARISON + 1)).transpose()?.map(Box::new);
            return Ok(Ok(Expr::Match { kind, operand, pattern, escape, negated }));
        }
    }
    cursor.back_to(mark);
    Ok(Err(*operand))
}

/// What follows `IS`.
fn is(cursor: &mut Cursor<'_>, operand: Box<Expr>) -> Result<Expr, SyntaxError> {
    let not = cursor.take_word("not");
    let distinct = cursor.take_words(&["distinct", "from"]);
    let right = level(cursor, EQUALITY + 1)?;
    let negated = not != distinct;
    Ok(match right {
        Expr::Null => Expr::IsNull { operand, negated },
        right => Expr::Binary(if negated { Binary::IsNot } else { Binary::Is }, operand, Box::new(right)),
    })
}

fn list(cursor: &mut Cursor<'_>) -> Result<Vec<Expr>, SyntaxError> {
    if !cursor.take_symbol("(") {
        return Err(SyntaxError::Unsupported { construct: "IN with a table" });
    }
    let mut items = Vec::new();
    if cursor.take_symbol(")") {
        return Ok(items);
    }
    if cursor.is_word(0, "select") || cursor.is_word(0, "with") || cursor.is_word(0, "values") {
        return Err(SyntaxError::Unsupported { construct: "a subquery" });
    }
    loop {
        items.push(expression(cursor)?);
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    Ok(items)
}

fn prefix(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    let unary = match cursor.peek(0) {
        Some(Kind::Symbol("-")) => Unary::Minus,
        Some(Kind::Symbol("+")) => Unary::Plus,
        Some(Kind::Symbol("~")) => Unary::BitNot,
        _ => return primary(cursor),
    };
    cursor.advance();
    let operand = level(cursor, UNARY)?;
    Ok(match (unary, operand) {
        (Unary::Minus, Expr::Number(number)) if !number.starts_with('-') => Expr::Number(format!("-{number}")),
        (unary, operand) => Expr::Unary(unary, Box::new(operand)),
    })
}

fn primary(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    match cursor.peek(0).cloned() {
        Some(Kind::Number(number)) => Ok(literal(cursor, Expr::Number(number.replace('_', "")))),
        Some(Kind::Text(text)) => Ok(literal(cursor, Expr::Text(text))),
        Some(Kind::Blob(digits)) => Ok(literal(cursor, Expr::Blob(digits))),
        Some(Kind::Symbol("(")) => bracketed(cursor),
        Some(Kind::Word(word)) => match keyword(cursor, &word)? {
            Some(expr) => Ok(expr),
            None => column_or_function(cursor),
        },
        Some(Kind::DoubleQuoted(_) | Kind::Quoted(_)) => column_or_function(cursor),
        Some(Kind::Parameter) => Err(SyntaxError::Unsupported { construct: "a parameter" }),
        _ => Err(cursor.expected("an expression")),
    }
}

/// Takes the token that is the whole expression.
fn literal(cursor: &mut Cursor<'_>, expr: Expr) -> Expr {
    cursor.advance();
    expr
}

fn bracketed(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    cursor.expect_symbol("(")?;
    if cursor.is_word(0, "select") || cursor.is_word(0, "with") || cursor.is_word(0, "values") {
        return Err(SyntaxError::Unsupported { construct: "a subquery" });
    }
    let expr = expression(cursor)?;
    if cursor.is_symbol(",") {
        return Err(SyntaxError::Unsupported { construct: "a row value" });
    }
    cursor.expect_symbol(")")?;
    Ok(expr)
}

/// Words that begin an expression of their own kind.
fn keyword(cursor: &mut Cursor<'_>, word: &str) -> Result<Option<Expr>, SyntaxError> {
    let follows_call_or_dot = matches!(cursor.peek(1), Some(Kind::Symbol("(" | ".")));
    match word.to_ascii_lowercase().as_str() {
        "case" => case(cursor).map(Some),
        "cast" if follows_call_or_dot => cast(cursor).map(Some),
        "null" => Ok(Some(literal(cursor, Expr::Null))),
        "true" if !follows_call_or_dot => Ok(Some(literal(cursor, Expr::Truth(true)))),
        "false" if !follows_call_or_dot => Ok(Some(literal(cursor, Expr::Truth(false)))),
        "current_timestamp" => Ok(Some(literal(cursor, Expr::Current(CurrentWord::Timestamp)))),
        "current_date" => Ok(Some(literal(cursor, Expr::Current(CurrentWord::Date)))),
        "current_time" => Ok(Some(literal(cursor, Expr::Current(CurrentWord::Time)))),
        "exists" if follows_call_or_dot => Err(SyntaxError::Unsupported { construct: "EXISTS" }),
        "not" => Err(SyntaxError::Unsupported { construct: "NOT EXISTS" }),
        "raise" if follows_call_or_dot => Err(SyntaxError::Unsupported { construct: "RAISE" }),
        "select" | "from" | "where" | "group" | "order" | "having" | "limit" | "union" | "then" | "when" | "else"
        | "as" => Err(cursor.expected("an expression")),
        _ => Ok(None),
    }
}

fn case(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    cursor.expect_word("case")?;
    let operand = if cursor.is_word(0, "when") { None } else { Some(Box::new(expression(cursor)?)) };
    let mut branches = Vec::new();
    while cursor.take_word("when") {
        let when = expression(cursor)?;
        cursor.expect_word("then")?;
        branches.push((when, expression(cursor)?));
    }
    let otherwise = cursor.take_word("else").then(|| expression(cursor)).transpose()?.map(Box::new);
    cursor.expect_word("end")?;
    Ok(Expr::Case { operand, branches, otherwise })
}

fn cast(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    cursor.expect_word("cast")?;
    cursor.expect_symbol("(")?;
    let operand = Box::new(expression(cursor)?);
    cursor.expect_word("as")?;
    let mark = cursor.mark();
    while !cursor.is_symbol(")") {
        if cursor.is_symbol("(") {
            cursor.group()?;
        } else if cursor.advance().is_none() {
            return Err(cursor.expected(")"));
        }
    }
    let type_name = cursor.text_since(mark).to_owned();
    cursor.expect_symbol(")")?;
    Ok(Expr::Cast { operand, type_name })
}

fn column_or_function(cursor: &mut Cursor<'_>) -> Result<Expr, SyntaxError> {
    let double_quoted = matches!(cursor.peek(0), Some(Kind::DoubleQuoted(_)));
    let first = cursor.name()?;
    if cursor.is_symbol("(") {
        return function(cursor, &first);
    }
    if !cursor.take_symbol(".") {
        return Ok(Expr::Column { table: None, name: first, double_quoted });
    }
    let second = cursor.name()?;
    if cursor.take_symbol(".") {
        return Ok(Expr::Column { table: Some(second), name: cursor.name()?, double_quoted: false });
    }
    Ok(Expr::Column { table: Some(first), name: second, double_quoted: false })
}

fn function(cursor: &mut Cursor<'_>, name: &str) -> Result<Expr, SyntaxError> {
    cursor.expect_symbol("(")?;
    let star = cursor.take_symbol("*");
    let distinct = cursor.take_word("distinct");
    let mut arguments = Vec::new();
    while !star && !cursor.is_symbol(")") {
        arguments.push(expression(cursor)?);
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    if cursor.is_word(0, "over") || cursor.is_word(0, "filter") {
        return Err(SyntaxError::Unsupported { construct: "a window function" });
    }
    Ok(Expr::Function { name: name.to_ascii_lowercase(), arguments, star, distinct })
}
