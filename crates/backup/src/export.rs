use std::fmt;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use autobot_db::{ColumnName, Source, TableName};
use autobot_plan::files::{self, FileError};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows};
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::hashing::Hashing;
use crate::run_folder::remove;
use crate::trees::create_private;
use crate::{Artefact, BackupError, Kind, TableExport};

/// Writes some columns of a table as a JSON array of objects, as `sqlite3 -json` does, and reads it back.
pub(crate) fn export(copy: &Path, folder: &Path, export: &TableExport) -> Result<Artefact, BackupError> {
    let partial = folder.join(format!("{}.partial", export.file));
    let target = folder.join(&export.file);
    remove(&partial)?;
    let source = Source::open(copy)?;
    let connection = source.connect()?;
    let select = select(export)?;
    write(&connection, &select, export, &partial)?;
    let hash = read_back(&connection, &select, export, &partial)?;
    fs::rename(&partial, &target).map_err(FileError::new("rename", &partial))?;
    files::sync_folder(folder)?;
    Ok(Artefact::derived(&export.file, Kind::Export, hash, copy))
}

fn select(export: &TableExport) -> Result<String, BackupError> {
    let columns: Result<Vec<String>, _> =
        export.columns.iter().map(|column| ColumnName::new(column.as_str()).map(|name| name.quoted())).collect();
    Ok(format!("select {} from {}", columns?.join(", "), TableName::new(export.table.as_str())?.quoted()))
}

fn write(connection: &Connection, select: &str, export: &TableExport, path: &Path) -> Result<(), BackupError> {
    let (sqlite, file) = (BackupError::sqlite("read rows for", path), BackupError::stream("write", path));
    let mut out = BufWriter::new(create_private(path).map_err(file)?);
    let mut statement = connection.prepare(select).map_err(sqlite)?;
    let mut rows = statement.query([]).map_err(sqlite)?;
    let mut separator = "[";
    while let Some(row) = rows.next().map_err(sqlite)? {
        let object = Value::Object(object(row, export).map_err(sqlite)?);
        write!(out, "{separator}{object}").map_err(file)?;
        separator = ",\n";
    }
    out.write_all(if separator == "[" { b"[]\n" } else { b"]\n" }).map_err(file)?;
    let written = out.into_inner().map_err(|error| file(error.into_error()))?;
    written.sync_all().map_err(file)
}

fn object(row: &Row<'_>, export: &TableExport) -> rusqlite::Result<Map<String, Value>> {
    let mut object = Map::new();
    for (at, column) in export.columns.iter().enumerate() {
        object.insert(column.clone(), value(row.get_ref(at)?));
    }
    Ok(object)
}

/// A value as `sqlite3 -json` shows it: a blob byte by byte as characters, an infinity as a number too large to hold.
fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => {
            serde_json::Number::from_f64(number).map_or_else(|| Value::from(number.to_string()), Value::Number)
        }
        ValueRef::Text(bytes) => Value::from(String::from_utf8_lossy(bytes)),
        ValueRef::Blob(bytes) => Value::from(bytes.iter().copied().map(char::from).collect::<String>()),
    }
}

/// Reads the file object by object, compares each with its row, and hashes the file.
fn read_back(
    connection: &Connection,
    select: &str,
    export: &TableExport,
    path: &Path,
) -> Result<(u64, String), BackupError> {
    let sqlite = BackupError::sqlite("read rows for", path);
    let mut statement = connection.prepare(select).map_err(sqlite)?;
    let rows = statement.query([]).map_err(sqlite)?;
    let file = File::open(path).map_err(FileError::new("open", path))?;
    let mut hashing = Hashing::new(BufReader::new(file));
    let mut json = serde_json::Deserializer::from_reader(&mut hashing);
    let compared = json.deserialize_seq(Compare { rows, export }).and_then(|()| json.end());
    compared.map_err(|source| BackupError::Json { path: path.to_owned(), source })?;
    std::io::copy(&mut hashing.by_ref(), &mut std::io::sink()).map_err(FileError::new("read", path))?;
    Ok(hashing.finish().1)
}

struct Compare<'a> {
    rows: Rows<'a>,
    export: &'a TableExport,
}

impl<'de> Visitor<'de> for Compare<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array with an object for each row")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut found: A) -> Result<(), A::Error> {
        let mut number: u64 = 0;
        loop {
            let row = self.rows.next().map_err(A::Error::custom)?;
            let expected = row.map(|row| object(row, self.export)).transpose().map_err(A::Error::custom)?;
            number += 1;
            match (expected, found.next_element::<Map<String, Value>>()?) {
                (None, None) => return Ok(()),
                (expected, found) if expected == found => {}
                _ => return Err(A::Error::custom(format!("row {number} differs"))),
            }
        }
    }
}
