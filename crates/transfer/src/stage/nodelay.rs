//! Small segments at once (`TCP_NODELAY`).
//!
//! The driver does not set it, and a COPY ends with two small writes in a row: without it the second waits until the
//! server acknowledges the first, which it delays for 40 ms. That is nothing for a large table and almost everything
//! for a small one (measured: 53 ms of 55). The driver does not give its socket away either, so it is found among the
//! open files of this process; where that is not possible nothing is lost but time.

/// Sets it on every TCP socket of this process.
#[cfg(target_os = "linux")]
pub(super) fn set_everywhere() {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};

    let Ok(us) = pidfd_open(getpid(), PidfdFlags::empty()) else { return };
    let Ok(files) = std::fs::read_dir("/proc/self/fd") else { return };
    let is_socket = |path: &std::path::Path| {
        std::fs::read_link(path).is_ok_and(|link| link.as_os_str().as_encoded_bytes().starts_with(b"socket:"))
    };
    for file in files.flatten().filter(|file| is_socket(&file.path())) {
        let Some(number) = file.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if let Ok(socket) = pidfd_getfd(&us, number, PidfdGetfdFlags::empty()) {
            // Other kinds of sockets do not have the option.
            let _ = rustix::net::sockopt::set_tcp_nodelay(&socket, true);
        }
    }
}

/// Where the socket cannot be found.
#[cfg(not(target_os = "linux"))]
pub(super) fn set_everywhere() {}
