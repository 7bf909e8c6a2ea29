//! The binary `autobot`: settings, the six phases, rendering, exit codes.
//!
//! Only this crate prints, reads the environment, prompts or exits.

#![allow(unreachable_pub, reason = "the library exists for its own binary and the test binary only")]

pub mod args;
mod context;
mod desk;
mod exit;
mod failure;
mod output;
mod render;
mod settings;

pub use context::Context;
pub use desk::Desk;
pub use exit::Exit;
pub use failure::{Failure, Result};
pub use output::Output;

use std::process::ExitCode;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
