//! `CREATE TRIGGER` whose body is plain: rows inserted, changed or deleted one way each.

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::expr::Expr;
use super::expr_parser::expression;

/// An AFTER trigger for each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParsedTrigger {
    /// What it follows.
    pub(crate) event: Event,
    /// The columns of `UPDATE OF`.
    pub(crate) columns: Vec<String>,
    /// The table it is on.
    pub(crate) table: String,
    /// `WHEN`.
    pub(crate) when: Option<Expr>,
    /// What it does.
    pub(crate) statements: Vec<Statement>,
}

/// What a trigger follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// A row was inserted.
    Insert,
    /// A row was changed.
    Update,
    /// A row was deleted.
    Delete,
}

/// One statement of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Statement {
    /// `INSERT INTO table (columns) VALUES (values)`.
    Insert { table: String, columns: Vec<String>, values: Vec<Expr> },
    /// `UPDATE table SET … WHERE …`.
    Update { table: String, sets: Vec<(String, Expr)>, filter: Option<Expr> },
    /// `DELETE FROM table WHERE …`.
    Delete { table: String, filter: Option<Expr> },
}

/// Parses a `CREATE TRIGGER` statement.
pub(crate) fn parse_trigger(sql: &str) -> Result<ParsedTrigger, SyntaxError> {
    let mut cursor = Cursor::new(sql);
    cursor.expect_word("create")?;
    cursor.expect_word("trigger")?;
    cursor.take_words(&["if", "not", "exists"]);
    cursor.qualified_name()?;
    if !cursor.take_word("after") {
        return Err(SyntaxError::Unsupported { construct: "a trigger that is not AFTER" });
    }
    let mut columns = Vec::new();
    let event = if cursor.take_word("insert") {
        Event::Insert
    } else if cursor.take_word("delete") {
        Event::Delete
    } else {
        cursor.expect_word("update")?;
        if cursor.take_word("of") {
            columns = names(&mut cursor)?;
        }
        Event::Update
    };
    cursor.expect_word("on")?;
    let table = cursor.qualified_name()?;
    cursor.take_words(&["for", "each", "row"]);
    let when = cursor.take_word("when").then(|| expression(&mut cursor)).transpose()?;
    cursor.expect_word("begin")?;
    let mut statements = Vec::new();
    while !cursor.take_word("end") {
        statements.push(statement(&mut cursor)?);
        cursor.expect_symbol(";")?;
    }
    cursor.take_symbol(";");
    if cursor.at_end() {
        Ok(ParsedTrigger { event, columns, table, when, statements })
    } else {
        Err(cursor.expected("the end"))
    }
}

fn statement(cursor: &mut Cursor<'_>) -> Result<Statement, SyntaxError> {
    if cursor.take_words(&["insert", "into"]) {
        let table = cursor.name()?;
        cursor.expect_symbol("(")?;
        let columns = names(cursor)?;
        cursor.expect_symbol(")")?;
        if !cursor.take_word("values") {
            return Err(SyntaxError::Unsupported { construct: "INSERT of a SELECT" });
        }
        cursor.expect_symbol("(")?;
        let mut values = vec![expression(cursor)?];
        while cursor.take_symbol(",") {
            values.push(expression(cursor)?);
        }
        cursor.expect_symbol(")")?;
        return Ok(Statement::Insert { table, columns, values });
    }
    if cursor.take_word("update") {
        let table = cursor.name()?;
        cursor.expect_word("set")?;
        let mut sets = Vec::new();
        loop {
            let column = cursor.name()?;
            cursor.expect_symbol("=")?;
            sets.push((column, expression(cursor)?));
            if !cursor.take_symbol(",") {
                break;
            }
        }
        return Ok(Statement::Update { table, sets, filter: filter(cursor)? });
    }
    if cursor.take_words(&["delete", "from"]) {
        return Ok(Statement::Delete { table: cursor.name()?, filter: filter(cursor)? });
    }
    Err(SyntaxError::Unsupported { construct: "SELECT, RAISE or INSERT OR … in a trigger" })
}

fn filter(cursor: &mut Cursor<'_>) -> Result<Option<Expr>, SyntaxError> {
    cursor.take_word("where").then(|| expression(cursor)).transpose()
}

fn names(cursor: &mut Cursor<'_>) -> Result<Vec<String>, SyntaxError> {
    let mut names = vec![cursor.name()?];
    while cursor.take_symbol(",") {
        names.push(cursor.name()?);
    }
    Ok(names)
}
