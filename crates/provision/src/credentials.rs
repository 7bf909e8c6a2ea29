//! The credentials file: the target's URL with its password, for the phases after this one.

#[cfg(test)]
mod tests;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use autobot_db::TargetUrl;
use autobot_plan::files::{self, FileError};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The version of the file that this code writes.
const FORMAT: u32 = 1;

/// A target as the credentials file keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// As seen from this machine.
    pub target: TargetUrl,
    /// As seen from a container beside the server's, where the server is one.
    pub inside_container: Option<TargetUrl>,
    /// Whether a login with it was seen to work.
    pub proof: Proof,
}

/// Whether a stored target was seen to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The password was made up and written down before the role got it; phase 2 is not done.
    Pending,
    /// A login worked.
    Proved,
}

/// The file's form. The one place besides the application's `.env` where a password is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    format: u32,
    proof: Proof,
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside_container_url: Option<String>,
}

/// Reads the credentials file; none when there is none.
pub fn stored(path: &Path) -> Result<Option<Stored>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(FileError::new("read", path)(error).into()),
    };
    parse(&text).map(Some).ok_or_else(|| Error::Credentials { path: path.to_owned() })
}

/// Writes the credentials file, mode 0600 from its first moment on, also over one that was open to others.
pub(crate) fn store(path: &Path, stored: &Stored) -> Result<()> {
    let form = Form {
        format: FORMAT,
        proof: stored.proof,
        url: stored.target.expose().expose().to_owned(),
        inside_container_url: stored.inside_container.as_ref().map(|url| url.expose().expose().to_owned()),
    };
    let text = serde_json::to_string_pretty(&form).map_err(|_| Error::Credentials { path: path.to_owned() })?;
    files::create_private_folder(files::parent(path))?;
    close_to_others(path)?;
    files::replace(path, format!("{text}\n").as_bytes(), 0o600)?;
    Ok(())
}

fn parse(text: &str) -> Option<Stored> {
    let form: Form = serde_json::from_str(text).ok()?;
    let inside_container = match form.inside_container_url {
        Some(url) => Some(url.parse().ok()?),
        None => None,
    };
    (form.format == FORMAT).then_some(Stored { target: form.url.parse().ok()?, inside_container, proof: form.proof })
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    match fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(FileError::new("change the mode of", path)(error).into())
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path) -> Result<()> {
    Ok(())
}
