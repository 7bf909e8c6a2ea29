//! Moving a file or folder out of the application, and back: by rename, or across file systems by copy, comparison
//! and removal. Nothing is ever only deleted.

mod copy;
mod listing;
mod steps;

pub(crate) use copy::copy_checked;
pub(crate) use steps::{back, settle, standing, to_backup};

#[cfg(test)]
mod tests;
