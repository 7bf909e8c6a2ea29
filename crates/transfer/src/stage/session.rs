use autobot_db::{Target, TargetError, execute, join_workers};
use sqlx::{AssertSqlSafe, Executor, PgConnection};

use super::nodelay;
use crate::error::{Error, statement};

/// A session of PostgreSQL that works in the stage.
#[derive(Debug)]
pub(crate) struct Session {
    /// The connection, its `search_path` the stage.
    pub(crate) connection: PgConnection,
    /// The server's process, to cancel what it does from another session.
    pub(crate) pid: i32,
}

impl Session {
    /// Opens one. In 64 MiB it checks foreign keys; what indexes are sorted in is said where they are built.
    ///
    /// Commits in the stage do not wait for the disk: what a crash of the server takes away is loaded again, and the
    /// publishing commit, which does wait, makes everything before it durable too. Locks are waited for without limit,
    /// because the proof may read a table while its constraint is made.
    pub(crate) async fn open(target: &Target) -> Result<Self, TargetError> {
        let mut connection = target.connect().await?;
        nodelay::set_everywhere();
        let settings = "set search_path = 'autobot_stage'; set synchronous_commit = off; set lock_timeout = 0; \
                        set maintenance_work_mem = '64MB'";
        execute(&mut connection, "set up a session for the stage", settings.to_owned()).await?;
        let pid = join_workers(&mut connection).await?;
        Ok(Self { connection, pid })
    }

    /// Runs statements of our own making or of the migration's; several in one text are one transaction.
    pub(crate) async fn run(&mut self, doing: impl Into<String>, sql: String) -> Result<(), Error> {
        let done = self.connection.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await;
        done.map(drop).map_err(statement(doing))
    }
}
