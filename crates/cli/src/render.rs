//! Plans, events and findings for eyes and as data.

mod findings;
mod plan;
mod progress;

pub use findings::{findings_json, findings_text};
pub use plan::{Described, described};
pub use progress::Terminal;
