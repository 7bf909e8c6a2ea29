//! Plans, events, findings and comparisons for eyes and as data.

mod comparison;
mod findings;
mod plan;
mod progress;
mod table;
pub mod words;

pub use comparison::{compared_text, copied_text, differences_text, row_text};
pub use findings::{findings_json, findings_text, notes_json, warnings_text};
pub use plan::{Described, described};
pub use progress::Terminal;
pub use table::table;
pub use words::{phase_text, phase_words};
