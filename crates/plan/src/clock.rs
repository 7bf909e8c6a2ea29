use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp {
    /// Milliseconds since the epoch.
    pub unix_ms: i64,
}

impl Timestamp {
    /// The present moment.
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { unix_ms: i64::try_from(since.as_millis()).unwrap_or(i64::MAX) }
    }

    /// `20261124_195308`, UTC: the form of the plan's backup names.
    pub fn compact(self) -> String {
        self.format("%Y%m%d_%H%M%S")
    }

    /// `20261124195308`, UTC: the form of Prisma's migration folders.
    pub fn digits(self) -> String {
        self.format("%Y%m%d%H%M%S")
    }

    /// `2026-11-24T19:53:08.123Z`.
    pub fn rfc3339(self) -> String {
        self.format("%Y-%m-%dT%H:%M:%S%.3fZ")
    }

    fn format(self, form: &str) -> String {
        jiff::Timestamp::from_millisecond(self.unix_ms).unwrap_or_default().strftime(form).to_string()
    }
}
