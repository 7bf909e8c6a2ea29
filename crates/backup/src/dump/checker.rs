use std::path::Path;

use rusqlite::{Connection, Row};

use super::compare;
use super::encoding::Encoding;
use super::replay::{Loaded, Replay};
use super::script::{Rows, Script};
use super::tape::Tape;
use crate::BackupError;
use crate::follow::Follower;
use crate::hashing::Hashing;

/// How a statement begins that is a row.
const ROW: &[u8] = b"INSERT INTO \"";

/// What reading a dump back found.
pub(super) struct Checked {
    /// Size and SHA-256 of what was read.
    pub(super) hash: (u64, String),
    pub(super) notes: Vec<String>,
}

/// Reads a dump back and compares every value in it with the copy; see [`Replay`] for what is loaded besides.
pub(super) fn check(
    follower: Follower,
    connection: &Connection,
    copy: &Path,
    path: &Path,
) -> Result<Checked, BackupError> {
    let replay = Replay::new().map_err(BackupError::sqlite("load", path))?;
    let tape = Tape::new(Hashing::new(follower));
    let mut check = Check { tape, replay, connection, copy, path };
    let script = super::read_script(connection, copy)?;
    for (at, table) in script.tables.iter().enumerate() {
        if let Some(rows) = &table.rows {
            check.table(at, &table.name, rows, script.encoding)?;
        }
    }
    check.statements()?;
    if check.tape.peek().map_err(BackupError::stream("read", path))?.is_some() {
        return Err(check.differs("it holds rows that are not in the copy"));
    }
    let notes = check.loaded(&script)?;
    Ok(Checked { hash: check.tape.into_inner().finish().1, notes })
}

struct Check<'a> {
    tape: Tape<Hashing<Follower>>,
    replay: Replay,
    connection: &'a Connection,
    copy: &'a Path,
    path: &'a Path,
}

impl Check<'_> {
    /// Compares the rows of one table, after the statements before them.
    fn table(&mut self, at: usize, name: &str, rows: &Rows, encoding: Encoding) -> Result<(), BackupError> {
        let sqlite = BackupError::sqlite("read rows of", self.copy);
        let mut statement = self.connection.prepare(&rows.select).map_err(sqlite)?;
        let mut expected = statement.query([]).map_err(sqlite)?;
        let mut number: u64 = 0;
        let mut is_whole = true;
        while let Some(row) = expected.next().map_err(sqlite)? {
            if number == 0 {
                self.statements()?;
            }
            number += 1;
            let executes_bytes = self.replay.wants_bytes();
            if executes_bytes > 0 {
                self.tape.keep(executes_bytes);
            }
            if !self.row(row, rows, encoding)? {
                return Err(self.differs(&format!("row {number} of table `{name}` differs from the copy")));
            }
            match self.tape.kept() {
                Some(sql) => self.execute(&sql)?,
                None => is_whole = false,
            }
            self.tape.spaces().map_err(BackupError::stream("read", self.path))?;
        }
        if is_whole {
            self.replay.table_is_whole(at);
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>, rows: &Rows, encoding: Encoding) -> Result<bool, BackupError> {
        let (sqlite, read) = (BackupError::sqlite("read rows of", self.copy), BackupError::stream("read", self.path));
        if !self.tape.take(rows.insert.as_bytes()).map_err(read)? {
            return Ok(false);
        }
        for column in 0..rows.columns {
            if column > 0 && !self.tape.take(b",").map_err(read)? {
                return Ok(false);
            }
            let (at, raw_at) = encoding.places(column);
            let value = row.get_ref(at).map_err(sqlite)?;
            let raw = raw_at.map(|at| row.get_ref(at)).transpose().map_err(sqlite)?;
            let raw = raw.and_then(|raw| raw.as_blob().ok());
            if !compare::same(&mut self.tape, value, raw, encoding).map_err(read)? {
                return Ok(false);
            }
        }
        self.tape.take(b");").map_err(read)
    }

    /// Executes the statements up to the next row or the end.
    fn statements(&mut self) -> Result<(), BackupError> {
        let read = BackupError::stream("read", self.path);
        loop {
            self.tape.spaces().map_err(read)?;
            if self.tape.is_at(ROW).map_err(read)? {
                return Ok(());
            }
            let Some(statement) = self.tape.statement().map_err(read)? else { return Ok(()) };
            let sql = String::from_utf8_lossy(&statement);
            self.replay.statement(&sql).map_err(BackupError::sqlite("load", self.path))?;
        }
    }

    fn execute(&mut self, sql: &[u8]) -> Result<(), BackupError> {
        let sql = String::from_utf8_lossy(sql);
        self.replay.row(&sql).map_err(BackupError::sqlite("load a row of", self.path))
    }

    fn loaded(&self, script: &Script) -> Result<Vec<String>, BackupError> {
        let compared = self.replay.compare(self.connection, script);
        match compared.map_err(BackupError::sqlite("compare what was loaded from", self.path))? {
            Loaded::Equal { refused: 0 } => Ok(Vec::new()),
            Loaded::Equal { refused } => Ok(vec![format!(
                "the dump holds at least {refused} rows that break a rule of their own table: sqlite3 will not load them"
            )]),
            Loaded::Differs(what) => Err(self.differs(&what)),
        }
    }

    fn differs(&self, what: &str) -> BackupError {
        BackupError::ReadBack { path: self.path.to_owned(), what: what.to_owned() }
    }
}
