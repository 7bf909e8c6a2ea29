use std::time::Duration;

use sqlx::postgres::{PgDatabaseError, PgErrorPosition};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row};

use crate::{InvalidUrl, TargetUrl};

/// How long to wait for a connection: a server on the way up answers sooner, a wrong address never does.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Key of the advisory lock that one run holds on a target database ("autobot" in ASCII).
const ADVISORY_KEY: i64 = 0x61_7574_6f62_6f74;

/// Key of the lock that every working session of a run shares: while one of them is held, the server still carries out
/// what a run that is gone has sent to it ("worker" in ASCII).
const WORKER_KEY: i64 = 0x776f_726b_6572;

/// Settings that make a session independent of the server's, the role's and the client's own (hostile input 38).
const PIN: &str = include_str!("target/pin.sql");

/// A reachable PostgreSQL database.
#[derive(Debug, Clone)]
pub struct Target {
    url: TargetUrl,
}

/// A target that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The URL is not valid.
    #[error(transparent)]
    Url(#[from] InvalidUrl),
    /// Nobody answers there.
    #[error("no PostgreSQL server answers at {place}")]
    NoServer {
        /// Host and port.
        place: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The server does not accept the role or its password.
    #[error("the server at {place} refuses role `{user}`: wrong password or no such role")]
    Refused {
        /// Host and port.
        place: String,
        /// The role.
        user: String,
        /// What the server says.
        #[source]
        source: sqlx::Error,
    },
    /// There is no such database.
    #[error("there is no database `{database}` on the server at {place}")]
    NoDatabase {
        /// Host and port.
        place: String,
        /// The database.
        database: String,
        /// What the server says.
        #[source]
        source: sqlx::Error,
    },
    /// Connecting failed otherwise.
    #[error("failed to connect to {url}")]
    Connect {
        /// The target, without its password.
        url: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// A statement failed.
    #[error("failed to {doing} on the target")]
    Query {
        /// What was being done.
        doing: String,
        /// What the server says.
        #[source]
        source: sqlx::Error,
    },
    /// Another run holds the target.
    #[error("another run works on database `{database}`")]
    Held {
        /// The database.
        database: String,
    },
}

impl TargetError {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Url(_) => "the form is postgresql://user:password@host:5432/database".to_owned(),
            Self::NoServer { .. } => {
                "start the server (`autobot phase 2`, `autobot server start`) or correct host and port".to_owned()
            }
            Self::Refused { .. } => "correct the role or the password in --target or the settings".to_owned(),
            Self::NoDatabase { .. } => "create it (`autobot phase 2` does) or correct the name in --target".to_owned(),
            Self::Held { .. } => "wait until the other run ends; then type the same again".to_owned(),
            Self::Connect { .. } | Self::Query { .. } => return None,
        })
    }

    /// Ties a server error to what was being done.
    pub fn query(doing: impl Into<String>) -> impl FnOnce(sqlx::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Query { doing, source }
    }
}

impl Target {
    /// A target by its URL; nothing is contacted yet.
    pub fn new(url: TargetUrl) -> Self {
        Self { url }
    }

    /// Where it is.
    pub fn url(&self) -> &TargetUrl {
        &self.url
    }

    /// Opens a session with everything pinned that could change what a value means: time zone UTC, ISO dates, UTF-8,
    /// an empty search path (unqualified names are those of `pg_catalog`), no statement timeout.
    pub async fn connect(&self) -> Result<PgConnection, TargetError> {
        let options = self.url.connect_options()?.disable_statement_logging();
        let connecting = tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect_with(&options));
        let mut connection = match connecting.await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Err(self.name_failure(error)),
            Err(_) => return Err(self.name_failure(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))),
        };
        connection.execute(PIN).await.map_err(TargetError::query("set up the session"))?;
        Ok(connection)
    }

    fn name_failure(&self, source: sqlx::Error) -> TargetError {
        let url = &self.url;
        let place = if url.host.starts_with('/') { url.host.clone() } else { format!("{}:{}", url.host, url.port) };
        let code =
            source.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default().into_owned();
        match (code.as_str(), &source) {
            // PostgreSQL documentation, appendix A: class 28 is invalid authorization, 3D000 an unknown database.
            ("28P01" | "28000", _) => TargetError::Refused { place, user: url.user.clone(), source },
            ("3D000", _) => TargetError::NoDatabase { place, database: url.database.clone(), source },
            (_, sqlx::Error::Io(_)) => TargetError::NoServer { place, source },
            _ => TargetError::Connect { url: url.to_string(), source },
        }
    }
}

/// Runs SQL of our own making (names through [`crate::Name::quoted`]), one or more statements; gives the rows affected.
pub async fn execute(connection: &mut PgConnection, doing: &str, sql: String) -> Result<u64, TargetError> {
    let done = connection.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await;
    done.map(|result| result.rows_affected()).map_err(TargetError::query(doing))
}

/// Takes the lock that keeps two runs off one database; held until the connection closes.
///
/// Waits for the sessions of a run that was killed: the server ends what it is doing for them, a commit for example,
/// before it sees that nobody is there any more.
pub async fn advisory_lock(connection: &mut PgConnection) -> Result<(), TargetError> {
    let sql = "select pg_try_advisory_lock($1), current_database()::text";
    let row = sqlx::query(sql).bind(ADVISORY_KEY).fetch_one(&mut *connection).await;
    let row = row.map_err(TargetError::query("take the lock"))?;
    let held = || TargetError::Held { database: row.get(1) };
    if !row.get::<bool, _>(0) {
        return Err(held());
    }
    let sql = "select pg_advisory_unlock($1) from (select pg_advisory_lock($1)) as waited";
    match sqlx::query(sql).bind(WORKER_KEY).execute(connection).await {
        // PostgreSQL documentation, appendix A: 55P03 is lock_not_available, here after lock_timeout.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("55P03") => Err(held()),
        waited => waited.map(drop).map_err(TargetError::query("wait for the sessions of an earlier run")),
    }
}

/// Marks a session as one that works for a run, until it closes; gives the server's process. The caller's run holds
/// [`advisory_lock`] on another session.
///
/// Where the server can see that its client is gone (PostgreSQL 14, not on every system), it stops within a second.
pub async fn join_workers(connection: &mut PgConnection) -> Result<i32, TargetError> {
    let taken = format!("select pg_backend_pid() from (select pg_advisory_lock_shared({WORKER_KEY})) as taken");
    // One text, one round trip; of its statements only the last gives a row.
    let sql = format!("{};\n{taken}", include_str!("target/worker.sql"));
    let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(connection).await;
    Ok(row.map_err(TargetError::query("set up a working session"))?.get(0))
}

/// Everything that the server says of an error: detail, hint, where, position. For the log and for people.
pub fn explain(error: &sqlx::Error) -> Option<String> {
    let server = error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?;
    let position = server.position().map(|position| match position {
        PgErrorPosition::Original(at) | PgErrorPosition::Internal { position: at, .. } => format!("position {at}"),
    });
    let parts = [
        server.detail().map(str::to_owned),
        server.hint().map(str::to_owned),
        server.r#where().map(str::to_owned),
        position,
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
    (!text.is_empty()).then_some(text)
}
