use super::cursor::Cursor;
use super::error::SyntaxError;
use super::expr::Expr;
use super::expr_parser::expression;

/// What a `CREATE INDEX` statement says that the pragmas do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParsedIndex {
    /// Key columns in order.
    pub(crate) columns: Vec<IndexedColumn>,
    /// The predicate of a partial index as written.
    pub(crate) predicate: Option<String>,
}

/// One key column: the expression as written, without its collation and order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexedColumn {
    /// The text.
    pub(crate) text: String,
    /// Set when it is a plain column.
    pub(crate) column: Option<String>,
}

/// Parses a `CREATE [UNIQUE] INDEX` statement.
pub(crate) fn parse_index(sql: &str) -> Result<ParsedIndex, SyntaxError> {
    let mut cursor = Cursor::new(sql);
    cursor.expect_word("create")?;
    cursor.take_word("unique");
    cursor.expect_word("index")?;
    cursor.take_words(&["if", "not", "exists"]);
    cursor.qualified_name()?;
    cursor.expect_word("on")?;
    cursor.name()?;
    cursor.expect_symbol("(")?;
    let mut index = ParsedIndex::default();
    loop {
        index.columns.push(column(&mut cursor)?);
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    if cursor.take_word("where") {
        index.predicate = Some(cursor.rest().to_owned());
    }
    Ok(index)
}

fn column(cursor: &mut Cursor<'_>) -> Result<IndexedColumn, SyntaxError> {
    let mark = cursor.mark();
    let expr = expression(cursor);
    let text = cursor.text_since(mark).to_owned();
    // A key column may be written as a string: SQLite takes `'name'` for a column there.
    let (expr, text) = match expr? {
        Expr::Collate { operand, .. } => (*operand, strip_collation(&text)),
        expr => (expr, text),
    };
    let _ = cursor.take_word("asc") || cursor.take_word("desc");
    let column = match expr {
        Expr::Column { name, .. } | Expr::Text(name) => Some(name),
        _ => None,
    };
    Ok(IndexedColumn { text, column })
}

/// Cuts the last `COLLATE name`, which the pragmas give.
fn strip_collation(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    lower.rfind("collate").map_or(text, |at| text[..at].trim_end()).to_owned()
}
