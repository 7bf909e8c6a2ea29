use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{Check, CheckResult, Checks, ChecksFile, Error, Server, ServerProcess};

/// What came of trying the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The server started, logged its ready line, no error line, and was started a second time.
    pub restarted: bool,
    /// The checks in the order in which they ran.
    pub checks: Vec<CheckResult>,
}

impl Trial {
    /// True when every check passed.
    pub fn is_good(&self) -> bool {
        self.checks.iter().all(|check| check.failure.is_none())
    }
}

/// Starts the server, runs its checks, restarts it, runs those for after the restart, cleans up, stops it.
///
/// `on_result` hears of each check. Cleaning checks run whatever happened before.
pub async fn try_application(
    app_dir: &Path,
    server: &Server,
    mut on_result: impl FnMut(&CheckResult),
) -> Result<Trial, Error> {
    let (checks, variables) = all_checks(app_dir, server)?;
    let mut driver = Checks::new(&server.base_url, variables);
    let mut results = Vec::new();
    let first = ServerProcess::start(app_dir, server).await?;
    for check in checks.iter().filter(|check| !check.cleanup) {
        note(driver.run(check, false).await, &mut results, &mut on_result);
    }
    let logged = first.check();
    first.stop().await?;
    let second = ServerProcess::start(app_dir, server).await?;
    for check in checks.iter().filter(|check| check.after_restart && !check.cleanup) {
        note(driver.run(check, true).await, &mut results, &mut on_result);
    }
    for check in checks.iter().filter(|check| check.cleanup) {
        note(driver.run(check, true).await, &mut results, &mut on_result);
    }
    let logged_again = second.check();
    second.stop().await?;
    logged.and(logged_again)?;
    Ok(Trial { restarted: true, checks: results })
}

fn note(result: CheckResult, results: &mut Vec<CheckResult>, on_result: &mut impl FnMut(&CheckResult)) {
    on_result(&result);
    results.push(result);
}

type Variables = std::collections::BTreeMap<String, String>;

/// The settings' checks, after those of the file that the settings name.
fn all_checks(app_dir: &Path, server: &Server) -> Result<(Vec<Check>, Variables), Error> {
    let mut file = ChecksFile::default();
    if let Some(relative) = &server.checks_file {
        let path = app_dir.join(relative);
        let wrong = |reason: String| Error::Checks { path: path.clone(), reason };
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        file = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
    }
    file.check.extend(server.check.iter().cloned());
    file.variables.extend(server.variables.clone());
    Ok((file.check, file.variables))
}
