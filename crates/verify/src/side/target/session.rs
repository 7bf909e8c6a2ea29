use std::time::Duration;

use autobot_catalog::TableMap;
use autobot_db::{SchemaName, Target, execute};
use futures_util::FutureExt;
use sqlx::PgConnection;
use tokio::runtime::{Builder, Runtime};

use super::TargetRows;
use crate::Error;
use crate::side::{CanonicalRow, Course};

/// How long to let rows gather when none is there: the server sends 8 KiB at a time, and to wake up for each of them costs
/// both sides more than the rows in them do. Less than what the buffers between the two hold.
const GATHER: Duration = Duration::from_micros(250);

/// Times that rows are waited for before they are let gather: a small table is there at once.
const WAITS_MIN: u32 = 8;

/// A session of the target for a thread of its own, with what drives it: nobody else waits for what the server sends.
pub struct TargetSession {
    /// There until it is dropped.
    runtime: Option<Runtime>,
    connection: PgConnection,
}

impl TargetSession {
    /// Opens a session whose reading of a table begins at its beginning: by default the server joins the scan that another
    /// session is at (PostgreSQL documentation, `synchronize_seqscans`), and rows come in another order than they were
    /// written. Blocks.
    pub(crate) fn open(target: &Target) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|source| Error::Thread { source })?;
        let connection = runtime.block_on(async {
            let mut connection = target.connect().await?;
            execute(&mut connection, "set up the session", "set synchronize_seqscans = off".to_owned()).await?;
            Ok::<_, Error>(connection)
        })?;
        Ok(Self { runtime: Some(runtime), connection })
    }

    /// Calls `visit` with each row of the table in canonical form. Blocks. After an error the session cannot be used any
    /// more: the rest of the rows is still on it.
    pub(crate) fn read(
        &mut self,
        schema: &SchemaName,
        table: &TableMap,
        course: &Course,
        mut visit: impl FnMut(&CanonicalRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let cut_off = || Error::CutOff { table: table.source.clone() };
        let (runtime, connection) = (self.runtime.as_ref().ok_or_else(cut_off)?, &mut self.connection);
        let reading = async {
            let mut rows = TargetRows::open(connection, schema, table).await?;
            let (mut waits, mut done) = (0, 0);
            loop {
                let row = if let Some(row) = rows.next().now_or_never() {
                    row?
                } else {
                    waits += 1;
                    if waits > WAITS_MIN {
                        std::thread::sleep(GATHER);
                    }
                    rows.next().await?
                };
                let Some(row) = row else { return Ok(()) };
                if !course.goes_on() {
                    return Err(cut_off());
                }
                visit(row)?;
                done += 1;
                course.at(done);
            }
        };
        runtime.block_on(async {
            tokio::select! {
                biased;
                read = reading => read,
                () = course.ended() => Err(cut_off()),
            }
        })
    }
}

impl Drop for TargetSession {
    fn drop(&mut self) {
        // To wait for its end is forbidden where a session is usually dropped.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
