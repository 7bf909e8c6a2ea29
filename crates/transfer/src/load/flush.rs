use std::time::Duration;

use super::crew::Crew;
use crate::error::Error;

/// Time between two looks. A COPY at full speed fills the server's buffers for its log (16 MiB) in about 50 ms.
const EVERY: Duration = Duration::from_millis(15);

/// A load of less, by estimate, fills no segment of the log: it needs no session more.
const BYTES_MIN: u64 = 16 << 20;

/// Keeps the server's write-ahead log flushed during a load: a session of its own commits nothing, durably, whenever a
/// megabyte has gathered. Otherwise the sessions that load stop for a `fsync` at the end of each log segment and to write
/// full buffers, a fifth of the time of a COPY (measured by sampling their wait events). Never ends but by an error.
pub(super) async fn keep_flushed(crew: &Crew, bytes: &[u64]) -> Error {
    if bytes.iter().fold(0_u64, |sum, bytes| sum.saturating_add(*bytes)) < BYTES_MIN {
        return std::future::pending().await;
    }
    let mut session = match crew.session().await {
        Ok(session) => session,
        Err(error) => return error,
    };
    let sql = include_str!("flush/flush.sql");
    let mut done = session.run("set up the flushing session", "set synchronous_commit = local".to_owned()).await;
    while done.is_ok() {
        tokio::time::sleep(EVERY).await;
        done = session.run("flush the log of the server", sql.to_owned()).await;
    }
    done.err().unwrap_or(Error::Stopped)
}
