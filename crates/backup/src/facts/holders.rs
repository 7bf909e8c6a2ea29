use std::path::Path;

use serde::{Deserialize, Serialize};

/// A program other than this one that has the database, or its `-wal`, open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its number; none where the system tells only that there is one.
    pub pid: Option<u32>,
    /// Its name.
    pub program: String,
    /// True when it can write.
    pub writes: bool,
}

/// Programs that have the database open, as far as the system tells this user.
pub(super) fn look(database: &Path) -> Vec<Holder> {
    by_system::look(database)
}

/// Linux names every open file of every process that belongs to the same user (all of them for root).
#[cfg(target_os = "linux")]
mod by_system {
    use std::fs::{self, Metadata};
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use super::Holder;
    use crate::facts::state::beside;

    pub(super) fn look(database: &Path) -> Vec<Holder> {
        let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
        let watched: Vec<(u64, u64)> = [database.to_owned(), beside(database, "-wal")]
            .iter()
            .filter_map(|path| fs::metadata(path).ok())
            .map(identity)
            .collect();
        let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
        processes
            .flatten()
            .filter_map(|process| process.file_name().to_str()?.parse::<u32>().ok())
            .filter(|pid| *pid != std::process::id())
            .filter_map(|pid| holder(pid, &watched))
            .collect()
    }

    /// The process as a holder; none when it has none of the files open, or ended meanwhile.
    fn holder(pid: u32, watched: &[(u64, u64)]) -> Option<Holder> {
        let mut holds = false;
        let mut writes = false;
        for opened in fs::read_dir(format!("/proc/{pid}/fd")).ok()?.flatten() {
            // Following the link gives the open file itself, also when its name is gone.
            let Ok(metadata) = fs::metadata(opened.path()) else { continue };
            if watched.contains(&(metadata.dev(), metadata.ino())) {
                holds = true;
                writes |= may_write(pid, &opened.file_name().to_string_lossy());
            }
        }
        let program = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default().trim().to_owned();
        holds.then_some(Holder { pid: Some(pid), program, writes })
    }

    /// The access mode that the file was opened with: the last octal digit of `flags` is 0 for reading only.
    fn may_write(pid: u32, descriptor: &str) -> bool {
        let info = fs::read_to_string(format!("/proc/{pid}/fdinfo/{descriptor}")).unwrap_or_default();
        let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
        flags.is_none_or(|flags| !matches!(flags.trim().bytes().last(), Some(b'0' | b'4')))
    }
}

/// Windows tells only that somebody has the file open, by refusing to open it for one alone.
#[cfg(windows)]
mod by_system {
    use std::fs::OpenOptions;
    use std::os::windows::fs::OpenOptionsExt;
    use std::path::Path;

    use super::Holder;

    /// `ERROR_SHARING_VIOLATION`.
    const SHARING_VIOLATION: i32 = 32;

    pub(super) fn look(database: &Path) -> Vec<Holder> {
        let alone = OpenOptions::new().read(true).share_mode(0).open(database);
        let held = alone.is_err_and(|error| error.raw_os_error() == Some(SHARING_VIOLATION));
        let holder = Holder { pid: None, program: "another program".to_owned(), writes: true };
        held.then_some(holder).into_iter().collect()
    }
}

/// Elsewhere nothing is known beyond the locks that SQLite itself respects.
#[cfg(not(any(target_os = "linux", windows)))]
mod by_system {
    use std::path::Path;

    use super::Holder;

    pub(super) fn look(_database: &Path) -> Vec<Holder> {
        Vec::new()
    }
}
