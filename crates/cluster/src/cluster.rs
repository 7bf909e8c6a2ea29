//! A private server: where it lies, and how it stands.

mod init;
mod options;
mod record;
mod run;

use std::path::{Path, PathBuf};

pub use options::{Auth, ClusterOptions, Durability};
pub use run::{Started, Stopped};

use crate::account::Runner;
use crate::connection::Connection;
use crate::{Error, Programs, Result, files, pidfile};

/// A PostgreSQL cluster in a directory of its own, running or not.
#[derive(Debug)]
pub struct Cluster {
    dir: PathBuf,
    programs: Programs,
    runner: Runner,
    record: record::Record,
    password: Option<String>,
}

/// How a cluster stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing runs.
    Stopped,
    /// Nothing runs, but a killed server left its pid file; starting it again recovers.
    Stale {
        /// The process that no longer is.
        pid: u32,
    },
    /// The server is on its way up or down.
    Starting {
        /// Its process.
        pid: u32,
    },
    /// The server takes connections.
    Running {
        /// Its process.
        pid: u32,
        /// The TCP port it listens on.
        port: u16,
    },
}

impl Cluster {
    /// Whether a whole cluster of ours is in `dir`.
    pub fn is_initialized(dir: &Path) -> bool {
        data_dir(dir).join("PG_VERSION").is_file() && record::path(dir).is_file()
    }

    /// The major version that made the cluster in `dir`, for finding the right programs.
    pub fn major_of(dir: &Path) -> Result<u16> {
        if !Self::is_initialized(dir) {
            return Err(Error::NotInitialized { dir: dir.to_owned() });
        }
        let path = data_dir(dir).join("PG_VERSION");
        let text = files::read(&path)?;
        let unreadable = |_| std::io::Error::new(std::io::ErrorKind::InvalidData, "not a version number");
        text.trim().parse().map_err(unreadable).map_err(files::failed("understand", &path))
    }

    /// Opens the cluster in `dir`, running or not.
    pub fn open(dir: &Path, programs: Programs) -> Result<Self> {
        let cluster = Self::major_of(dir)?;
        if cluster != programs.version().major {
            let (bin_dir, programs) = (programs.bin_dir().to_owned(), programs.version().major);
            return Err(Error::OtherMajor { dir: dir.to_owned(), cluster, bin_dir, programs });
        }
        let dir = absolute(dir)?;
        let runner = Runner::choose(None, &data_dir(&dir))?;
        let record = record::read(&dir)?;
        let password = record::read_password(&dir)?;
        Ok(Self { dir, programs, runner, record, password })
    }

    /// Refuses a directory with something else in it. Gives the folders on the way to it, itself included, that are closed
    /// to the account that PostgreSQL would run as. Reads only.
    pub fn check_dir(dir: &Path) -> Result<Vec<PathBuf>> {
        let dir = absolute(dir)?;
        if !Self::is_initialized(&dir) {
            init::check_unoccupied(&dir)?;
        }
        Runner::choose(None, &data_dir(&dir))?.closed_on_the_way(&dir)
    }

    /// The account that a server in `dir` would run as, when it is not ours. Reads only.
    pub fn account_for(dir: &Path) -> Result<Option<String>> {
        Ok(Runner::choose(None, &data_dir(&absolute(dir)?))?.account_name().map(str::to_owned))
    }

    /// The cluster's directory, absolute.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// PostgreSQL's own data directory, absolute.
    pub fn data_dir(&self) -> PathBuf {
        data_dir(&self.dir)
    }

    /// The server's log.
    pub fn log_path(&self) -> PathBuf {
        log_dir(&self.dir).join("postgresql.log")
    }

    /// The programs it runs with.
    pub fn programs(&self) -> &Programs {
        &self.programs
    }

    /// The account the server runs as, when it is not ours.
    pub fn account_name(&self) -> Option<&str> {
        self.runner.account_name()
    }

    /// How the cluster stands now.
    pub fn state(&self) -> State {
        let data_dir = self.data_dir();
        let Some(file) = pidfile::read(&data_dir) else { return State::Stopped };
        if !pidfile::is_server(file.pid, &data_dir) {
            return State::Stale { pid: file.pid };
        }
        match file.port {
            Some(port) if file.ready => State::Running { pid: file.pid, port },
            _ => State::Starting { pid: file.pid },
        }
    }

    /// How the superuser connects. None before the first start, when no port is chosen yet.
    pub fn connection(&self) -> Option<Connection> {
        let port = match self.state() {
            State::Running { port, .. } => port,
            _ => self.record.port?,
        };
        Some(Connection {
            host: "127.0.0.1".to_owned(),
            port,
            socket_dir: self.record.socket_dir.clone(),
            user: self.record.superuser.clone(),
            password: self.password.clone(),
        })
    }
}

fn data_dir(dir: &Path) -> PathBuf {
    dir.join("data")
}

fn log_dir(dir: &Path) -> PathBuf {
    dir.join("log")
}

fn absolute(dir: &Path) -> Result<PathBuf> {
    std::path::absolute(dir).map_err(files::failed("find", dir))
}
