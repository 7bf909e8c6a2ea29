use rusqlite::{Connection, ErrorCode};

use super::trees::EndAtRows;

/// How many lines SQLite gives at most; also its own default.
const LINES_MAX: u32 = 100;

/// Starts of the lines that the checks give about values rather than about the file
/// (SQLite source, `pragma.c`, `PragTyp_INTEGRITY_CHECK`).
const ABOUT_CONTENT: &[&str] =
    &["NULL value in ", "NUMERIC value in ", "TEXT value in ", "CHECK constraint failed in "];

/// How much SQLite checks of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// `quick_check`: every page is used once, every tree is in order, an index has as many entries as its table has rows.
    /// In a transaction the rows themselves are left to who reads them.
    Pages,
    /// `integrity_check`: also that every index has the rows of its table.
    Everything,
}

impl Check {
    /// Lines of the check; none for a sound database. A file so damaged that the check itself fails gives that as a line.
    pub fn run(self, connection: &Connection) -> rusqlite::Result<Vec<String>> {
        let mut lines = Vec::new();
        match self.read_lines(connection, &mut lines) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                lines.push(error.to_string());
            }
            other => other?,
        }
        lines.retain(|line| line != "ok");
        Ok(lines)
    }

    /// True for a line about a value that breaks a rule of its table: the file is whole.
    pub fn is_about_content(line: &str) -> bool {
        let strict = line.starts_with("non-") && line.contains(" value in ");
        strict || ABOUT_CONTENT.iter().any(|start| line.starts_with(start))
    }

    fn read_lines(self, connection: &Connection, lines: &mut Vec<String>) -> rusqlite::Result<()> {
        let pragma = match self {
            Self::Pages => "quick_check",
            Self::Everything => "integrity_check",
        };
        // The check looks at every cell itself: looking at each page as it is read as well would only take time.
        connection.execute_batch("pragma cell_size_check = off")?;
        let mut statement = connection.prepare(&format!("pragma {pragma}({LINES_MAX})"))?;
        let no_rows = self == Self::Pages && !connection.is_autocommit();
        let end = no_rows.then(|| EndAtRows::of(connection)).transpose()?;
        let mut rows = statement.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => lines.push(row.get(0)?),
                Ok(None) => return Ok(()),
                Err(error) if end.as_ref().is_some_and(|end| end.is_why(&error)) => return Ok(()),
                // Trees come first, virtual tables last: one whose module cannot check it (a tokenizer that is not there)
                // says nothing of the pages.
                Err(error) if self == Self::Pages && error.sqlite_error_code() == Some(ErrorCode::Unknown) => {
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }
}
