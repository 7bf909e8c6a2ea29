use super::cursor::Cursor;
use super::error::SyntaxError;

/// A `CREATE VIRTUAL TABLE` statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParsedVirtualTable {
    /// Lower-case name of the module.
    pub(crate) module: String,
    /// Its arguments as written.
    pub(crate) arguments: Vec<String>,
}

impl ParsedVirtualTable {
    /// The value of an argument `name = value`, quotes taken off.
    pub(crate) fn option(&self, name: &str) -> Option<String> {
        self.arguments.iter().find_map(|argument| {
            let (found, value) = argument.split_once('=')?;
            let value = value.trim().trim_matches(['\'', '"']);
            found.trim().eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }
}

/// Parses a `CREATE VIRTUAL TABLE` statement.
pub(crate) fn parse_virtual_table(sql: &str) -> Result<ParsedVirtualTable, SyntaxError> {
    let mut cursor = Cursor::new(sql);
    cursor.expect_word("create")?;
    cursor.expect_word("virtual")?;
    cursor.expect_word("table")?;
    cursor.take_words(&["if", "not", "exists"]);
    cursor.qualified_name()?;
    cursor.expect_word("using")?;
    let module = cursor.name()?.to_ascii_lowercase();
    let mut arguments = Vec::new();
    if cursor.take_symbol("(") {
        let mut mark = cursor.mark();
        loop {
            if cursor.is_symbol(")") || cursor.is_symbol(",") {
                arguments.push(cursor.text_since(mark).to_owned());
                if cursor.take_symbol(")") {
                    break;
                }
                cursor.advance();
                mark = cursor.mark();
            } else if cursor.is_symbol("(") {
                cursor.group()?;
            } else if cursor.advance().is_none() {
                return Err(cursor.expected(")"));
            }
        }
    }
    Ok(ParsedVirtualTable { module, arguments })
}
