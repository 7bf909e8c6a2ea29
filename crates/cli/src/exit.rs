use std::process::ExitCode;

/// The documented exit codes (design, "Exit codes").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done and proved, or a dry run printed.
    Done = 0,
    /// A bug in the tool.
    Bug = 1,
    /// Wrong arguments.
    Arguments = 2,
    /// Settings wrong or missing.
    Settings = 3,
    /// Something is in the way; nothing was changed.
    InTheWay = 4,
    /// The source cannot be migrated as it is.
    Source = 5,
    /// Target problem.
    Target = 6,
    /// Application files problem.
    Application = 7,
    /// Verification found differences.
    Differences = 8,
    /// Stopped part-way; can be resumed.
    PartWay = 9,
    /// Another run holds the lock.
    Locked = 10,
    /// Interrupted.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
