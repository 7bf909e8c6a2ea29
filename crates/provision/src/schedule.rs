//! The nightly backup: scripts that call `autobot backup`, and what starts them (plan, section 6.2). Pure.
//!
//! The scripts hold no password and no logic: retention, checks and names are `autobot backup`'s.

mod quoting;
mod script;
mod starter;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use script::{batch_script, power_shell_script, shell_script};
pub use starter::{cron_line, systemd_service, systemd_timer, task_xml, task_xml_bytes};

/// What is run, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The program `autobot`, absolute: cron knows next to no `PATH`.
    pub program: PathBuf,
    /// Its arguments, `backup` included, such as `--app DIR --yes --no-progress backup`.
    pub arguments: Vec<String>,
    /// The folder it runs in: the application's.
    pub dir: PathBuf,
    /// Where its words go.
    pub log: PathBuf,
    /// The time of day.
    pub at: TimeOfDay,
    /// Who runs it where the schedule is the system's: what root writes, the operator cannot remove later.
    pub user: Option<String>,
}

/// A time of day, in the machine's own time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl TimeOfDay {
    /// Two in the morning, the plan's own.
    pub const NIGHT: Self = Self { hour: 2, minute: 0 };

    /// Reads `02:00`; none for what is not a time of day.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }
}
