use std::path::Path;

use autobot_db::Secret;

use super::TargetSettings;
use crate::{Exit, Failure, Result};

/// The role's password from the file or the environment; none when neither is given.
pub fn password(target: &TargetSettings, base: &Path) -> Result<Option<Secret>> {
    if let Some(file) = &target.password_file {
        let path = base.join(file);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::line(
                Exit::Settings,
                format!("failed to read the password file `{}`: {error}", path.display()),
                "correct target.password_file",
            )
        })?;
        return Ok(Some(Secret::new(text.lines().next().unwrap_or_default())));
    }
    Ok(std::env::var(&target.password_env).ok().filter(|text| !text.is_empty()).map(Secret::new))
}
