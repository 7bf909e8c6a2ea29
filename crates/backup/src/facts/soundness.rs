use std::thread;

use autobot_db::{Check, Source, SourceError};
use rusqlite::{Connection, ErrorCode};
use serde::{Deserialize, Serialize};

use crate::counts::{self, TableRows};
use crate::database::checks;

/// What SQLite's own checks say about a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Soundness {
    /// Lines of `integrity_check` that mean a damaged file; empty for a sound one.
    pub damage: Vec<String>,
    /// Lines of `integrity_check` about values that break a rule of their table: the file is whole, and the copy too.
    pub content: Vec<String>,
    /// What `foreign_key_check` says.
    pub foreign_keys: ForeignKeys,
}

/// What `foreign_key_check` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForeignKeys {
    /// How many rows refer to nothing, and the first of them.
    Checked {
        /// All of them.
        orphans: u64,
        /// The first ones.
        first: Vec<Orphan>,
    },
    /// SQLite cannot check, for instance because a parent has no unique index.
    Unchecked {
        /// Why not.
        reason: String,
    },
}

/// A row that refers to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphan {
    /// The table that holds the row.
    pub table: String,
    /// The row; none in a table without rowids.
    pub rowid: Option<i64>,
    /// The table that it refers to.
    pub parent: String,
    /// Which foreign key of the table, as `pragma foreign_key_list` counts them.
    pub fkid: i64,
}

/// The columns of every table.
pub(super) type Columns = Vec<(String, Vec<String>)>;

/// How many orphans are kept by name.
const ORPHANS_NAMED_MAX: usize = 20;

/// Checks the whole database on one thread, references and row counts on another.
pub(super) fn check(source: &Source) -> Result<(Soundness, Vec<TableRows>), SourceError> {
    let (checking, counting) = (source.connect()?, source.connect()?);
    let error = |verb| move |error| SourceError::from_sqlite(source.path(), verb, error);
    let (lines, rest) = thread::scope(|scope| {
        let lines = scope.spawn(move || checks::integrity(&checking));
        let rest = (foreign_keys(&counting), counts::read(&counting));
        (lines.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), rest)
    });
    let (content, damage): (Vec<_>, Vec<_>) =
        lines.map_err(error("check"))?.into_iter().partition(|line| Check::is_about_content(line));
    let foreign_keys =
        rest.0.or_else(|failure| unless_damaged(failure, &damage)).map_err(error("check references in"))?;
    let tables = match rest.1 {
        Err(failure) if is_corrupt(&failure) && !damage.is_empty() => Vec::new(),
        counted => counted.map_err(error("count the rows of"))?,
    };
    source.check_unchanged()?;
    Ok((Soundness { damage, content, foreign_keys }, tables))
}

/// Journal mode, and the columns of every table.
pub(super) fn shape(source: &Source) -> Result<(String, Columns), SourceError> {
    let error = |error| SourceError::from_sqlite(source.path(), "read the schema of", error);
    let connection = source.connect()?;
    let mode = if source_is_wal(source)? { "wal".to_owned() } else { journal_mode(&connection).map_err(error)? };
    let mut columns = Columns::new();
    let sql = "select m.name, c.name from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table' \
               and m.sql not like 'create virtual %' order by m.rowid, c.cid";
    let mut statement = connection.prepare(sql).map_err(error)?;
    let mut rows = statement.query([]).map_err(error)?;
    while let Some(row) = rows.next().map_err(error)? {
        let (table, column): (String, String) = row.try_into().map_err(error)?;
        match columns.last_mut().filter(|(known, _)| *known == table) {
            Some((_, known)) => known.push(column),
            None => columns.push((table, vec![column])),
        }
    }
    Ok((mode, columns))
}

/// The header's word: what is read may be a private copy, or a file opened as immutable.
fn source_is_wal(source: &Source) -> Result<bool, SourceError> {
    checks::is_wal(source.path()).map_err(|error| SourceError::File {
        verb: "read",
        path: source.path().to_owned(),
        source: error,
    })
}

fn journal_mode(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("pragma journal_mode", [], |row| row.get(0))
}

fn foreign_keys(connection: &Connection) -> rusqlite::Result<ForeignKeys> {
    let mut orphans = 0;
    let mut first = Vec::new();
    let mut statement = connection.prepare("pragma foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        orphans += 1;
        if first.len() < ORPHANS_NAMED_MAX {
            let (table, rowid, parent, fkid) = row.try_into()?;
            first.push(Orphan { table, rowid, parent, fkid });
        }
    }
    Ok(ForeignKeys::Checked { orphans, first })
}

/// A failure of the check itself: in a damaged file it adds nothing, a schema that does not fit is a finding.
fn unless_damaged(failure: rusqlite::Error, damage: &[String]) -> rusqlite::Result<ForeignKeys> {
    let understood = failure.sqlite_error_code() == Some(ErrorCode::Unknown) || !damage.is_empty();
    if understood { Ok(ForeignKeys::Unchecked { reason: failure.to_string() }) } else { Err(failure) }
}

fn is_corrupt(failure: &rusqlite::Error) -> bool {
    failure.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
}
