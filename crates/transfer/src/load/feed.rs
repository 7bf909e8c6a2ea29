use std::time::{Duration, Instant};

use autobot_catalog::TableMap;
use autobot_plan::Unit;
use sqlx::PgConnection;
use sqlx::postgres::PgCopyIn;

use super::run::Loading;
use crate::error::Error;
use crate::read::{BatchEnd, Pipe};

/// A block with a large value is sent in pieces of this size, so that the driver's own buffer stays small.
const PIECE_BYTES: usize = 64 * 1024;

/// How often the server is asked whether it still copies.
const WATCH_EVERY: Duration = Duration::from_secs(3);

/// Bytes between two reports of progress.
const PROGRESS_BYTES: u64 = 8 * 1024 * 1024;

/// Sends what the reader encodes.
pub(super) struct Feed<'a> {
    loading: &'a Loading<'a>,
    map: &'a TableMap,
    pid: i32,
    /// Bytes and rows sent, all batches together.
    pub(super) bytes: u64,
    pub(super) rows: u64,
    /// Rows that an earlier run loaded.
    rows_before: u64,
    told: u64,
}

impl<'a> Feed<'a> {
    /// A feed for a session with this process on the server.
    pub(super) fn new(loading: &'a Loading<'a>, map: &'a TableMap, pid: i32, rows_before: u64) -> Self {
        Self { loading, map, pid, bytes: 0, rows: 0, rows_before, told: 0 }
    }

    /// Sends the blocks of one batch, and gives what came of it; none when the reader ended before.
    pub(super) async fn batch(
        &mut self,
        pipe: &mut Pipe,
        copy: &mut PgCopyIn<&mut PgConnection>,
    ) -> Result<Option<BatchEnd>, Error> {
        let Loading { crew, scope, meter, .. } = self.loading;
        let mut watched = Instant::now();
        while let Some(block) = pipe.blocks.recv().await {
            if scope.stop.is_requested() {
                return Err(Error::Stopped);
            }
            for piece in block.bytes.chunks(PIECE_BYTES) {
                copy.send(piece).await.map_err(|source| self.failed(source))?;
            }
            self.bytes += block.bytes.len() as u64;
            self.rows += block.rows;
            meter.sent(block.rows, block.bytes.len() as u64);
            pipe.give_back(block.bytes);
            if self.bytes - self.told >= PROGRESS_BYTES {
                self.told = self.bytes;
                scope.part(self.map.target.as_str(), self.rows_before + self.rows, self.map.rows, Unit::Rows);
            }
            if let Some(end) = block.end {
                return Ok(Some(*end));
            }
            if watched.elapsed() >= WATCH_EVERY {
                watched = Instant::now();
                if !crew.is_copying(self.pid).await? {
                    return Err(self.failed(sqlx::Error::Protocol("the server ended the COPY".to_owned())));
                }
            }
        }
        Ok(None)
    }

    /// The server ended the COPY.
    pub(super) fn failed(&self, source: sqlx::Error) -> Error {
        Error::Copy { table: self.map.target.clone(), rows: self.rows_before + self.rows, source }
    }
}
