//! Running `docker compose`, or the older `docker-compose`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::process::Command;

use super::{Service, is_usual};
use crate::{Docker, Error, Result};

/// Long enough for pulling an image over a slow line.
const UP_LIMIT: Duration = Duration::from_mins(30);
/// For everything that only looks.
const LOOK_LIMIT: Duration = Duration::from_mins(1);
/// How often the state is looked at while waiting.
const POLL: Duration = Duration::from_millis(500);
/// How many log lines an error shows.
const LOG_LINES: &str = "30";

/// `docker compose` in a project's folder.
#[derive(Debug, Clone)]
pub(crate) struct Runner {
    docker: Docker,
    /// The program and the arguments that come before any verb.
    base: Vec<OsString>,
    /// The plain `docker`, where it is there.
    plain: Option<PathBuf>,
    service: Service,
}

/// How a service stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// Its container runs, and is healthy where it says so.
    Ready,
    /// It is on its way.
    Wait(String),
    /// There is no container, or it has ended.
    Down(String),
}

/// `State` of `docker inspect`.
#[derive(Deserialize)]
struct ContainerState {
    #[serde(rename = "Status")]
    status: String,
    #[serde(rename = "Health")]
    health: Option<Health>,
}

#[derive(Deserialize)]
struct Health {
    #[serde(rename = "Status")]
    status: String,
}

impl Runner {
    /// Finds out which of the two programs is there.
    pub(crate) async fn find(docker: &Docker, service: &Service) -> Result<Self> {
        let plain = on_path(docker, "docker");
        let mut bases: Vec<Vec<OsString>> = Vec::new();
        bases.extend(plain.clone().map(|docker| vec![docker.into(), "compose".into()]));
        bases.extend(on_path(docker, "docker-compose").map(|compose| vec![compose.into()]));
        for base in bases {
            let mut runner = Self { docker: docker.clone(), base, plain: plain.clone(), service: service.clone() };
            if runner.compose(&["version"], LOOK_LIMIT).await.is_ok() {
                if !is_usual(docker, &service.file) {
                    runner.base.extend(["-f".into(), service.file.clone().into()]);
                }
                return Ok(runner);
            }
        }
        Err(Error::NoDocker)
    }

    /// The plain `docker`, where it is there.
    pub(crate) fn plain(&self) -> Option<PathBuf> {
        self.plain.clone()
    }

    /// Starts the service: `docker compose up -d postgres`.
    pub(crate) async fn up(&self) -> Result<()> {
        self.compose(&["up", "-d", &self.service.name], UP_LIMIT).await.map(|_| ())
    }

    /// Stops the service; its data stays.
    pub(crate) async fn stop(&self) -> Result<()> {
        self.compose(&["stop", &self.service.name], UP_LIMIT).await.map(|_| ())
    }

    /// How the service's container stands now.
    pub(crate) async fn readiness(&self) -> Result<Readiness> {
        let Some(container) = self.container().await? else {
            return Ok(Readiness::Down("no container".to_owned()));
        };
        let Some(docker) = &self.plain else { return Ok(Readiness::Ready) };
        let args = [docker.into(), "inspect".into(), "--format".into(), "{{json .State}}".into(), container.into()];
        let output = self.run(&args, LOOK_LIMIT).await?;
        let Ok(state) = serde_json::from_str::<ContainerState>(output.trim()) else {
            return Ok(Readiness::Wait("unknown".to_owned()));
        };
        Ok(match (state.status.as_str(), state.health.as_ref().map(|health| health.status.as_str())) {
            ("running", None | Some("" | "none" | "healthy")) => Readiness::Ready,
            ("running", Some(health)) => Readiness::Wait(format!("running, {health}")),
            ("created" | "restarting", _) => Readiness::Wait(state.status),
            _ => Readiness::Down(state.status),
        })
    }

    /// Waits until the service is ready, as long as the settings allow.
    pub(crate) async fn wait_until_ready(&self) -> Result<()> {
        let began = Instant::now();
        loop {
            let state = match self.readiness().await? {
                Readiness::Ready => return Ok(()),
                Readiness::Wait(_) if began.elapsed() < self.docker.wait => {
                    tokio::time::sleep(POLL).await;
                    continue;
                }
                Readiness::Wait(state) | Readiness::Down(state) => state,
            };
            let (service, seconds) = (self.service.name.clone(), began.elapsed().as_secs());
            return Err(Error::NotHealthy { service, seconds, state, logs: self.logs().await });
        }
    }

    /// The id of the service's container, running or not.
    pub(crate) async fn container(&self) -> Result<Option<String>> {
        let output = self.compose(&["ps", "-a", "-q", &self.service.name], LOOK_LIMIT).await;
        // The older program does not know `-a`.
        let output = match output {
            Err(Error::Failed { .. }) => self.compose(&["ps", "-q", &self.service.name], LOOK_LIMIT).await?,
            other => other?,
        };
        Ok(output.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned))
    }

    /// The service's last log lines; empty when there are none to be had.
    pub(crate) async fn logs(&self) -> String {
        let args = ["logs", "--no-color", "--tail", LOG_LINES, &self.service.name];
        self.compose(&args, LOOK_LIMIT).await.unwrap_or_default()
    }

    async fn compose(&self, args: &[&str], limit: Duration) -> Result<String> {
        let all: Vec<OsString> = self.base.iter().cloned().chain(args.iter().map(OsString::from)).collect();
        self.run(&all, limit).await
    }

    async fn run(&self, args: &[OsString], limit: Duration) -> Result<String> {
        let mut command = Command::new(&args[0]);
        command.args(&args[1..]).current_dir(&self.docker.project_dir).stdin(Stdio::null()).kill_on_drop(true);
        if let Some(path) = &self.docker.path_env {
            command.env("PATH", path);
        }
        let shown = shown(args);
        let endless = |_| std::io::Error::new(std::io::ErrorKind::TimedOut, "it does not end");
        let output = tokio::time::timeout(limit, command.output()).await.map_err(endless);
        let output = output.flatten().map_err(|source| Error::Run { program: shown.clone(), source })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Error::Failed { command: shown, status: output.status, words })
    }
}

/// The command line as a person would type it.
fn shown(args: &[OsString]) -> String {
    let program = Path::new(&args[0]).file_stem().unwrap_or(&args[0]).to_string_lossy().into_owned();
    let rest = args[1..].iter().map(|arg| arg.to_string_lossy().into_owned());
    std::iter::once(program).chain(rest).collect::<Vec<_>>().join(" ")
}

fn on_path(docker: &Docker, program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = docker.path_env.as_deref()?;
    std::env::split_paths(path).map(|dir| dir.join(&name)).find(|file| file.is_file())
}
