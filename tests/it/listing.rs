//! What a directory holds, entry by entry, so that a difference has a name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use autobot_testkit::tree_hash;

/// Every file and link below a directory with a hash of mode, target and content. Times are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listing(pub(crate) BTreeMap<PathBuf, String>);

impl Listing {
    /// Everything below `root`, but for the entries named in `except` (relative to it).
    pub(crate) fn of(root: &Path, except: &[&str]) -> Self {
        let except: Vec<PathBuf> = except.iter().map(|name| root.join(name)).collect();
        let mut entries = BTreeMap::new();
        add(root, root, &except, &mut entries);
        Self(entries)
    }

    /// Fails the test with the names of what was added, removed and changed.
    #[track_caller]
    pub(crate) fn same_as(&self, before: &Self, when: &str) {
        let mut differences = Vec::new();
        for (path, hash) in &self.0 {
            match before.0.get(path) {
                None => differences.push(format!("added {}", path.display())),
                Some(known) if known != hash => differences.push(format!("changed {}", path.display())),
                Some(_) => {}
            }
        }
        let gone = before.0.keys().filter(|path| !self.0.contains_key(*path));
        differences.extend(gone.map(|path| format!("removed {}", path.display())));
        assert!(differences.is_empty(), "{when}: {differences:#?}");
    }
}

fn add(root: &Path, path: &Path, except: &[PathBuf], entries: &mut BTreeMap<PathBuf, String>) {
    if except.iter().any(|left_out| left_out == path) {
        return;
    }
    let metadata = fs::symlink_metadata(path).unwrap();
    if !metadata.is_dir() {
        entries.insert(path.strip_prefix(root).unwrap().to_owned(), tree_hash(path));
        return;
    }
    // A directory is an entry too: one that is left over, or whose mode changed, counts.
    entries.insert(path.strip_prefix(root).unwrap().join(""), mode(&metadata));
    for entry in fs::read_dir(path).unwrap() {
        add(root, &entry.unwrap().path(), except, entries);
    }
}

#[cfg(unix)]
fn mode(metadata: &fs::Metadata) -> String {
    use std::os::unix::fs::MetadataExt as _;
    format!("{:o}", metadata.mode())
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> String {
    String::new()
}
