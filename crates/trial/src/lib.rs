//! Trying the application: start its server, wait for its log line, drive its functional tests, stop it.
//!
//! The plan's phase 5 (sections 5.2 and 5.3): the server starts without a database error, answers the functional tests
//! over HTTP, keeps its data over a restart, and what the tests wrote is taken back.

mod check;
mod error;
mod path;
mod process;
mod settings;
mod template;
mod trial;

pub use check::{CheckResult, Checks};
pub use error::Error;
pub use process::ServerProcess;
pub use settings::{Check, ChecksFile, Server};
pub use trial::{Trial, try_application};
