use std::io;
use std::path::PathBuf;

/// A trial that could not be made. A check that fails is no error: it is in the result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server's command cannot be started.
    #[error("failed to start the server with `{command}`")]
    Start {
        /// Program and arguments.
        command: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The server ended before it was ready.
    #[error("the server ended before it was ready{}", last_lines(lines))]
    Ended {
        /// Its last log lines.
        lines: Vec<String>,
    },
    /// The server did not become ready in time.
    #[error("the server did not log `{ready}` within {seconds} s{}", last_lines(lines))]
    NotReady {
        /// The line that was waited for.
        ready: String,
        /// How long.
        seconds: u64,
        /// Its last log lines.
        lines: Vec<String>,
    },
    /// The server logged a database error.
    #[error("the server logged an error: {line}")]
    LoggedError {
        /// The line.
        line: String,
    },
    /// The server could not be stopped.
    #[error("failed to stop the server (process {pid})")]
    Stop {
        /// Its process.
        pid: u32,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file of checks cannot be read.
    #[error("failed to read the checks in `{}`: {reason}", path.display())]
    Checks {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Error {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Start { .. } => "correct server.command and server.dir in the settings".to_owned(),
            Self::Ended { .. } | Self::NotReady { .. } => {
                "start it by hand to see all that it says; another program may hold its port".to_owned()
            }
            Self::LoggedError { .. } => "see DATABASE_URL in .env, and `npx prisma generate`".to_owned(),
            Self::Checks { .. } => "correct server.checks_file in the settings".to_owned(),
            Self::Stop { .. } => return None,
        })
    }
}

fn last_lines(lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { format!("; its last words: {}", lines.join(" | ")) }
}
