//! `cluster.json` and `superuser.password`: what a later run has to know about a cluster.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Auth, Durability};
use crate::files::{self, Access};
use crate::{Error, Result};

/// The version of `cluster.json` that this code writes.
pub(super) const FORMAT: u32 = 1;

/// The decisions of the day the cluster was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) format: u32,
    pub(super) superuser: String,
    pub(super) auth: Auth,
    pub(super) port: Option<u16>,
    pub(super) socket_dir: Option<PathBuf>,
    pub(super) durability: Durability,
    pub(super) settings: Vec<(String, String)>,
}

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join("cluster.json")
}

fn password_path(dir: &Path) -> PathBuf {
    dir.join("superuser.password")
}

pub(super) fn read(dir: &Path) -> Result<Record> {
    let path = path(dir);
    serde_json::from_str(&files::read(&path)?).map_err(|source| Error::Record { path, source })
}

pub(super) fn write(dir: &Path, record: &Record) -> Result<()> {
    let path = path(dir);
    let text = serde_json::to_string_pretty(record).map_err(|source| Error::Record { path: path.clone(), source })?;
    files::replace(&path, &format!("{text}\n"), Access::Public)
}

/// None where the cluster asks for no password.
pub(super) fn read_password(dir: &Path) -> Result<Option<String>> {
    let path = password_path(dir);
    if path.exists() { files::read(&path).map(Some) } else { Ok(None) }
}

pub(super) fn write_password(dir: &Path, password: &str) -> Result<()> {
    files::replace(&password_path(dir), password, Access::Private)
}
