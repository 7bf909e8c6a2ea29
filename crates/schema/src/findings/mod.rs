//! Stable codes of everything that is not plain, each with its meaning and what the owner can do.

mod build;
mod code;
mod codes;
mod of_values;
mod settings;

pub(crate) use build::{Found, finding};
pub use code::Code;
pub use codes::CODES;
pub(crate) use codes::*;
pub(crate) use of_values::{code_of_change, code_of_reason};
pub(crate) use settings::Keys;

#[cfg(test)]
mod tests;
