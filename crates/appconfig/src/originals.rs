//! The application's files as they were: kept before the first change, put back byte for byte.

mod index;
mod restore;
mod store;

pub use index::{Kept, Original};
pub(crate) use restore::LATER_EDIT_ENDING;
pub use restore::Restored;
pub use store::Originals;

#[cfg(test)]
mod tests;
