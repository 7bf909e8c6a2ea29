//! Running one of PostgreSQL's programs as the right account.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::account::Runner;
use crate::files;
use crate::{Error, Result};

/// Variables that would lead PostgreSQL's programs elsewhere than we say.
const MISLEADING: &[&str] = &[
    "PGDATA",
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
    "PGTZ",
    "PGDATESTYLE",
    "PGCLIENTENCODING",
    "PGCTLTIMEOUT",
];

/// One run of one program.
pub(crate) struct Invocation {
    program: PathBuf,
    command: Command,
}

impl Invocation {
    /// Prepares a run with nothing on its input, English messages and no misleading variables.
    ///
    /// It runs in the root folder: the present one may be closed to the account.
    pub(crate) fn new(program: PathBuf) -> Self {
        let mut command = Command::new(&program);
        command.stdin(Stdio::null()).env("LC_MESSAGES", "C").env_remove("LANGUAGE").env_remove("LC_ALL");
        for name in MISLEADING {
            command.env_remove(name);
        }
        if cfg!(unix) {
            command.current_dir(Path::new("/"));
        }
        Self { program, command }
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// `--name=value` in one argument.
    pub(crate) fn option(self, name: &str, value: impl AsRef<OsStr>) -> Self {
        let mut arg = OsString::from(name);
        arg.push("=");
        arg.push(value);
        self.arg(arg)
    }

    pub(crate) fn run_as(mut self, runner: &Runner) -> Self {
        runner.apply(&mut self.command);
        self
    }

    /// Runs to the end and gives what was written to standard output.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.command.output().map_err(|source| Error::Run { program: self.program.clone(), source })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let words = [output.stdout, output.stderr].concat();
        let log = files::last_lines(&String::from_utf8_lossy(&words));
        Err(Error::Failed { program: self.program, status: output.status, log })
    }

    /// Runs to the end, writing to `log`; `server_log` is what the error shows beside it.
    ///
    /// Not through a pipe: on Windows the server inherits it and it would never end.
    pub(crate) fn logged(mut self, log: &Path, server_log: &Path) -> Result<()> {
        let (log_start, server_start) = (files::length(log), files::length(server_log));
        let file: File = files::append(log)?;
        let second = file.try_clone().map_err(files::failed("open", log))?;
        self.command.stdout(file).stderr(second);
        let status = self.command.status().map_err(|source| Error::Run { program: self.program.clone(), source })?;
        if status.success() {
            return Ok(());
        }
        let log = [files::tail(log, log_start), files::tail(server_log, server_start)].join("\n");
        Err(Error::Failed { program: self.program, status, log: log.trim().to_owned() })
    }
}
