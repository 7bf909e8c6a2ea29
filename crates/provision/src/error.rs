//! What can be in the way of a target, each by name.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use autobot_db::TargetError;
use autobot_plan::files::FileError;

/// A failed operation on the server or on its dumps. Never holds a password or a value of a row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The target cannot be reached: no server, wrong password, no such database, each a variant of its own there.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The embedded server.
    #[error("failed to {doing} the embedded server in `{}`", .dir.display())]
    Embedded {
        /// What was tried: "find programs for", "make", "start", ...
        doing: &'static str,
        /// Its directory.
        dir: PathBuf,
        /// Why not.
        #[source]
        source: autobot_cluster::Error,
    },
    /// PostgreSQL's client programs.
    #[error("failed to find PostgreSQL's programs for {purpose}")]
    Programs {
        /// What they are for.
        purpose: &'static str,
        /// Why not.
        #[source]
        source: autobot_cluster::Error,
    },
    /// A change of another provider's plan.
    #[error("the plan was made for provider `{planned}`, the settings now say `{present}`")]
    OtherProvider {
        /// The plan's.
        planned: &'static str,
        /// The settings'.
        present: &'static str,
    },
    /// The server is too old.
    #[error("the server is PostgreSQL {version}; 12 is the oldest that will do")]
    Version {
        /// What it says it is.
        version: String,
    },
    /// The database cannot hold every text.
    #[error("database `{database}` has the encoding {encoding}, not UTF8")]
    Encoding {
        /// The database.
        database: String,
        /// Its encoding, such as `SQL_ASCII`.
        encoding: String,
    },
    /// The target holds tables, or tables with rows.
    #[error("schema `{schema}` of database `{database}` is not empty: {}", named(.tables, *.more))]
    NotEmpty {
        /// The database.
        database: String,
        /// The schema.
        schema: String,
        /// The first tables in the way.
        tables: Vec<String>,
        /// How many more there are.
        more: usize,
    },
    /// The role lacks a right.
    #[error("role `{role}` lacks the right to {right}")]
    NoRights {
        /// The role.
        role: String,
        /// The right: "create tables in schema `public` of database `autobot`".
        right: String,
    },
    /// The role is there, and its password is not known.
    #[error("role `{role}` exists already, and its password is not known here")]
    RoleTaken {
        /// The role.
        role: String,
    },
    /// The role is there, and the password given is not its password.
    #[error("role `{role}` exists already, and the password given is not its password")]
    WrongPassword {
        /// The role.
        role: String,
    },
    /// The password holds characters that no client could send.
    #[error("the password for role `{role}` holds characters that PostgreSQL's passwords cannot have")]
    PasswordForm {
        /// The role.
        role: String,
    },
    /// Undoing would delete rows.
    #[error("database `{database}` holds rows and is kept (first table: `{table}`)")]
    Kept {
        /// The database.
        database: String,
        /// The first table with rows.
        table: String,
    },
    /// There is no compose file.
    #[error("no compose file in `{}` (looked for {})", .dir.display(), .looked.join(", "))]
    NoComposeFile {
        /// The folder.
        dir: PathBuf,
        /// The names looked for.
        looked: Vec<String>,
    },
    /// The compose file is not one.
    #[error("failed to understand `{}` at {place}", .path.display())]
    ComposeForm {
        /// The file.
        path: PathBuf,
        /// "line 3, column 7".
        place: String,
    },
    /// The compose file has no such service, or not exactly one that is PostgreSQL.
    #[error("`{}` has {found}", .path.display())]
    ComposeService {
        /// The file.
        path: PathBuf,
        /// What it has instead: "no service `db`", "2 PostgreSQL services: `a`, `b`".
        found: String,
    },
    /// The service cannot be reached from this machine.
    #[error("service `{service}` in `{}` publishes no port for PostgreSQL's {port}", .path.display())]
    ComposePort {
        /// The file.
        path: PathBuf,
        /// The service.
        service: String,
        /// The port inside the container.
        port: u16,
    },
    /// Neither `docker compose` nor `docker-compose` is there.
    #[error("neither `docker compose` nor `docker-compose` is installed")]
    NoDocker,
    /// A program could not be started.
    #[error("failed to run `{program}`")]
    Run {
        /// The program.
        program: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A program ran and failed.
    #[error("`{command}` failed ({status}){}", last_words(.words))]
    Failed {
        /// The command line, without secrets.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// Its last lines.
        words: String,
    },
    /// The service did not become healthy.
    #[error("service `{service}` is not ready after {seconds} s (state: {state}){}", last_words(.logs))]
    NotHealthy {
        /// The service.
        service: String,
        /// How long it was waited for.
        seconds: u64,
        /// Its last state.
        state: String,
        /// Its last log lines.
        logs: String,
    },
    /// The credentials file does not hold what this version writes.
    #[error("failed to understand the credentials in `{}`", .path.display())]
    Credentials {
        /// The file.
        path: PathBuf,
    },
    /// A file operation.
    #[error(transparent)]
    File(#[from] FileError),
    /// A dump is not whole.
    #[error("`{}` is not a whole dump: {reason}", .path.display())]
    Damaged {
        /// The dump.
        path: PathBuf,
        /// What is missing or wrong.
        reason: String,
    },
    /// What was restored is not what the dump holds.
    #[error("table {table} has {found} rows after the restore, the dump has {expected}")]
    RestoreCount {
        /// The table.
        table: String,
        /// Rows in the dump.
        expected: u64,
        /// Rows in the database.
        found: u64,
    },
    /// The operator asked to stop.
    #[error("stopped while {doing}")]
    Stopped {
        /// What was being done.
        doing: &'static str,
    },
}

impl Error {
    /// What the operator can do about it, where there is something to say.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Target(error) => return error.hint(),
            Self::Embedded { source, .. } | Self::Programs { source, .. } => return source.hint(),
            Self::Version { .. } => "use PostgreSQL 15, for which the plan is written".to_owned(),
            Self::Encoding { database, .. } => format!(
                "make another database: `create database {database}_utf8 template template0 encoding 'UTF8'`, or name one \
                 that is not there and it is made so"
            ),
            Self::NotEmpty { .. } => {
                "name an empty database, or dump this one, empty it and run again; nothing was changed in it".to_owned()
            }
            Self::NoRights { role, .. } => {
                format!("have the database's owner grant it: `grant create on schema public to \"{role}\"`")
            }
            Self::RoleTaken { role } => {
                format!("give the password of `{role}`, or another role's name, which is then made")
            }
            Self::WrongPassword { .. } => "correct the password, or name another role, which is then made".to_owned(),
            Self::PasswordForm { .. } => "give another password: letters, digits and marks are safe".to_owned(),
            Self::Kept { .. } => "dump the database first, then drop it yourself if that is wanted".to_owned(),
            Self::NoComposeFile { .. } => "name the compose file in the settings, or use another provider".to_owned(),
            Self::ComposeService { .. } => "name the service in the settings".to_owned(),
            Self::ComposePort { port, .. } => format!("add `ports: [\"{port}:{port}\"]` to the service"),
            Self::NoDocker => {
                "install Docker with its compose plugin, or use provider `embedded` or `local`".to_owned()
            }
            Self::NotHealthy { service, .. } => format!("look at `docker compose logs {service}`"),
            Self::Credentials { path } => {
                format!("move `{}` away; it is written again, given the role's password", path.display())
            }
            Self::Damaged { .. } => "use another backup; those that are not whole are never counted as one".to_owned(),
            Self::Stopped { .. } => "type the same again to go on".to_owned(),
            _ => return None,
        })
    }
}

fn named(tables: &[String], more: usize) -> String {
    let named = tables.iter().map(|table| format!("`{table}`")).collect::<Vec<_>>().join(", ");
    let others = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{named}{others}")
}

fn last_words(words: &str) -> String {
    if words.trim().is_empty() { String::new() } else { format!("; its last words:\n{}", words.trim_end()) }
}
