use std::collections::VecDeque;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::{Error, Server};

/// Log lines that are kept for messages.
const LINES_KEPT: usize = 8;

/// How long a server may take to end by itself before it is ended.
const GRACE: Duration = Duration::from_secs(10);

/// How long to wait for the last lines of a server that ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A running server of the application, with everything that it started.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    pid: u32,
    log: Arc<Mutex<Log>>,
}

#[derive(Debug, Default)]
struct Log {
    last: VecDeque<String>,
    errors: Vec<String>,
}

impl ServerProcess {
    /// Starts the server and waits for its ready line.
    ///
    /// An error line before it, an early end or a time-out is an error; the process is ended then.
    pub async fn start(app_dir: &Path, server: &Server) -> Result<Self, Error> {
        let [program, arguments @ ..] = server.command.as_slice() else {
            return Err(Error::Ended { lines: vec!["no command in the settings".to_owned()] });
        };
        let dir = app_dir.join(&server.dir);
        // A program named by a path is meant relative to where it runs.
        let program = if program.starts_with('.') { dir.join(program) } else { program.into() };
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(&dir).envs(&server.env);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let start = |source| Error::Start { command: server.command.join(" "), source };
        let mut child = command.spawn().map_err(start)?;
        let pid = child.id().unwrap_or_default();
        let log = Arc::new(Mutex::new(Log::default()));
        let (ready, mut heard) = mpsc::channel(1);
        let reading =
            Reading { log: log.clone(), errors: server.errors.clone(), ready_line: server.ready.clone(), ready };
        let readers = [reading.follow(child.stdout.take()), reading.follow(child.stderr.take())];
        drop(reading);
        let mut process = Self { child, pid, log };
        let limit = Duration::from_secs(server.ready_timeout_s);
        let outcome = tokio::select! {
            Some(()) = heard.recv() => Ok(()),
            _ = process.child.wait() => {
                // Its last words may still be on their way.
                for reader in readers.into_iter().flatten() {
                    let _ = tokio::time::timeout(LAST_WORDS, reader).await;
                }
                Err(Error::Ended { lines: process.last_lines() })
            }
            () = tokio::time::sleep(limit) => {
                Err(Error::NotReady { ready: server.ready.clone(), seconds: server.ready_timeout_s, lines: process.last_lines() })
            }
        };
        match outcome.and_then(|()| process.check()) {
            Ok(()) => Ok(process),
            Err(error) => {
                let logged = process.check();
                process.stop().await?;
                // A database error explains an early end better than the end itself.
                Err(logged.err().unwrap_or(error))
            }
        }
    }

    /// An error when the server has logged an error line.
    pub fn check(&self) -> Result<(), Error> {
        let line = self.log.lock().ok().and_then(|log| log.errors.first().cloned());
        line.map_or(Ok(()), |line| Err(Error::LoggedError { line }))
    }

    /// The last lines of the log.
    pub fn last_lines(&self) -> Vec<String> {
        self.log.lock().map(|log| log.last.iter().cloned().collect()).unwrap_or_default()
    }

    /// Ends the server and all that it started: asked first, ended after a grace period.
    pub async fn stop(mut self) -> Result<(), Error> {
        let pid = self.pid;
        ask_to_end(pid);
        if tokio::time::timeout(GRACE, self.child.wait()).await.is_err() {
            end(pid);
            self.child.kill().await.map_err(|source| Error::Stop { pid, source })?;
        }
        // What the child started and left behind is in its group.
        end(pid);
        Ok(())
    }
}

/// Reads the server's output.
struct Reading {
    log: Arc<Mutex<Log>>,
    errors: Vec<String>,
    ready_line: String,
    ready: mpsc::Sender<()>,
}

impl Reading {
    fn follow(&self, stream: Option<impl AsyncRead + Unpin + Send + 'static>) -> Option<JoinHandle<()>> {
        let stream = stream?;
        let (log, errors, ready_line) = (self.log.clone(), self.errors.clone(), self.ready_line.clone());
        let ready = self.ready.clone();
        Some(tokio::spawn(async move {
            let mut lines = BufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains(&ready_line) {
                    // Nobody waits for a second ready line.
                    let _ = ready.try_send(());
                }
                let Ok(mut log) = log.lock() else { break };
                if errors.iter().any(|error| line.contains(error.as_str())) {
                    log.errors.push(line.clone());
                }
                log.last.push_back(line);
                if log.last.len() > LINES_KEPT {
                    log.last.pop_front();
                }
            }
        }))
    }
}

#[cfg(unix)]
fn ask_to_end(pid: u32) {
    signal_group(pid, rustix::process::Signal::TERM);
}

#[cfg(unix)]
fn end(pid: u32) {
    signal_group(pid, rustix::process::Signal::KILL);
}

/// Signals the process group that `start` made; an error means that nobody is left in it.
#[cfg(unix)]
fn signal_group(pid: u32, signal: rustix::process::Signal) {
    if let Some(group) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, signal);
    }
}

/// Windows has no way to ask a console program; it is ended with all that it started.
#[cfg(not(unix))]
fn ask_to_end(pid: u32) {
    end(pid);
}

#[cfg(not(unix))]
fn end(pid: u32) {
    let pid = pid.to_string();
    let _ = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &pid])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await;
}
