//! A temporary directory whose server is stopped and which is removed when this process ends, however it ends.

use std::path::{Path, PathBuf};

/// Waits until our end of the pipe closes, which the system does for a process however it ends. Then SIGQUIT, which
/// makes PostgreSQL leave at once, and away with the directory.
///
/// Signals from the terminal are for the tests, not for it.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
read -r _ || true
pid=$(head -n 1 "$1/server/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && kill -QUIT "$pid" 2>/dev/null; then
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done
fi
rm -rf -- "$1"
"#;

/// Makes the directory, open to the account that PostgreSQL runs as, and sets the watchdog on it.
pub(crate) fn guarded_dir() -> PathBuf {
    let dir = tempfile::Builder::new().prefix("autobot-test-").tempdir().expect("a temporary directory").keep();
    open_to_all(&dir);
    watch(&dir);
    dir
}

#[cfg(unix)]
fn watch(dir: &Path) {
    use std::os::unix::process::CommandExt as _;
    use std::process::{Command, Stdio};

    let child = Command::new("/bin/sh")
        .args(["-c", SCRIPT, "watchdog"])
        .arg(dir)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    // Kept open, never waited for: its input closes when this process is gone.
    std::mem::forget(child.expect("a shell to watch over the test server"));
}

#[cfg(not(unix))]
fn watch(_dir: &Path) {}

#[cfg(unix)]
fn open_to_all(dir: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).expect("our own directory");
}

#[cfg(not(unix))]
fn open_to_all(_dir: &Path) {}
