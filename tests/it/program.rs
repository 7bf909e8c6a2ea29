//! Runs the binary and holds what it said.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// The program, with a clean environment as far as `autobot` reads it.
pub(crate) fn autobot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_autobot-under-test"));
    for name in ["AUTOBOT_TARGET", "AUTOBOT_DB_PASSWORD", "AUTOBOT_ADMIN_URL", "AUTOBOT_LOG"] {
        command.env_remove(name);
    }
    // No `config/autobot.toml` is found from here, and nobody is there to answer a question.
    command.current_dir(std::env::temp_dir()).stdin(Stdio::null()).arg("--no-progress");
    command
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; -1 when a signal ended it.
    pub(crate) code: i32,
    /// Standard output: data.
    pub(crate) out: String,
    /// Standard error: what is for eyes.
    pub(crate) err: String,
}

impl Ran {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    /// Waits for a child whose output is piped.
    pub(crate) fn waited(child: Child) -> Self {
        Self::from(child.wait_with_output().unwrap())
    }

    /// Fails the test unless the exit code is this one.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err);
        self
    }

    /// Fails the test unless the program said this, on either stream.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.all().contains(text), "`{text}` is not in\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err);
        self
    }

    /// Fails the test when the program said this, on either stream.
    #[track_caller]
    pub(crate) fn hides(self, text: &str) -> Self {
        assert!(!self.all().contains(text), "`{text}` is in\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err);
        self
    }

    /// The one JSON document on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| {
            panic!("stdout is not one JSON document ({error})\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err)
        })
    }

    fn all(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Runs the program without an AutoBOT around it.
pub(crate) fn run<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Ran {
    Ran::of(autobot().args(arguments))
}

/// `autobot copy --json` of one file.
pub(crate) fn copy(source: &Path, target: &str, work_dir: &Path) -> Command {
    let mut command = autobot();
    command.args(["copy", "--json", "--target", target]).arg("--source").arg(source).arg("--work-dir").arg(work_dir);
    command
}
