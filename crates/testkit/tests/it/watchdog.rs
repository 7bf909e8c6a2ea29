//! A server that goes with its process, shown on a copy of this test binary that is killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use autobot_testkit as testkit;

/// Set in the copy, so that it waits to be killed.
const MARK: &str = "AUTOBOT_TESTKIT_WAIT_TO_BE_KILLED";

#[test]
fn a_killed_test_process_leaves_no_server_and_no_directory() {
    testkit::skip_without_postgres!();
    if std::env::var_os(MARK).is_some() {
        let dir = testkit::cluster().dir().parent().unwrap().display().to_string();
        println!("\nserver in {dir}");
        std::thread::sleep(Duration::from_mins(1));
        return;
    }
    let mut copy = Command::new(std::env::current_exe().unwrap())
        .args(["watchdog::a_killed_test_process_leaves_no_server_and_no_directory", "--exact", "--nocapture"])
        .env(MARK, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(copy.stdout.take().unwrap()).lines();
    let dir =
        lines.map_while(Result::ok).find_map(|line| line.strip_prefix("server in ").map(std::path::PathBuf::from));
    let dir = dir.expect("the copy says where its server is");
    let pid_file = std::fs::read_to_string(dir.join("server/data/postmaster.pid")).unwrap();
    let pid = pid_file.lines().next().unwrap().to_owned();
    assert!(alive(&pid));
    copy.kill().unwrap();
    copy.wait().unwrap();
    let began = Instant::now();
    while (dir.exists() || alive(&pid)) && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!dir.exists() && !alive(&pid), "{} is left", dir.display());
}

fn alive(pid: &str) -> bool {
    Command::new("kill").args(["-0", pid]).stderr(Stdio::null()).status().unwrap().success()
}
