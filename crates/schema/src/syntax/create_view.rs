//! `CREATE VIEW` over a plain SELECT.

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::expr::Expr;
use super::expr_parser::expression;
use super::token::Kind;

/// A view whose SELECT is plain: tables joined, filtered, grouped and ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParsedView {
    /// Names of its columns, where they are written.
    pub(crate) columns: Vec<String>,
    /// Its SELECT.
    pub(crate) select: Select,
}

/// A plain SELECT.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Select {
    /// `DISTINCT`.
    pub(crate) distinct: bool,
    /// What it gives.
    pub(crate) items: Vec<Item>,
    /// From where.
    pub(crate) sources: Vec<Joined>,
    /// `WHERE`.
    pub(crate) filter: Option<Expr>,
    /// `GROUP BY`.
    pub(crate) groups: Vec<Expr>,
    /// `HAVING`.
    pub(crate) having: Option<Expr>,
    /// `ORDER BY`, and whether descending.
    pub(crate) order: Vec<(Expr, bool)>,
}

/// One thing that a SELECT gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// `*` or `table.*`.
    All(Option<String>),
    /// An expression, its name where one is written, and its text.
    One(Expr, Option<String>, String),
}

/// A table and how it is joined to those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joined {
    /// `LEFT JOIN`.
    pub(crate) left: bool,
    /// The table.
    pub(crate) table: String,
    /// The name it goes by.
    pub(crate) alias: String,
    /// `ON`.
    pub(crate) on: Option<Expr>,
}

/// Parses a `CREATE VIEW` statement.
pub(crate) fn parse_view(sql: &str) -> Result<ParsedView, SyntaxError> {
    let mut cursor = Cursor::new(sql);
    cursor.expect_word("create")?;
    cursor.expect_word("view")?;
    cursor.take_words(&["if", "not", "exists"]);
    cursor.qualified_name()?;
    let mut columns = Vec::new();
    if cursor.take_symbol("(") {
        loop {
            columns.push(cursor.name()?);
            if !cursor.take_symbol(",") {
                break;
            }
        }
        cursor.expect_symbol(")")?;
    }
    cursor.expect_word("as")?;
    let select = select(&mut cursor)?;
    cursor.take_symbol(";");
    if cursor.at_end() {
        return Ok(ParsedView { columns, select });
    }
    Err(SyntaxError::Unsupported { construct: "UNION, LIMIT or what else follows" })
}

fn select(cursor: &mut Cursor<'_>) -> Result<Select, SyntaxError> {
    if !cursor.take_word("select") {
        return Err(SyntaxError::Unsupported { construct: "WITH or VALUES" });
    }
    let mut select = Select { distinct: cursor.take_word("distinct"), ..Select::default() };
    let _ = !select.distinct && cursor.take_word("all");
    loop {
        select.items.push(item(cursor)?);
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.expect_word("from")?;
    select.sources = sources(cursor)?;
    select.filter = cursor.take_word("where").then(|| expression(cursor)).transpose()?;
    if cursor.take_words(&["group", "by"]) {
        loop {
            select.groups.push(expression(cursor)?);
            if !cursor.take_symbol(",") {
                break;
            }
        }
        select.having = cursor.take_word("having").then(|| expression(cursor)).transpose()?;
    }
    if cursor.take_words(&["order", "by"]) {
        loop {
            let expr = expression(cursor)?;
            let descending = cursor.take_word("desc");
            let _ = !descending && cursor.take_word("asc");
            select.order.push((expr, descending));
            if !cursor.take_symbol(",") {
                break;
            }
        }
    }
    Ok(select)
}

fn item(cursor: &mut Cursor<'_>) -> Result<Item, SyntaxError> {
    if cursor.take_symbol("*") {
        return Ok(Item::All(None));
    }
    if matches!((cursor.peek(1), cursor.peek(2)), (Some(Kind::Symbol(".")), Some(Kind::Symbol("*")))) {
        let table = cursor.name()?;
        cursor.advance();
        cursor.advance();
        return Ok(Item::All(Some(table)));
    }
    let mark = cursor.mark();
    let expr = expression(cursor)?;
    let text = cursor.text_since(mark).to_owned();
    let alias = alias(cursor, &["from"])?;
    Ok(Item::One(expr, alias, text))
}

/// `AS name`, or a name alone that is none of the words that may follow.
fn alias(cursor: &mut Cursor<'_>, followers: &[&str]) -> Result<Option<String>, SyntaxError> {
    if cursor.take_word("as") {
        return cursor.name().map(Some);
    }
    let named = match cursor.peek(0) {
        Some(Kind::Word(word)) => !followers.iter().any(|follower| word.eq_ignore_ascii_case(follower)),
        Some(Kind::DoubleQuoted(_) | Kind::Quoted(_) | Kind::Text(_)) => true,
        _ => false,
    };
    named.then(|| cursor.name()).transpose()
}

fn sources(cursor: &mut Cursor<'_>) -> Result<Vec<Joined>, SyntaxError> {
    const FOLLOWERS: &[&str] = &[
        "join",
        "inner",
        "left",
        "right",
        "full",
        "cross",
        "natural",
        "on",
        "using",
        "where",
        "group",
        "order",
        "having",
        "limit",
        "union",
        "except",
        "intersect",
        "indexed",
        "not",
        "window",
        "outer",
    ];
    let mut sources: Vec<Joined> = Vec::new();
    let mut left = false;
    loop {
        if cursor.is_symbol("(") {
            return Err(SyntaxError::Unsupported { construct: "a subquery or nested join" });
        }
        let table = cursor.qualified_name()?;
        if cursor.is_symbol("(") {
            return Err(SyntaxError::Unsupported { construct: "a table function" });
        }
        let alias = alias(cursor, FOLLOWERS)?.unwrap_or_else(|| table.clone());
        let on = (!sources.is_empty() && cursor.take_word("on")).then(|| expression(cursor)).transpose()?;
        sources.push(Joined { left, table, alias, on });
        match next_join(cursor)? {
            Some(is_left) => left = is_left,
            None => return Ok(sources),
        }
    }
}

/// The next join: true for a left one; none when no table follows.
fn next_join(cursor: &mut Cursor<'_>) -> Result<Option<bool>, SyntaxError> {
    if cursor.take_symbol(",")
        || cursor.take_words(&["inner", "join"])
        || cursor.take_words(&["cross", "join"])
        || cursor.take_word("join")
    {
        return Ok(Some(false));
    }
    if cursor.take_words(&["left", "join"]) || cursor.take_words(&["left", "outer", "join"]) {
        return Ok(Some(true));
    }
    let others = ["right", "full", "natural", "using", "indexed", "not"];
    if others.iter().any(|word| cursor.is_word(0, word)) {
        return Err(SyntaxError::Unsupported { construct: "this kind of join" });
    }
    Ok(None)
}
