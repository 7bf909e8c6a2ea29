//! Running `pg_dump` and `psql`: those of this machine, or those in the server's container.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use autobot_cluster::Programs;
use autobot_db::{Secret, TargetUrl};
use tokio::process::{Child, Command};

use crate::compose::{Runner, Service};
use crate::{Docker, Error, Result};

/// Variables of ours that would lead the programs elsewhere.
const MISLEADING: &[&str] = &[
    "PGHOST",
    "PGHOSTADDR",
    "PGPORT",
    "PGUSER",
    "PGDATABASE",
    "PGPASSWORD",
    "PGPASSFILE",
    "PGSERVICE",
    "PGSERVICEFILE",
    "PGOPTIONS",
    "PGSSLMODE",
    "PGCLIENTENCODING",
    "PGTZ",
    "PGDATESTYLE",
    "PSQLRC",
];

/// Whose `pg_dump` and `psql` are run.
#[derive(Debug, Clone)]
pub enum Via {
    /// Those of this machine.
    Programs(Programs),
    /// Those in the server's container, which are of its version and need no port: `docker exec`.
    Container {
        /// The program `docker`.
        docker: PathBuf,
        /// The container's name or id.
        container: String,
    },
}

impl Via {
    /// Finds programs that can talk to a server of `server_major`: in `hint`, along `path_env`, or where systems install
    /// them.
    pub fn programs(hint: Option<&Path>, path_env: Option<&OsStr>, server_major: u16) -> Result<Self> {
        Programs::find_client(hint, path_env, server_major)
            .map(Self::Programs)
            .map_err(|source| Error::Programs { purpose: "dumping and restoring", source })
    }

    /// Finds the container of a compose file's PostgreSQL.
    pub async fn container(docker: &Docker) -> Result<Self> {
        let service = Service::find(docker)?;
        let runner = Runner::find(docker, &service).await?;
        let program = runner.plain().ok_or(Error::NoDocker)?;
        match runner.container().await? {
            Some(container) => Ok(Self::Container { docker: program, container }),
            None => Err(Error::NotHealthy {
                service: service.name,
                seconds: 0,
                state: "no container".to_owned(),
                logs: String::new(),
            }),
        }
    }

    /// Starts a program with its output on a pipe.
    ///
    /// Everything about the connection is in the child's environment: an argument could be read by anyone on the
    /// machine, and a database's name could be taken for a connection string.
    pub(super) fn spawn(&self, program: &str, args: &[&str], target: &TargetUrl) -> Result<Child> {
        let mut command = self.command(program);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        for name in MISLEADING {
            command.env_remove(name);
        }
        command.env("PGUSER", &target.user).env("PGDATABASE", &target.database).env("PGAPPNAME", "autobot");
        command.env("LC_MESSAGES", "C").env_remove("LC_ALL");
        if let Self::Programs(_) = self {
            command.env("PGHOST", &target.host).env("PGPORT", target.port.to_string());
            command.envs(target.ssl_mode.as_ref().map(|mode| ("PGSSLMODE", mode)));
        }
        command.envs(target.password.as_ref().map(|password| ("PGPASSWORD", Secret::expose(password))));
        command.spawn().map_err(|source| Error::Run { program: program.to_owned(), source })
    }

    fn command(&self, program: &str) -> Command {
        match self {
            Self::Programs(programs) => Command::new(programs.path(program)),
            Self::Container { docker, container } => {
                let mut command = Command::new(docker);
                let names = ["PGUSER", "PGDATABASE", "PGPASSWORD", "PGAPPNAME"];
                // `-e NAME` takes the value from the environment, so it is no argument here either.
                let passed: Vec<OsString> = names.iter().flat_map(|name| ["-e".into(), name.into()]).collect();
                command.args(["exec", "-i"]).args(passed).arg(container).arg(program);
                command
            }
        }
    }
}
