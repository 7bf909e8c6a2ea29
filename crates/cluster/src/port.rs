//! TCP ports of this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use crate::{Result, files};

/// A port that nobody listens on at this moment.
pub(crate) fn free() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(files::failed("find a free port on", Path::new("127.0.0.1")))?;
    Ok(listener.port())
}

/// Whether a server could listen there now.
pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}
