use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, Row};

use super::script::{Rows, Script};

/// Rows that are really executed, in bytes of SQL: a small database is loaded whole, of a large one the beginning.
/// Executing costs ten times as much as comparing, so this is a tenth of a second.
const ROWS_BYTES_MAX: usize = 4 * 1024 * 1024;

/// An empty database into which the dump is really loaded, as far as it is not too large.
///
/// The comparison of literals shows that every value is there; this shows that SQLite reads the text likewise, takes
/// every statement, and ends with the same schema.
pub(super) struct Replay {
    connection: Connection,
    left_bytes: usize,
    /// Tables whose rows were all executed.
    whole: Vec<usize>,
    /// Rows that break a rule of their own table: they are in the source all the same.
    refused: u64,
}

/// What loading came to.
pub(super) enum Loaded {
    /// Equal as far as it was loaded; so many rows were refused.
    Equal {
        /// Rows that break a rule of their own table.
        refused: u64,
    },
    /// Something differs: in words.
    Differs(String),
}

impl Replay {
    /// A private database that SQLite removes when it is closed.
    pub(super) fn new() -> rusqlite::Result<Self> {
        let connection = Connection::open("")?;
        connection.execute_batch("pragma cache_size = -8192; pragma synchronous = off")?;
        Ok(Self { connection, left_bytes: ROWS_BYTES_MAX, whole: Vec::new(), refused: 0 })
    }

    /// How many bytes of rows are still executed.
    pub(super) fn wants_bytes(&self) -> usize {
        self.left_bytes
    }

    /// Executes a statement that is not a row.
    pub(super) fn statement(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.execute_batch(sql)
    }

    /// Executes a row.
    pub(super) fn row(&mut self, sql: &str) -> rusqlite::Result<()> {
        self.left_bytes = self.left_bytes.saturating_sub(sql.len());
        match self.connection.execute_batch(sql) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                self.refused += 1;
                Ok(())
            }
            executed => executed,
        }
    }

    /// Notes that no row of a table, by its place in the script, was left out.
    pub(super) fn table_is_whole(&mut self, table: usize) {
        self.whole.push(table);
    }

    /// Compares what was loaded with the copy.
    pub(super) fn compare(&self, copy: &Connection, script: &Script) -> rusqlite::Result<Loaded> {
        if schema(copy)? != schema(&self.connection)? {
            return Ok(Loaded::Differs("the schema differs after loading".to_owned()));
        }
        let comparable = self.whole.iter().filter(|_| self.refused == 0);
        for table in comparable.map(|at| &script.tables[*at]) {
            if let Some(rows) = &table.rows
                && !same_rows(copy, &self.connection, rows)?
            {
                return Ok(Loaded::Differs(format!("table `{}` differs after loading", table.name)));
            }
        }
        Ok(Loaded::Equal { refused: self.refused })
    }
}

type Entry = (String, String, String, Option<String>);

/// Everything in the schema but SQLite's statistics, whose tables differ from build to build.
fn schema(connection: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let sql = "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite\\_stat%' escape '\\' \
               and name <> 'sqlite_sequence' order by type, name";
    connection.prepare(sql)?.query_map([], |row| row.try_into())?.collect()
}

fn same_rows(copy: &Connection, loaded: &Connection, rows: &Rows) -> rusqlite::Result<bool> {
    let (mut copy, mut loaded) = (copy.prepare(&rows.select)?, loaded.prepare(&rows.select)?);
    let (mut copied, mut loaded) = (copy.query([])?, loaded.query([])?);
    loop {
        match (copied.next()?, loaded.next()?) {
            (None, None) => return Ok(true),
            (Some(copied), Some(loaded)) if same_row(copied, loaded)? => {}
            _ => return Ok(false),
        }
    }
}

fn same_row(copied: &Row<'_>, loaded: &Row<'_>) -> rusqlite::Result<bool> {
    for column in 0..copied.as_ref().column_count() {
        let same = match (copied.get_ref(column)?, loaded.get_ref(column)?) {
            (ValueRef::Real(a), ValueRef::Real(b)) => a.to_bits() == b.to_bits(),
            (a, b) => a == b,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}
