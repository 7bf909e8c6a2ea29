use super::*;

#[test]
fn a_running_server_is_read() {
    let text = "4711\n/srv/data\n1700000000\n54321\n/srv/run\n127.0.0.1\n  1234567         3\nready   \n";
    assert_eq!(parse(text), Some(PidFile { pid: 4711, port: Some(54321), ready: true }));
}

#[test]
fn a_starting_server_has_fewer_lines() {
    assert_eq!(parse("4711\n/srv/data\n1700000000\n"), Some(PidFile { pid: 4711, port: None, ready: false }));
    assert_eq!(parse(""), None);
    assert_eq!(parse("rubbish"), None);
}

#[cfg(unix)]
#[test]
fn another_program_with_the_pid_is_not_the_server() {
    assert!(!is_server(std::process::id(), Path::new("/")));
    assert!(!is_server(u32::MAX, Path::new("/")));
}
