//! `CREATE TABLE` (SQLite documentation, "CREATE TABLE").

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::expr_parser::expression;
use super::token::Kind;

/// What a `CREATE TABLE` statement says that the pragmas do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParsedTable {
    /// Columns in order.
    pub(crate) columns: Vec<ParsedColumn>,
    /// CHECK constraints of columns and of the table, in the order of the text.
    pub(crate) checks: Vec<(Option<String>, String)>,
    /// Foreign keys of columns and of the table, in the order of the text.
    pub(crate) foreign_keys: Vec<ParsedForeignKey>,
    /// Names and columns of UNIQUE and PRIMARY KEY constraints that have a name.
    pub(crate) named_keys: Vec<(String, Vec<String>)>,
    /// `ON CONFLICT` clauses, as written.
    pub(crate) conflict_clauses: Vec<String>,
    /// `AUTOINCREMENT` somewhere.
    pub(crate) autoincrement: bool,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParsedColumn {
    /// Its name.
    pub(crate) name: String,
    /// `COLLATE`.
    pub(crate) collation: Option<String>,
    /// The expression of a generated column.
    pub(crate) generated: Option<String>,
}

/// One foreign key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParsedForeignKey {
    /// Its name.
    pub(crate) name: Option<String>,
    /// Referring columns.
    pub(crate) columns: Vec<String>,
    /// The table referred to.
    pub(crate) parent: String,
    /// `DEFERRABLE INITIALLY DEFERRED`.
    pub(crate) deferred: bool,
}

/// Parses a `CREATE TABLE` statement as SQLite keeps it in `sqlite_schema`.
pub(crate) fn parse_table(sql: &str) -> Result<ParsedTable, SyntaxError> {
    let mut cursor = Cursor::new(sql);
    cursor.expect_word("create")?;
    let _ = cursor.take_word("temp") || cursor.take_word("temporary");
    cursor.expect_word("table")?;
    cursor.take_words(&["if", "not", "exists"]);
    cursor.qualified_name()?;
    cursor.expect_symbol("(")?;
    let mut table = ParsedTable::default();
    let mut in_columns = true;
    loop {
        in_columns &= !begins_table_constraint(&cursor);
        if in_columns {
            column(&mut cursor, &mut table)?;
        } else {
            table_constraint(&mut cursor, &mut table)?;
        }
        if cursor.take_symbol(")") {
            return Ok(table);
        }
        // SQLite takes table constraints without commas between them.
        if !cursor.take_symbol(",") && !begins_table_constraint(&cursor) {
            return Err(cursor.expected("`,` or `)`"));
        }
    }
}

/// A bare `CONSTRAINT`, `PRIMARY KEY`, `UNIQUE`, `CHECK` or `FOREIGN KEY`: all reserved words, so no column begins so.
fn begins_table_constraint(cursor: &Cursor<'_>) -> bool {
    ["constraint", "unique", "check", "primary", "foreign"].iter().any(|word| cursor.is_word(0, word))
}

fn column(cursor: &mut Cursor<'_>, table: &mut ParsedTable) -> Result<(), SyntaxError> {
    let mut column = ParsedColumn { name: cursor.name()?, ..ParsedColumn::default() };
    declared_type(cursor)?;
    let mut name = None;
    loop {
        if cursor.take_word("constraint") {
            name = Some(cursor.name()?);
            continue;
        }
        if !column_constraint(cursor, table, &mut column, name.take())? {
            break;
        }
    }
    table.columns.push(column);
    Ok(())
}

/// Any words and one bracketed group; ends where a constraint begins.
fn declared_type(cursor: &mut Cursor<'_>) -> Result<(), SyntaxError> {
    const CONSTRAINTS: &[&str] = &[
        "constraint",
        "primary",
        "not",
        "null",
        "unique",
        "check",
        "default",
        "collate",
        "references",
        "generated",
        "as",
        "deferrable",
        "on",
    ];
    loop {
        match cursor.peek(0) {
            Some(Kind::Word(word)) if CONSTRAINTS.iter().any(|start| word.eq_ignore_ascii_case(start)) => return Ok(()),
            Some(Kind::Word(_) | Kind::DoubleQuoted(_) | Kind::Quoted(_) | Kind::Text(_)) => {
                cursor.advance();
            }
            Some(Kind::Symbol("(")) => {
                cursor.group()?;
            }
            _ => return Ok(()),
        }
    }
}

