//! Reading `postmaster.pid`, and telling a live server from what a killed one left.

#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

/// What a running server writes into its data directory.
///
/// Lines: pid, data directory, start time, port, socket directory, listen address, shared memory key, status
/// (`src/include/utils/pidfile.h` of PostgreSQL).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: u32,
    pub(crate) port: Option<u16>,
    pub(crate) ready: bool,
}

pub(crate) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("postmaster.pid")
}

/// The pid file's content; none when there is none or it is not (yet) readable.
pub(crate) fn read(data_dir: &Path) -> Option<PidFile> {
    parse(&fs::read_to_string(path(data_dir)).ok()?)
}

fn parse(text: &str) -> Option<PidFile> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pid = lines.first()?.parse::<i64>().ok()?;
    Some(PidFile {
        // A single-user backend writes its pid as a negative number.
        pid: u32::try_from(pid.abs()).ok()?,
        port: lines.get(3).and_then(|line| line.parse().ok()),
        ready: lines.get(7) == Some(&"ready"),
    })
}

/// Whether the process `pid` is alive and the server of `data_dir`.
///
/// A pid is used again after a restart of the machine, so being alive is not enough: on Linux the process has to be
/// called `postgres` and, where that can be read, to work in the data directory.
#[cfg(unix)]
pub(crate) fn is_server(pid: u32, data_dir: &Path) -> bool {
    if !is_alive(pid) {
        return false;
    }
    let proc = PathBuf::from(format!("/proc/{pid}"));
    if let Ok(name) = fs::read_to_string(proc.join("comm"))
        && !["postgres", "postmaster"].contains(&name.trim())
    {
        return false;
    }
    match (fs::read_link(proc.join("cwd")), fs::canonicalize(data_dir)) {
        (Ok(works_in), Ok(data_dir)) => works_in == data_dir,
        _ => true,
    }
}

/// Whether there is a process of that number.
#[cfg(unix)]
pub(crate) fn is_alive(pid: u32) -> bool {
    let Some(process) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) else { return false };
    matches!(rustix::process::test_kill_process(process), Ok(()) | Err(rustix::io::Errno::PERM))
}

/// Elsewhere PostgreSQL finds out by itself.
#[cfg(not(unix))]
pub(crate) fn is_alive(_pid: u32) -> bool {
    false
}

/// Elsewhere only a listening port tells: whether a server answers on the port of the pid file.
#[cfg(not(unix))]
pub(crate) fn is_server(_pid: u32, data_dir: &Path) -> bool {
    use std::net::{Ipv4Addr, SocketAddr, TcpStream};
    let Some(port) = read(data_dir).and_then(|file| file.port) else { return false };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, std::time::Duration::from_secs(2)).is_ok()
}
