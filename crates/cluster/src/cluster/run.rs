//! Starting and stopping.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::{Cluster, State, log_dir, record};
use crate::files::{self, Access};
use crate::process::Invocation;
use crate::{Error, Result, conf, pidfile, port};

/// How long `pg_ctl` waits for a server to come up or go down, in seconds. A killed server of this size recovers well
/// within it.
const WAIT_SECONDS: &str = "120";
/// How long a server that somebody else is starting is waited for.
const READY_WAIT: Duration = Duration::from_mins(2);
/// How often to look meanwhile.
const READY_POLL: Duration = Duration::from_millis(50);
/// What PostgreSQL says while processes of a killed server are still there (`sysv_shmem.c`), and how long that may take.
const IN_USE: &str = "pre-existing shared memory block";
const IN_USE_WAIT: Duration = Duration::from_secs(15);
/// How many free ports are tried at the very first start: each could be taken between our look and PostgreSQL's.
const PORT_ATTEMPTS_MAX: u32 = 5;

/// What [`Cluster::start`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// It was not running and is now.
    Now,
    /// It was running already.
    Already,
}

/// What [`Cluster::stop`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// It was running and is not any more.
    Now,
    /// It was not running.
    Already,
}

impl Cluster {
    /// Starts the server and waits until it takes connections; it then outlives this process.
    ///
    /// One that is being started by somebody else, or by a run of ours that was killed, is waited for.
    pub fn start(&mut self) -> Result<Started> {
        self.wait_while_starting();
        match self.state() {
            State::Running { port, .. } => return self.keep_port(port).map(|()| Started::Already),
            State::Starting { .. } => return Err(self.not_ready()),
            // A process that has the dead server's number now: PostgreSQL would take it for the server and refuse.
            State::Stale { pid } if pidfile::is_alive(pid) => files::remove_if_there(&pidfile::path(&self.data_dir()))?,
            State::Stale { .. } | State::Stopped => {}
        }
        let started = match self.record.port {
            Some(port) if !port::is_free(port) => Err(Error::PortTaken { port }),
            Some(port) => self.start_on(port),
            None => self.first_start(),
        };
        match started {
            Ok(()) => Ok(Started::Now),
            Err(error) => {
                self.wait_while_starting();
                match self.state() {
                    State::Running { port, .. } => self.keep_port(port).map(|()| Started::Already),
                    _ => Err(error),
                }
            }
        }
    }

    /// Stops the server: open transactions are rolled back, everything committed is kept.
    pub fn stop(&mut self) -> Result<Stopped> {
        match self.state() {
            State::Stopped | State::Stale { .. } => return Ok(Stopped::Already),
            State::Starting { .. } | State::Running { .. } => {}
        }
        self.pg_ctl("stop").option("--mode", "fast").logged(&self.pg_ctl_log(), &self.log_path())?;
        Ok(Stopped::Now)
    }

    /// Chooses a port at the first start and keeps it: applications are told it.
    fn first_start(&mut self) -> Result<()> {
        let mut attempt = 1;
        loop {
            let port = port::free()?;
            // Before the start: a run killed right after it finds the port again.
            self.keep_port(port)?;
            match self.start_on(port) {
                Err(_) if attempt < PORT_ATTEMPTS_MAX && !port::is_free(port) => attempt += 1,
                other => return other,
            }
        }
    }

    fn keep_port(&mut self, port: u16) -> Result<()> {
        if self.record.port == Some(port) {
            return Ok(());
        }
        self.record.port = Some(port);
        record::write(&self.dir, &self.record)
    }

    /// Starts the server; what a killed one left running in memory is given a moment to end.
    fn start_on(&self, port: u16) -> Result<()> {
        self.write_conf(port)?;
        self.make_socket_dir()?;
        let began = Instant::now();
        loop {
            let start = self.pg_ctl("start").option("--log", self.log_path());
            match start.logged(&self.pg_ctl_log(), &self.log_path()) {
                Err(Error::Failed { log, .. }) if log.contains(IN_USE) && began.elapsed() < IN_USE_WAIT => {
                    thread::sleep(READY_POLL);
                }
                other => return other,
            }
        }
    }

    /// A machine may empty its folder for sockets when it boots.
    fn make_socket_dir(&self) -> Result<()> {
        match &self.record.socket_dir {
            Some(dir) if !dir.exists() => {
                files::create_dir(dir)?;
                self.runner.own(dir)
            }
            _ => Ok(()),
        }
    }

    fn write_conf(&self, port: u16) -> Result<()> {
        let port = port.to_string();
        let sockets = self.record.socket_dir.as_deref().and_then(Path::to_str).map(conf::list_entry);
        let fixed = [
            ("port", port.as_str()),
            ("listen_addresses", "127.0.0.1"),
            ("unix_socket_directories", sockets.as_deref().unwrap_or_default()),
            ("password_encryption", "scram-sha-256"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
        ];
        let chosen = self.record.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let durability = self.record.durability.settings().iter().copied();
        let text = conf::text(fixed.into_iter().chain(durability).chain(chosen))?;
        let path = self.data_dir().join(conf::FILE);
        files::replace(&path, &text, Access::Private)?;
        self.runner.own(&path)
    }

    fn wait_while_starting(&self) {
        let began = Instant::now();
        while matches!(self.state(), State::Starting { .. }) && began.elapsed() < READY_WAIT {
            thread::sleep(READY_POLL);
        }
    }

    fn not_ready(&self) -> Error {
        Error::NotReady { dir: self.dir.clone(), state: self.state(), log: files::tail(&self.log_path(), 0) }
    }

    fn pg_ctl(&self, verb: &str) -> Invocation {
        Invocation::new(self.programs.path("pg_ctl"))
            .run_as(&self.runner)
            .arg(verb)
            .option("--pgdata", self.data_dir())
            .option("--timeout", WAIT_SECONDS)
            .arg("--wait")
    }

    fn pg_ctl_log(&self) -> std::path::PathBuf {
        log_dir(&self.dir).join("pg_ctl.log")
    }
}
