//! Every word of the page, in both languages.

pub(crate) mod evidence;
mod plan;
pub(crate) mod words;

pub use plan::functional_in;
pub(crate) use plan::{CHECKLISTS, CRITERIA};

#[cfg(test)]
mod tests;
