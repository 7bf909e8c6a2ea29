//! What a caller decides about a new cluster.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::ClosedFolders;

/// How a new cluster is to be. No default: each field is the caller's decision.
pub struct ClusterOptions {
    /// The name of the superuser.
    pub superuser: String,
    /// The superuser's password; kept in `superuser.password`, mode 0600.
    pub password: String,
    /// How those who connect prove who they are.
    pub auth: Auth,
    /// The TCP port; none: a free one, chosen at the first start and kept from then on.
    pub port: Option<u16>,
    /// The folder of the Unix socket; none: `run` in the cluster's directory, where its path is short enough.
    pub socket_dir: Option<PathBuf>,
    /// Whether data has to survive a loss of power.
    pub durability: Durability,
    /// More settings for `postgresql.conf`, names and plain values.
    pub settings: Vec<(String, String)>,
    /// The account to run as when we are root; none: the first of [`crate::ACCOUNTS`] that exists.
    pub run_as: Option<String>,
    /// What is done about folders that the account cannot pass through.
    pub closed_folders: ClosedFolders,
}

/// How those who connect prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Auth {
    /// With a password, by SCRAM-SHA-256.
    Scram,
    /// Not at all: everybody on this machine is believed. For tests.
    Trust,
}

/// Whether data has to survive a loss of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Durability {
    /// Yes.
    Safe,
    /// No: nothing is synced. For tests, which are several times faster this way.
    Fast,
}

impl Auth {
    /// The word for `pg_hba.conf`.
    pub(super) fn method(self) -> &'static str {
        match self {
            Self::Scram => "scram-sha-256",
            Self::Trust => "trust",
        }
    }
}

impl Durability {
    pub(super) fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Safe => &[],
            Self::Fast => &[("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")],
        }
    }
}

/// Without the password.
impl fmt::Debug for ClusterOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClusterOptions")
            .field("superuser", &self.superuser)
            .field("auth", &self.auth)
            .field("port", &self.port)
            .field("socket_dir", &self.socket_dir)
            .field("durability", &self.durability)
            .field("settings", &self.settings)
            .field("run_as", &self.run_as)
            .field("closed_folders", &self.closed_folders)
            .finish_non_exhaustive()
    }
}
