use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A file or folder of the application: where it is, and how it is called in words and ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AppPath {
    /// Where it is.
    pub path: PathBuf,
    /// Relative to the application where it lies inside, with `/` on every system.
    pub shown: String,
}

impl AppPath {
    /// Names `path` as seen from the application's root.
    pub fn new(app_dir: &Path, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let shown = path.strip_prefix(app_dir).map_or_else(|_| slashed(&path), slashed);
        Self { path, shown }
    }

    /// A path below this one.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        Self { path: self.path.join(name), shown: format!("{}/{name}", self.shown) }
    }
}

impl fmt::Display for AppPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
