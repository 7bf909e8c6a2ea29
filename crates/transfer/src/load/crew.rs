use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use autobot_catalog::Migration;
use autobot_db::{Source, Target};
use rusqlite::Connection;
use sqlx::Row;

use crate::Options;
use crate::error::{Error, statement};
use crate::stage::Session;

/// What works on a transfer: sessions of the target and read transactions of the source, lent out and given back.
pub(crate) struct Crew {
    source: Arc<Source>,
    target: Target,
    migration: Arc<Migration>,
    options: Options,
    idle: Mutex<Vec<Session>>,
    /// Server processes of all sessions that were opened and not closed in order.
    pids: Mutex<Vec<i32>>,
    readers: Mutex<Vec<Connection>>,
    /// Read transactions were given by the caller: no others are taken.
    readers_given: bool,
}

impl Crew {
    pub(crate) fn new(source: Arc<Source>, target: Target, migration: Arc<Migration>, options: Options) -> Self {
        let (idle, pids, readers) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { source, target, migration, options, idle, pids, readers, readers_given: false }
    }

    pub(crate) fn give_readers(&mut self, readers: Vec<Connection>) {
        self.readers_given = true;
        self.readers = Mutex::new(readers);
    }

    pub(crate) fn migration(&self) -> Arc<Migration> {
        Arc::clone(&self.migration)
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// A session: an idle one, or a new one.
    pub(crate) async fn session(&self) -> Result<Session, Error> {
        if let Some(session) = lock(&self.idle).pop() {
            return Ok(session);
        }
        let session = Session::open(&self.target).await?;
        lock(&self.pids).push(session.pid);
        Ok(session)
    }

    /// Takes a session back that nothing went wrong with; others are dropped, which closes them.
    pub(crate) fn give_back(&self, session: Session) {
        lock(&self.idle).push(session);
    }

    /// Takes `count` read transactions that see one state of the source, unless they are there already. Returns how
    /// many there are.
    pub(crate) fn ready_readers(&self, count: usize) -> Result<usize, Error> {
        let mut readers = lock(&self.readers);
        if readers.is_empty() && !self.readers_given {
            let mut snapshot = self.source.snapshot(count)?;
            readers.extend(std::iter::from_fn(|| snapshot.take()));
        }
        Ok(readers.len())
    }

    /// A read transaction, none when all are lent out.
    pub(crate) fn reader(&self) -> Option<Connection> {
        lock(&self.readers).pop()
    }

    pub(crate) fn give_reader_back(&self, reader: Connection) {
        lock(&self.readers).push(reader);
    }

    /// Runs `look` on an idle read transaction.
    pub(crate) fn with_reader<T>(&self, look: impl FnOnce(Option<&Connection>) -> T) -> T {
        look(lock(&self.readers).last())
    }

    /// Processes of the server that are ours.
    pub(crate) fn pids(&self) -> Vec<i32> {
        lock(&self.pids).clone()
    }

    /// Checks that nobody wrote to the source meanwhile, where its own locks do not see to that.
    pub(crate) fn check_source(&self) -> Result<(), Error> {
        Ok(self.source.check_unchanged()?)
    }

    /// Cancels what our sessions still do on the server after they were given up: the server would finish an index
    /// although nobody waits for it.
    pub(crate) async fn cancel_all(&self) {
        let Ok(mut session) = self.session().await else { return };
        let pids: Vec<i32> = self.pids().into_iter().filter(|pid| *pid != session.pid).collect();
        let sql = "select pg_terminate_backend(pid) from pg_stat_activity where pid = any ($1) and application_name = 'autobot'";
        let ended = sqlx::query(sql).bind(&pids).fetch_all(&mut session.connection).await;
        lock(&self.idle).clear();
        *lock(&self.pids) = vec![session.pid];
        if ended.is_ok() {
            self.give_back(session);
        }
    }

    /// True while the server's process `pid` copies; asked for by a session of its own. An error that the server met
    /// in the middle of a COPY is not reported by the driver before its end, however many rows are still sent.
    pub(crate) async fn is_copying(&self, pid: i32) -> Result<bool, Error> {
        let mut session = self.session().await?;
        let sql = "select exists (select from pg_stat_progress_copy where pid = $1)";
        let row = sqlx::query(sql).bind(pid).fetch_one(&mut session.connection).await;
        let copying = row.map_err(statement("look at the progress of a COPY"))?.get(0);
        self.give_back(session);
        Ok(copying)
    }
}

impl fmt::Debug for Crew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crew").field("target", &self.target).field("options", &self.options).finish_non_exhaustive()
    }
}

/// A lock whose holder panicked still guards plain lists that are whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
