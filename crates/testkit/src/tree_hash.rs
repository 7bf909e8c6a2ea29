//! One hash over everything in a directory.

use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// The SHA-256 over each entry's path, kind, mode, link target and content, in the order of their paths.
///
/// Times are left out. A directory that does not exist has a hash of its own, different from an empty one's.
pub fn tree_hash(dir: &Path) -> String {
    let mut hasher = Sha256::new();
    match fs::symlink_metadata(dir) {
        Ok(metadata) => add(&mut hasher, dir, Path::new("."), &metadata),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => hasher.update(b"absent"),
        Err(error) => panic!("`{}`: {error}", dir.display()),
    }
    hex(&hasher.finalize())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn add(hasher: &mut Sha256, path: &Path, shown: &Path, metadata: &Metadata) {
    let kind = metadata.file_type();
    field(hasher, shown.as_os_str().as_encoded_bytes());
    field(hasher, &mode(metadata).to_be_bytes());
    if kind.is_symlink() {
        field(hasher, b"link");
        field(hasher, read(path, fs::read_link(path)).as_os_str().as_encoded_bytes());
    } else if kind.is_dir() {
        field(hasher, b"dir");
        let mut names: Vec<_> = read(path, fs::read_dir(path)).map(|entry| read(path, entry).file_name()).collect();
        names.sort();
        for name in names {
            let below = path.join(&name);
            let metadata = read(&below, fs::symlink_metadata(&below));
            add(hasher, &below, &shown.join(&name), &metadata);
        }
    } else if kind.is_file() {
        field(hasher, b"file");
        field(hasher, &read(path, fs::read(path)));
    } else {
        field(hasher, b"special");
    }
}

/// Length first, so that no two different sequences of fields give the same bytes.
fn field(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

fn read<T>(path: &Path, result: std::io::Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("`{}`: {error}", path.display()))
}

#[cfg(unix)]
fn mode(metadata: &Metadata) -> u32 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.mode()
}

#[cfg(not(unix))]
fn mode(metadata: &Metadata) -> u32 {
    u32::from(metadata.permissions().readonly())
}
