use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use autobot_catalog::TableMap;
use autobot_db::{Target, execute};
use autobot_plan::{Scope, Unit};
use rusqlite::Connection;
use sqlx::PgConnection;

use super::{Options, word_of};
use crate::Error;
use crate::side::{CanonicalRow, Orphans, SourceRows, TargetRows, place_of_unfit, read_source};

/// Rows between two progress events.
const PROGRESS_ROWS: u64 = 20_000;

/// Takes the rows of one side, one after the other.
pub(crate) trait Collect: Send + 'static {
    /// Whether rows of the source have to say where they are.
    const WITH_ROWID: bool;

    /// Waits until a row of the target can be taken.
    fn ready(&mut self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }

    /// Takes note of one row.
    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error>;

    /// No row follows, whether all were read or not.
    fn end(&mut self) {}
}

/// One table on both sides.
pub(crate) struct Place<'a> {
    /// Away while a pass runs.
    connection: Option<Connection>,
    /// The session of the target, opened when it is first needed; away while a pass runs.
    session: Option<PgConnection>,
    target: &'a Target,
    pub(crate) table: &'a TableMap,
    pub(crate) options: &'a Options,
    word: Option<&'static str>,
    orphans: Arc<Orphans>,
}

impl<'a> Place<'a> {
    pub(crate) fn new(
        connection: Connection,
        target: &'a Target,
        table: &'a TableMap,
        options: &'a Options,
        orphans: Arc<Orphans>,
    ) -> Result<Self, Error> {
        let word = word_of(&connection, table)?;
        Ok(Self { connection: Some(connection), session: None, target, table, options, word, orphans })
    }

    /// With a session that is open already.
    pub(crate) fn with_session(self, session: Option<PgConnection>) -> Self {
        Self { session, ..self }
    }

    /// The connection and the session, for the next table.
    pub(crate) fn into_sides(self) -> Result<(Connection, Option<PgConnection>), Error> {
        let connection = self.connection.ok_or_else(|| Error::CutOff { table: self.table.source.clone() })?;
        Ok((connection, self.session))
    }
}

/// What both sides' collectors hold after a pass.
pub(crate) struct Both<S, T = S> {
    pub(crate) source: S,
    pub(crate) target: T,
    /// Rows of the source that the rules put in quarantine.
    pub(crate) quarantined: u64,
}

/// Reads both sides at once: the source in a thread of its own, the target in this task.
pub(crate) async fn read_both<S: Collect, T: Collect>(
    place: &mut Place<'_>,
    mut source: S,
    mut target: T,
    scope: &Scope<'_>,
) -> Result<Both<S, T>, Error> {
    let cut_off = || Error::CutOff { table: place.table.source.clone() };
    let connection = place.connection.take().ok_or_else(cut_off)?;
    let mut session = match place.session.take() {
        Some(session) => session,
        None => connect(place.target).await?,
    };
    let ended = Arc::new(AtomicBool::new(false));
    let reading = {
        let (table, word, orphans) = (place.table.clone(), place.word, Arc::clone(&place.orphans));
        let ended = Arc::clone(&ended);
        tokio::task::spawn_blocking(move || {
            let orphans = orphans.of(&table);
            let rows = SourceRows { connection: &connection, table: &table, rowid_word: word, orphans: &orphans };
            let asked = SourceRows { rowid_word: word.filter(|_| S::WITH_ROWID), ..rows };
            let read = read_source(asked, |row| {
                if ended.load(Ordering::Relaxed) {
                    return Err(Error::CutOff { table: table.source.clone() });
                }
                source.row(row)
            });
            source.end();
            let read = read.map_err(|error| place_of_unfit(error, rows));
            if read.is_err() {
                ended.store(true, Ordering::Relaxed);
            }
            read.map(|quarantined| (connection, source, quarantined))
        })
    };
    let read = read_target_side(&mut session, place, &mut target, &ended, scope).await;
    target.end();
    if read.is_err() {
        ended.store(true, Ordering::Relaxed);
    }
    // Where both ended early, the one that did not do so because of the other has the reason.
    match (reading.await.map_err(|_| cut_off())?, read) {
        (Ok((connection, source, quarantined)), Ok(())) => {
            (place.connection, place.session) = (Some(connection), Some(session));
            Ok(Both { source, target, quarantined })
        }
        (Err(Error::CutOff { .. }) | Ok(_), Err(error)) | (Err(error), _) => Err(error),
    }
}

/// Opens a session whose reading of a table begins at its beginning: by default the server joins the scan that another
/// session is at (PostgreSQL documentation, `synchronize_seqscans`), and rows come in another order than they were written.
async fn connect(target: &Target) -> Result<PgConnection, Error> {
    let mut session = target.connect().await?;
    execute(&mut session, "set up the session", "set synchronize_seqscans = off".to_owned()).await?;
    Ok(session)
}

async fn read_target_side<T: Collect>(
    session: &mut PgConnection,
    place: &Place<'_>,
    target: &mut T,
    ended: &AtomicBool,
    scope: &Scope<'_>,
) -> Result<(), Error> {
    let part = place.table.target.to_string();
    let (total, mut done) = (place.table.rows, 0_u64);
    let mut rows = TargetRows::open(session, &place.options.schema, place.table).await?;
    while let Some(row) = rows.next().await? {
        done += 1;
        if done.is_multiple_of(PROGRESS_ROWS) {
            scope.part(&part, done, total, Unit::Rows);
            if scope.stop.is_requested() {
                return Err(Error::Stopped);
            }
        }
        if ended.load(Ordering::Relaxed) {
            return Err(Error::CutOff { table: place.table.source.clone() });
        }
        target.ready().await;
        target.row(row)?;
    }
    Ok(())
}
