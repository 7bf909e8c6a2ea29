//! The stage: schemas of our own in the target, where tables are loaded, keyed and proved before anybody sees them.

mod nodelay;
mod prepare;
mod session;
mod state;

pub(crate) use prepare::{drop_stage, end_leftovers, prepare};
pub(crate) use session::Session;
pub(crate) use state::{Begun, StageState};

/// Schema of the target in which tables are loaded and proved.
pub const STAGE_SCHEMA: &str = "autobot_stage";

/// Schema beside it with the marks: what is loaded, for which fingerprint, and the rows set aside. Its own schema, so
/// that its tables cannot have the name of a table of the source.
pub const MARKS_SCHEMA: &str = "autobot_marks";

/// Schema of the rows set aside, published with the tables where there are any.
pub const QUARANTINE_SCHEMA: &str = "autobot_quarantine";
