//! Deciding: pure functions from facts to plans, one for each moment at which files change.

mod client;
mod configure;
mod finish;
mod migrations;

pub use client::{ClientOptions, GenerateClient, OnFailure, client, generate_command};
pub use configure::{CommentedForm, ConfigureOptions, configure};
pub(crate) use configure::{example_text, refused, wanted};
pub use finish::{ArchiveOptions, FinishOptions, GivenFile, finish};
pub use migrations::{Migration, MigrationOptions, migrations};

#[cfg(test)]
mod tests;