/// One constraint of a column; false when none follows.
fn column_constraint(
    cursor: &mut Cursor<'_>,
    table: &mut ParsedTable,
    column: &mut ParsedColumn,
    name: Option<String>,
) -> Result<bool, SyntaxError> {
    if cursor.take_words(&["primary", "key"]) {
        let _ = cursor.take_word("asc") || cursor.take_word("desc");
        conflict(cursor, table);
        table.autoincrement |= cursor.take_word("autoincrement");
        table.named_keys.extend(name.map(|name| (name, vec![column.name.clone()])));
    } else if cursor.take_word("unique") {
        conflict(cursor, table);
        table.named_keys.extend(name.map(|name| (name, vec![column.name.clone()])));
    } else if cursor.take_words(&["not", "null"]) || cursor.take_word("null") {
        conflict(cursor, table);
    } else if cursor.take_word("check") {
        table.checks.push((name, cursor.group()?.to_owned()));
        conflict(cursor, table);
    } else if cursor.take_word("default") {
        default(cursor)?;
    } else if cursor.take_word("collate") {
        column.collation = Some(cursor.name()?);
    } else if cursor.is_word(0, "references") {
        let columns = vec![column.name.clone()];
        foreign_key(cursor, table, name, columns)?;
    } else if cursor.take_words(&["generated", "always", "as"]) || cursor.take_word("as") {
        column.generated = Some(cursor.group()?.to_owned());
        let _ = cursor.take_word("stored") || cursor.take_word("virtual");
    } else if !deferrable(cursor, table.foreign_keys.last_mut()) {
        return Ok(false);
    }
    Ok(true)
}

/// Skips a default; the pragmas give it.
fn default(cursor: &mut Cursor<'_>) -> Result<(), SyntaxError> {
    if cursor.is_symbol("(") {
        return cursor.group().map(|_| ());
    }
    while cursor.take_symbol("-") || cursor.take_symbol("+") {}
    cursor.advance().map(|_| ()).ok_or_else(|| cursor.expected("a default"))
}

fn table_constraint(cursor: &mut Cursor<'_>, table: &mut ParsedTable) -> Result<(), SyntaxError> {
    let mut name = None;
    while cursor.take_word("constraint") {
        name = Some(cursor.name()?);
    }
    if cursor.take_words(&["primary", "key"]) || cursor.take_word("unique") {
        let columns = key_columns(cursor, table)?;
        conflict(cursor, table);
        table.named_keys.extend(name.map(|name| (name, columns)));
    } else if cursor.take_word("check") {
        table.checks.push((name, cursor.group()?.to_owned()));
        conflict(cursor, table);
    } else if cursor.take_words(&["foreign", "key"]) {
        let columns = names(cursor)?;
        foreign_key(cursor, table, name, columns)?;
        while deferrable(cursor, table.foreign_keys.last_mut()) {}
    } else {
        return Err(cursor.expected("a constraint"));
    }
    Ok(())
}

/// The columns of a key: names, each with a collation and an order.
fn key_columns(cursor: &mut Cursor<'_>, table: &mut ParsedTable) -> Result<Vec<String>, SyntaxError> {
    let mut columns = Vec::new();
    cursor.expect_symbol("(")?;
    loop {
        let mark = cursor.mark();
        let column = if let Ok(name) = cursor.name() {
            name
        } else {
            expression(cursor)?;
            cursor.text_since(mark).to_owned()
        };
        columns.push(column);
        if cursor.take_word("collate") {
            cursor.name()?;
        }
        let _ = cursor.take_word("asc") || cursor.take_word("desc");
        table.autoincrement |= cursor.take_word("autoincrement");
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    Ok(columns)
}

fn names(cursor: &mut Cursor<'_>) -> Result<Vec<String>, SyntaxError> {
    let mut names = Vec::new();
    cursor.expect_symbol("(")?;
    loop {
        names.push(cursor.name()?);
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    Ok(names)
}

/// `REFERENCES parent (columns) ON DELETE … MATCH …`.
fn foreign_key(
    cursor: &mut Cursor<'_>,
    table: &mut ParsedTable,
    name: Option<String>,
    columns: Vec<String>,
) -> Result<(), SyntaxError> {
    cursor.expect_word("references")?;
    let parent = cursor.qualified_name()?;
    if cursor.is_symbol("(") {
        cursor.group()?;
    }
    loop {
        if cursor.take_word("match") {
            cursor.name()?;
        } else if cursor.is_word(0, "on") && !cursor.is_word(1, "conflict") {
            cursor.advance();
            cursor.advance();
            let _ = cursor.take_words(&["set", "null"])
                || cursor.take_words(&["set", "default"])
                || cursor.take_words(&["no", "action"])
                || cursor.advance().is_some();
        } else {
            break;
        }
    }
    table.foreign_keys.push(ParsedForeignKey { name, columns, parent, deferred: false });
    Ok(())
}

/// `[NOT] DEFERRABLE [INITIALLY DEFERRED | IMMEDIATE]`; only `DEFERRABLE INITIALLY DEFERRED` defers in SQLite.
fn deferrable(cursor: &mut Cursor<'_>, foreign_key: Option<&mut ParsedForeignKey>) -> bool {
    let not = cursor.take_words(&["not", "deferrable"]);
    if !not && !cursor.take_word("deferrable") {
        return false;
    }
    let deferred = cursor.take_words(&["initially", "deferred"]);
    let _ = deferred || cursor.take_words(&["initially", "immediate"]);
    if let Some(foreign_key) = foreign_key {
        foreign_key.deferred = deferred && !not;
    }
    true
}

fn conflict(cursor: &mut Cursor<'_>, table: &mut ParsedTable) {
    let mark = cursor.mark();
    if cursor.take_words(&["on", "conflict"]) {
        cursor.advance();
        table.conflict_clauses.push(cursor.text_since(mark).to_owned());
    }
}
