use autobot_trial::{CheckResult, Error, Server, Trial as Tried, try_application};
use serde::Serialize;

use super::checklist::{PERSISTENCE, RESTART, TickState};
use crate::render::words;
use crate::{Context, Exit, Failure, Result};

/// What came of trying the application's server.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Trial(Tried);

impl Trial {
    /// The failure when a check failed.
    pub fn failure(&self) -> Option<Failure> {
        let failed: Vec<&CheckResult> = self.0.checks.iter().filter(|check| check.failure.is_some()).collect();
        let first = failed.first()?;
        let why = first.failure.as_deref().unwrap_or_default();
        let text = format!(
            "{} of {} functional tests failed, first `{}`: {why}",
            failed.len(),
            self.0.checks.len(),
            first.name
        );
        let hint = "the rows are proved equal; see the application's log, or `autobot rollback sqlite` to go back";
        Some(Failure::line(Exit::Differences, text, hint))
    }

    /// How a line of the plan was covered: by checks of its group whose names begin alike, or by the trial as such.
    pub fn state_of(&self, group: &str, line: &str) -> Option<TickState> {
        match line {
            RESTART => self.0.restarted.then_some(TickState::Passed),
            PERSISTENCE => self.state(|check| check.after_restart),
            _ => self.state(|check| check.group == group && covers(&check.name, line)),
        }
    }

    /// What came of these checks together; none where there are none.
    fn state(&self, wanted: impl Fn(&CheckResult) -> bool) -> Option<TickState> {
        let mut covering = self.0.checks.iter().filter(|check| wanted(check)).peekable();
        covering.peek()?;
        let good = covering.all(|check| check.failure.is_none());
        Some(if good { TickState::Passed } else { TickState::Failed })
    }

    /// The checks of a group that cover none of the plan's lines.
    pub fn checks_beyond(&self, group: &str, lines: &[&str]) -> Vec<(String, TickState)> {
        let beyond = self
            .0
            .checks
            .iter()
            .filter(|check| check.group == group && !lines.iter().any(|line| covers(&check.name, line)));
        beyond
            .map(|check| {
                (check.name.clone(), if check.failure.is_none() { TickState::Passed } else { TickState::Failed })
            })
            .collect()
    }
}

/// True when the check's name is the plan's line, or the line up to its remark in brackets.
fn covers(name: &str, line: &str) -> bool {
    let plain = line.split_once(" (").map_or(line, |(plain, _)| plain);
    name.to_lowercase() == plain.to_lowercase() || name == line
}

/// What phase 5 would do with the server.
pub fn describe(server: &Server) -> String {
    if server.command.is_empty() {
        return "the server has no command in the settings: starting it and the functional tests are left to a person"
            .to_owned();
    }
    format!(
        "start `{}`, wait for `{}`, run {} functional tests{}, restart, take back what they wrote",
        server.command.join(" "),
        server.ready,
        server.check.len(),
        server.checks_file.as_ref().map_or_else(String::new, |file| format!(" and those of {}", file.display()))
    )
}

/// Tries the server; none where the settings name no command.
pub async fn run(context: &Context, server: &Server) -> Result<Option<Trial>> {
    if server.command.is_empty() {
        context.output.say(format!("  · {}", words::NO_SERVER.to(context.lang())));
        return Ok(None);
    }
    let app_dir = context.app(std::path::Path::new(""));
    let say = |check: &CheckResult| match &check.failure {
        None => tracing::info!(group = check.group, "{}: passed", check.name),
        Some(why) => context.output.insist(format!("  ! {}: {}: {why}", check.group, check.name)),
    };
    let tried = try_application(&app_dir, server, say).await.map_err(failure)?;
    let passed = tried.checks.iter().filter(|check| check.failure.is_none()).count();
    context.output.say(format!("  ✓ {}", words::SERVER_TRIED.filled(context.lang(), &[("checks", passed)])));
    Ok(Some(Trial(tried)))
}

fn failure(error: Error) -> Failure {
    let hint = error.hint();
    Failure::new(Exit::Application, error, hint)
}
