use std::path::Path;
use std::time::Duration;

use autobot_plan::{Outcome, Scope, Standing, Stop};
use serde_json::json;

use super::AppFiles;
use super::apply::generated_standing;
use crate::command::{self, Ended};
use crate::secrets::masked_text;
use crate::{Change, Error};

/// Lines of a program's output that an error shows.
const OUTPUT_LINES_SHOWN: usize = 12;

impl AppFiles {
    /// Runs `prisma generate`. A failure is an error, or where it is not required a warning with the line to type.
    pub(super) async fn generate(&self, change: &Change, scope: &Scope<'_>) -> Result<Outcome, Error> {
        let Change::GenerateClient { folder, command, generated, timeout_ms, required, .. } = change else {
            return Ok(Outcome::line("nothing to do"));
        };
        let timeout = Duration::from_millis(*timeout_ms);
        match generate_client(command, &folder.path, timeout, scope.stop).await {
            Ok(output) => {
                // A command of the operator's may write elsewhere: its exit code is all that is known then.
                let seen = generated_standing(generated)? == Standing::AlreadySo;
                let facts = json!({ "generated": true, "seen": seen, "output": output });
                Ok(Outcome::with_facts("the Prisma client is generated", facts))
            }
            Err(error) if *required || scope.stop.is_requested() => Err(error),
            Err(error) => {
                let line = format!("cd {} && {}", folder.path.display(), command.join(" "));
                scope.warn(format!("{error}; when that is mended, type: {line}"));
                let facts = json!({ "generated": false, "type": line });
                Ok(Outcome::with_facts(format!("the Prisma client is left to you: {line}"), facts))
            }
        }
    }
}

/// Runs a command that generates the client (`npx --no-install prisma generate`); returns the last lines that it
/// printed, secrets covered. For rolling back too, once schema.prisma is restored.
pub async fn generate_client(
    command: &[String],
    folder: &Path,
    timeout: Duration,
    stop: &Stop,
) -> Result<String, Error> {
    let line = command.join(" ");
    let finished = command::run(command, folder, timeout, stop)
        .await
        .map_err(|source| Error::Start { command: line.clone(), source })?;
    let lines: Vec<&str> = finished.output.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let last = lines[lines.len().saturating_sub(OUTPUT_LINES_SHOWN)..].join("\n");
    let output = masked_text(&last, &[]);
    if finished.is_success() {
        return Ok(output);
    }
    let ended = match finished.ended {
        Ended::Exited(Some(code)) => format!("ended with exit code {code}"),
        Ended::Exited(None) => "was ended by a signal".to_owned(),
        Ended::TimedOut => format!("took more than {} s and was ended", timeout.as_secs()),
        Ended::Stopped => "was ended because you asked to stop".to_owned(),
    };
    Err(Error::Generate { command: line, ended, output })
}
