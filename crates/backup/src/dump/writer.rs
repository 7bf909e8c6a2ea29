use std::io::{self, BufWriter, Write};
use std::path::Path;

use rusqlite::Connection;

use super::encoding::Encoding;
use super::literal;
use super::script::Rows;
use crate::BackupError;
use crate::follow::Leader;

/// Bytes gathered before they are given to the operating system.
const BLOCK_BYTES: usize = 256 * 1024;

/// Rows between two looks at the stop flag.
const ROWS_PER_LOOK: u64 = 4096;

/// Writes the dump and syncs it. `go_on` hears rows and bytes written so far, and says whether to continue.
pub(super) fn write(
    leader: Leader,
    connection: &Connection,
    path: &Path,
    go_on: &dyn Fn(u64, u64) -> bool,
) -> Result<(), BackupError> {
    let script = super::read_script(connection, path)?;
    let mut out = Out { inner: BufWriter::with_capacity(BLOCK_BYTES, leader), bytes: 0, rows: 0 };
    let stream = BackupError::stream("write", path);
    out.statements(&script.head).map_err(stream)?;
    for table in &script.tables {
        out.statements(&table.before).map_err(stream)?;
        if let Some(rows) = &table.rows {
            out.rows(connection, rows, script.encoding, path, go_on)?;
        }
    }
    out.statements(&script.tail).map_err(stream)?;
    let leader = out.inner.into_inner().map_err(|error| stream(error.into_error()))?;
    leader.finish().map_err(BackupError::stream("sync", path))
}

struct Out {
    inner: BufWriter<Leader>,
    bytes: u64,
    rows: u64,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Out {
    fn statements(&mut self, statements: &[String]) -> io::Result<()> {
        statements.iter().try_for_each(|statement| {
            self.write_all(statement.as_bytes())?;
            self.write_all(b"\n")
        })
    }

    fn rows(
        &mut self,
        connection: &Connection,
        rows: &Rows,
        encoding: Encoding,
        path: &Path,
        go_on: &dyn Fn(u64, u64) -> bool,
    ) -> Result<(), BackupError> {
        let (sqlite, stream) = (BackupError::sqlite("read rows for", path), BackupError::stream("write", path));
        let mut statement = connection.prepare(&rows.select).map_err(sqlite)?;
        let mut found = statement.query([]).map_err(sqlite)?;
        while let Some(row) = found.next().map_err(sqlite)? {
            self.write_all(rows.insert.as_bytes()).map_err(stream)?;
            for column in 0..rows.columns {
                if column > 0 {
                    self.write_all(b",").map_err(stream)?;
                }
                let (at, raw_at) = encoding.places(column);
                let value = row.get_ref(at).map_err(sqlite)?;
                let raw = raw_at.map(|at| row.get_ref(at)).transpose().map_err(sqlite)?;
                let raw = raw.and_then(|raw| raw.as_blob().ok());
                literal::write(self, value, raw, encoding).map_err(stream)?;
            }
            self.write_all(b");\n").map_err(stream)?;
            self.rows += 1;
            if self.rows.is_multiple_of(ROWS_PER_LOOK) && !go_on(self.rows, self.bytes) {
                return Err(BackupError::Stopped { path: path.to_owned() });
            }
        }
        Ok(())
    }
}
