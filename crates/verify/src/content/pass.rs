use std::sync::Arc;

use autobot_catalog::TableMap;
use autobot_db::Target;
use autobot_plan::Scope;
use rusqlite::Connection;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{Options, word_of};
use crate::Error;
use crate::side::{CanonicalRow, Course, Orphans, SourceRows, TargetSession, place_of_unfit, read_source};

/// Takes the rows of one side, one after the other.
pub(crate) trait Collect: Send + 'static {
    /// Whether rows of the source have to say where they are.
    const WITH_ROWID: bool;

    /// Takes note of one row. May block.
    fn row(&mut self, row: &CanonicalRow) -> Result<(), Error>;

    /// No row follows, whether all were read or not.
    fn end(&mut self) {}
}

/// One table on both sides.
pub(crate) struct Place<'a> {
    /// Away while a pass runs.
    connection: Option<Connection>,
    /// The session of the target, opened when it is first needed; away while a pass runs.
    session: Option<TargetSession>,
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
    pub(crate) fn with_session(self, session: Option<TargetSession>) -> Self {
        Self { session, ..self }
    }

    /// The connection and the session, for the next table.
    pub(crate) fn into_sides(self) -> Result<(Connection, Option<TargetSession>), Error> {
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

/// Reads both sides at once, each in a thread of its own.
pub(crate) async fn read_both<S: Collect, T: Collect>(
    place: &mut Place<'_>,
    source: S,
    target: T,
    scope: &Scope<'_>,
) -> Result<Both<S, T>, Error> {
    let cut_off = || Error::CutOff { table: place.table.source.clone() };
    let course = Arc::new(Course::default());
    let _ended = course.ends_when_dropped();
    let connection = place.connection.take().ok_or_else(cut_off)?;
    let session = place.session.take();
    let (leading, following) = (lead(place, connection, source, &course), follow(place, session, target, &course));
    let part = place.table.target.to_string();
    let both = async { tokio::join!(leading, following) };
    let (led, followed) = course.watch(both, &part, place.table.rows, scope).await;
    // Where both ended early, the one that did not do so because of the other has the reason.
    match (led.map_err(|_| cut_off())?, followed.map_err(|_| cut_off())?) {
        (Ok((connection, source, quarantined)), Ok((session, target))) => {
            (place.connection, place.session) = (Some(connection), Some(session));
            Ok(Both { source, target, quarantined })
        }
        (Err(Error::CutOff { .. }) | Ok(_), Err(error)) | (Err(error), _) => match error {
            Error::CutOff { .. } if scope.stop.is_requested() => Err(Error::Stopped),
            error => Err(error),
        },
    }
}

/// Reads the target alone, in a thread of its own.
pub(crate) async fn read_target<T: Collect>(place: &mut Place<'_>, target: T, scope: &Scope<'_>) -> Result<T, Error> {
    let cut_off = || Error::CutOff { table: place.table.source.clone() };
    let course = Arc::new(Course::default());
    let _ended = course.ends_when_dropped();
    let session = place.session.take();
    let following = follow(place, session, target, &course);
    let part = place.table.target.to_string();
    let followed = course.watch(following, &part, place.table.rows, scope).await.map_err(|_| cut_off())?;
    match followed {
        Ok((session, target)) => {
            place.session = Some(session);
            Ok(target)
        }
        Err(Error::CutOff { .. }) if scope.stop.is_requested() => Err(Error::Stopped),
        Err(error) => Err(error),
    }
}

/// Begins to read the source; gives back what was lent, and the number of rows in quarantine.
fn lead<S: Collect>(
    place: &Place<'_>,
    connection: Connection,
    mut source: S,
    course: &Arc<Course>,
) -> JoinHandle<Result<(Connection, S, u64), Error>> {
    let (table, word, orphans) = (place.table.clone(), place.word, Arc::clone(&place.orphans));
    let course = Arc::clone(course);
    spawn_blocking(move || {
        let orphans = orphans.of(&table);
        let rows = SourceRows { connection: &connection, table: &table, rowid_word: word, orphans: &orphans };
        let asked = SourceRows { rowid_word: word.filter(|_| S::WITH_ROWID), ..rows };
        let read = read_source(asked, |row| {
            if !course.goes_on() {
                return Err(Error::CutOff { table: table.source.clone() });
            }
            source.row(row)
        });
        source.end();
        let read = read.map_err(|error| place_of_unfit(error, rows));
        if read.is_err() {
            course.end();
        }
        read.map(|quarantined| (connection, source, quarantined))
    })
}

/// Begins to read the target; gives back what was lent.
fn follow<T: Collect>(
    place: &Place<'_>,
    session: Option<TargetSession>,
    mut target: T,
    course: &Arc<Course>,
) -> JoinHandle<Result<(TargetSession, T), Error>> {
    let (table, schema, server) = (place.table.clone(), place.options.schema.clone(), place.target.clone());
    let course = Arc::clone(course);
    spawn_blocking(move || {
        let session = session.map_or_else(|| TargetSession::open(&server), Ok);
        let read = session.and_then(|mut session| {
            session.read(&schema, &table, &course, |row| target.row(row))?;
            Ok(session)
        });
        target.end();
        if read.is_err() {
            course.end();
        }
        read.map(|session| (session, target))
    })
}
