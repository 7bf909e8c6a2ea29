use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::{Client, Method};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Check;
use crate::path::{as_text, at};
use crate::template::{fill, fill_json};

/// The longest time that one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// The plan's group.
    pub group: String,
    /// The check's name.
    pub name: String,
    /// Set when it failed: what was expected and what came, without the answer's content.
    pub failure: Option<String>,
    /// It ran after the restart.
    pub after_restart: bool,
}

/// Drives checks in order and remembers what they capture.
#[derive(Debug)]
pub struct Checks {
    client: Client,
    base_url: String,
    variables: BTreeMap<String, String>,
}

impl Checks {
    /// Checks against one server. No proxy of the environment takes part: the server is on this machine.
    pub fn new(base_url: &str, variables: BTreeMap<String, String>) -> Self {
        // The server is spoken to without TLS, but the client is not built without a provider. A second one is refused.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().timeout(REQUEST_TIMEOUT).build().unwrap_or_default();
        Self { client, base_url: base_url.trim_end_matches('/').to_owned(), variables }
    }

    /// Runs one check.
    pub async fn run(&mut self, check: &Check, after_restart: bool) -> CheckResult {
        let failure = self.failure(check).await.err();
        CheckResult { group: check.group.clone(), name: check.name.clone(), failure, after_restart }
    }

    async fn failure(&mut self, check: &Check) -> Result<(), String> {
        let method: Method = check.method.parse().map_err(|_| format!("`{}` is no HTTP method", check.method))?;
        let url = format!("{}{}", self.base_url, fill(&check.path, &self.variables));
        let mut request = self.client.request(method, url);
        for (name, value) in &check.headers {
            request = request.header(name, fill(value, &self.variables));
        }
        if let Some(body) = &check.body {
            let body = serde_json::to_value(body).map_err(|error| format!("the body is not JSON: {error}"))?;
            request = request.json(&fill_json(&body, &self.variables));
        }
        let answer = request.send().await.map_err(|error| format!("no answer: {}", error.without_url()))?;
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await.map_err(|error| format!("the answer broke off: {}", error.without_url()))?;
        if status != check.expect_status {
            return Err(format!("expected status {}, got {status}", check.expect_status));
        }
        if check.expect.is_empty() && check.capture.is_empty() {
            return Ok(());
        }
        let answer: Value = serde_json::from_slice(&bytes).map_err(|_| "the answer is not JSON".to_owned())?;
        self.compare(check, &answer)?;
        for (name, path) in &check.capture {
            let value = at(&answer, path).ok_or_else(|| format!("the answer has no `{path}`"))?;
            self.variables.insert(name.clone(), as_text(value));
        }
        Ok(())
    }

    fn compare(&self, check: &Check, answer: &Value) -> Result<(), String> {
        for (path, expected) in &check.expect {
            let expected = serde_json::to_value(expected).map_err(|error| error.to_string())?;
            let expected = fill_json(&expected, &self.variables);
            let found = at(answer, path).ok_or_else(|| format!("the answer has no `{path}`"))?;
            // A variable is text even where it stands for a number.
            if *found != expected && as_text(found) != as_text(&expected) {
                return Err(format!("`{path}` is not what was expected"));
            }
        }
        Ok(())
    }
}
