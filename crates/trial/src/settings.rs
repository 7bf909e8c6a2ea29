use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How the application's server is tried. Without a command that part is left to a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Program and arguments; empty: none.
    #[serde(default)]
    pub command: Vec<String>,
    /// Where it runs; relative to the application.
    pub dir: PathBuf,
    /// Environment variables it gets besides our own.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// The log line that says that it is ready holds this.
    pub ready: String,
    /// A log line that holds one of these is a failure.
    pub errors: Vec<String>,
    /// How long to wait for the ready line, in seconds.
    pub ready_timeout_s: u64,
    /// Where it answers; no slash at the end.
    pub base_url: String,
    /// A file with more variables and checks ([`ChecksFile`]); relative to the application.
    #[serde(default)]
    pub checks_file: Option<PathBuf>,
    /// Variables for the requests.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Requests, in order.
    #[serde(default)]
    pub check: Vec<Check>,
}

/// A file of variables and checks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChecksFile {
    /// Variables for the requests.
    pub variables: BTreeMap<String, String>,
    /// Requests, in order.
    pub check: Vec<Check>,
}

/// One request of the functional tests. `{{name}}` in path, headers, body and expected values is a variable, or what
/// an earlier check captured.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What it shows, for the report.
    pub name: String,
    /// The plan's group (`Test 1: Autenticación`).
    #[serde(default)]
    pub group: String,
    /// HTTP method.
    #[serde(default = "get")]
    pub method: String,
    /// Path below the server's address.
    pub path: String,
    /// Headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Body, sent as JSON.
    #[serde(default)]
    pub body: Option<toml::Value>,
    /// Expected status.
    #[serde(default = "ok")]
    pub expect_status: u16,
    /// Expected values by path into the JSON answer (`data.0.name`).
    #[serde(default)]
    pub expect: BTreeMap<String, toml::Value>,
    /// Values to remember: name, and path into the JSON answer.
    #[serde(default)]
    pub capture: BTreeMap<String, String>,
    /// Run last, whatever happened before: takes back what the tests wrote.
    #[serde(default)]
    pub cleanup: bool,
    /// Run once more after the restart.
    #[serde(default)]
    pub after_restart: bool,
}

fn get() -> String {
    "GET".to_owned()
}

fn ok() -> u16 {
    200
}
