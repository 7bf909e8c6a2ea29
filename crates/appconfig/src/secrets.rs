//! What in an application's files must not be shown, and how it is shown without.

mod classify;
mod mask;

pub(crate) use mask::{Cover, covered, masked_env, masked_text};

#[cfg(test)]
mod tests;
