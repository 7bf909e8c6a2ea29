use std::sync::Arc;

use tokio::sync::watch;

/// The operator's wish to stop, shared by everything that runs.
///
/// Asked for between changes and between batches; a change that is cut off is found by its probe on the next run.
#[derive(Debug, Clone)]
pub struct Stop {
    sender: Arc<watch::Sender<bool>>,
}

impl Stop {
    /// A wish that nobody has expressed yet.
    pub fn new() -> Self {
        Self { sender: Arc::new(watch::Sender::new(false)) }
    }

    /// Asks everything to stop.
    pub fn request(&self) {
        self.sender.send_replace(true);
    }

    /// True once someone asked.
    pub fn is_requested(&self) -> bool {
        *self.sender.borrow()
    }

    /// Completes when someone asks; never before.
    pub async fn requested(&self) {
        let mut receiver = self.sender.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = receiver.wait_for(|asked| *asked).await;
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}
