//! What the operator decides about the server.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use autobot_db::{Name, SchemaName, Secret, TargetUrl};

/// How the target is to be provided. No default: each field is the caller's decision.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the server comes from.
    pub provider: Provider,
    /// The application's role. The same as the administrator's: that role is used as it is.
    pub role: Name,
    /// The application's database.
    pub database: Name,
    /// The application's schema, `public` unless Prisma's URL says otherwise.
    pub schema: SchemaName,
    /// The role's password; none: one is made up.
    pub password: Option<Secret>,
    /// Whether the role may create databases, which `prisma migrate dev` needs for its shadow database.
    pub may_create_databases: bool,
    /// What the target may hold already.
    pub expect: Expect,
    /// Where address and password are kept for the phases after this one, mode 0600.
    pub credentials_file: PathBuf,
}

/// Where the server comes from.
#[derive(Debug, Clone)]
pub enum Provider {
    /// A private server in a directory, run by us.
    Embedded(Embedded),
    /// A server that runs already, entered as its administrator.
    Local(Local),
    /// The PostgreSQL service of a `docker-compose.yml`.
    Docker(Docker),
    /// A database that is there already: looked at, never changed.
    Existing(Existing),
}

/// A private server in a directory.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// Its directory.
    pub dir: PathBuf,
    /// The folder with PostgreSQL's programs; none: looked for.
    pub programs: Option<PathBuf>,
    /// The value of `PATH`.
    pub path_env: Option<OsString>,
    /// Where programs are downloaded to when none are found.
    pub download_dir: PathBuf,
    /// The port; none: a free one.
    pub port: Option<u16>,
    /// More settings for `postgresql.conf`, names and plain values.
    pub settings: Vec<(String, String)>,
}

/// A server that runs already.
#[derive(Debug, Clone)]
pub struct Local {
    /// Its administrator, with any database that is there (`postgres`).
    pub admin: TargetUrl,
}

/// The PostgreSQL service of a `docker-compose.yml`.
#[derive(Debug, Clone)]
pub struct Docker {
    /// The folder to run `docker compose` in: the application's.
    pub project_dir: PathBuf,
    /// The compose file; none: the one of the usual names that is there.
    pub compose_file: Option<PathBuf>,
    /// The service; none: the one whose image is PostgreSQL's.
    pub service: Option<String>,
    /// The value of `PATH`, for finding `docker`.
    pub path_env: Option<OsString>,
    /// The environment, for `${…}` in the compose file; it wins over the `.env` file beside it.
    pub environment: BTreeMap<String, String>,
    /// How long to wait for the service's health.
    pub wait: Duration,
}

/// A database that is there already.
#[derive(Debug, Clone)]
pub struct Existing {
    /// Its URL, with the application's own role.
    pub target: TargetUrl,
}

/// What the target may hold already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// No table with a row in it: the first time.
    NoRows,
    /// Anything: the migration has gone further before, so the rows are ours.
    Anything,
}

impl Provider {
    /// The word used in settings.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "embedded",
            Self::Local(_) => "local",
            Self::Docker(_) => "docker",
            Self::Existing(_) => "existing",
        }
    }
}
