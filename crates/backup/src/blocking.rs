use tokio::runtime::{Handle, RuntimeFlavor};

/// Runs work that blocks without holding up the other tasks, where the runtime has threads to spare.
pub(crate) fn blocking<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current() {
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => tokio::task::block_in_place(work),
        _ => work(),
    }
}
