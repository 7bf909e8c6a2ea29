//! The docker provider: which service of the compose file is PostgreSQL, how to reach it, how to start it.

mod environment;
mod file;
mod forms;
mod ports;
mod runner;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use autobot_db::{Secret, TargetUrl};
use autobot_plan::files::FileError;

pub(crate) use runner::{Readiness, Runner};

use crate::{Docker, Error, Result};

/// The names that `docker compose` looks for, in its order.
const FILE_NAMES: &[&str] = &["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/// The PostgreSQL service of a compose file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The compose file.
    pub file: PathBuf,
    /// The service's name, which is its host name inside the compose network.
    pub name: String,
    /// The image.
    pub image: String,
    /// The host to connect to from this machine.
    pub host: String,
    /// The port published on this machine.
    pub port: u16,
    /// The port inside the container.
    pub inside_port: u16,
    /// `POSTGRES_USER`: the administrator.
    pub user: String,
    /// `POSTGRES_PASSWORD`.
    pub password: Option<Secret>,
    /// `POSTGRES_DB`.
    pub database: String,
}

impl Service {
    /// Reads the compose file and finds the service. Reads files only, runs nothing.
    pub fn find(docker: &Docker) -> Result<Self> {
        let path = find_file(docker)?;
        let text = std::fs::read_to_string(&path).map_err(FileError::new("read", &path))?;
        file::service(docker, &path, &text)
    }

    /// The administrator's login from this machine.
    pub fn admin(&self) -> TargetUrl {
        TargetUrl {
            host: self.host.clone(),
            port: self.port,
            user: self.user.clone(),
            password: self.password.clone(),
            database: self.database.clone(),
            schema: "public".to_owned(),
            ssl_mode: None,
            parameters: Vec::new(),
        }
    }

    /// The same target as a container beside the server's sees it.
    pub fn inside(&self, target: &TargetUrl) -> TargetUrl {
        TargetUrl { host: self.name.clone(), port: self.inside_port, ..target.clone() }
    }
}

fn find_file(docker: &Docker) -> Result<PathBuf> {
    if let Some(file) = &docker.compose_file {
        return Ok(docker.project_dir.join(file));
    }
    FILE_NAMES.iter().map(|name| docker.project_dir.join(name)).find(|path| path.is_file()).ok_or_else(|| {
        let looked = FILE_NAMES.iter().map(|name| (*name).to_owned()).collect();
        Error::NoComposeFile { dir: docker.project_dir.clone(), looked }
    })
}

/// Whether `docker compose`, run in the project's folder, takes this file without being told.
fn is_usual(docker: &Docker, file: &Path) -> bool {
    FILE_NAMES.iter().map(|name| docker.project_dir.join(name)).find(|path| path.is_file()).as_deref() == Some(file)
}
