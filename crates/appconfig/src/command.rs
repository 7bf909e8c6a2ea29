//! Running a program of the application's own: output captured, time limited, nothing left running.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use autobot_plan::Stop;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

/// Output beyond this is read and dropped, so that a program that prints much neither stalls nor fills memory.
const OUTPUT_BYTES_MAX: usize = 64 * 1024;

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// By itself, with this exit code (none when a signal ended it).
    Exited(Option<i32>),
    /// It was ended for taking too long.
    TimedOut,
    /// It was ended because the operator asked to stop.
    Stopped,
}

/// How a program ended and what it printed: standard output, then standard error, each cut to its last part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finished {
    pub(crate) ended: Ended,
    pub(crate) output: String,
}

impl Finished {
    /// True for exit code 0.
    pub(crate) fn is_success(&self) -> bool {
        self.ended == Ended::Exited(Some(0))
    }
}

/// Runs a program in `folder` without input.
pub(crate) async fn run(
    command: &[String],
    folder: &Path,
    timeout: Duration,
    stop: &Stop,
) -> Result<Finished, io::Error> {
    let [program, arguments @ ..] = command else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the command is empty"));
    };
    let mut prepared = Command::new(program);
    prepared.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Neither npm nor Prisma is to phone home or colour what is captured.
    let quiet = [("NO_COLOR", "1"), ("CHECKPOINT_DISABLE", "1"), ("PRISMA_HIDE_UPDATE_MESSAGE", "1")];
    prepared.envs(quiet).env("npm_config_update_notifier", "false").kill_on_drop(true);
    #[cfg(unix)]
    prepared.process_group(0);
    let mut child = prepared.spawn()?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let output = async { tokio::join!(captured(out), captured(err)) };
    let finished = async {
        let (output, status) = tokio::join!(output, child.wait());
        status.map(|status| (output, status))
    };
    let ended = tokio::select! {
        finished = finished => {
            let ((out, err), status) = finished?;
            return Ok(Finished { ended: Ended::Exited(status.code()), output: format!("{out}{err}") });
        }
        () = tokio::time::sleep(timeout) => Ended::TimedOut,
        () = stop.requested() => Ended::Stopped,
    };
    end(&mut child).await;
    Ok(Finished { ended, output: String::new() })
}

/// Ends the program and everything that it started.
async fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself this very moment.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(windows)]
    if let Some(id) = child.id() {
        let tree = ["/T", "/F", "/PID", &id.to_string()].map(str::to_owned);
        let _ = Command::new("taskkill").args(tree).stdout(Stdio::null()).stderr(Stdio::null()).status().await;
    }
    let _ = child.kill().await;
}

async fn captured(stream: Option<impl AsyncRead + Unpin>) -> String {
    let Some(mut stream) = stream else { return String::new() };
    let mut kept: Vec<u8> = Vec::new();
    let mut block = vec![0; 8 * 1024];
    // A stream that cannot be read any more is at its end.
    while let Ok(read @ 1..) = stream.read(&mut block).await {
        kept.extend(&block[..read]);
        if kept.len() > 2 * OUTPUT_BYTES_MAX {
            kept.drain(..kept.len() - OUTPUT_BYTES_MAX);
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

#[cfg(test)]
mod tests;
