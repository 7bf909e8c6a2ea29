use std::path::PathBuf;

/// One entry of an archive, as it was written or as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) what: What,
    /// Permission bits; zero for links, which have none of their own.
    pub(super) mode: u32,
    /// Seconds since 1970.
    pub(super) modified_s: u64,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Folder,
    File {
        size_bytes: u64,
        sha256: String,
    },
    Link {
        target: PathBuf,
    },
    /// Another name of a file that came before.
    HardLink {
        target: PathBuf,
    },
}

impl Entry {
    /// A file's entry, or a folder's.
    pub(super) fn new(path: PathBuf, what: What, header: &tar::Header) -> std::io::Result<Self> {
        let is_link = matches!(what, What::Link { .. } | What::HardLink { .. });
        let mode = if is_link { 0 } else { header.mode()? & 0o7777 };
        Ok(Self { path, what, mode, modified_s: header.mtime()? })
    }
}
