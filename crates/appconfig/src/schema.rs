//! schema.prisma: where it is, and the edits that this program makes in it.

mod config;
mod edits;
mod locate;

pub(crate) use config::find as find_config;
pub use config::{ConfigFile, ConfigUrl};
pub(crate) use edits::parse;
pub use edits::{FieldChange, IndexWish, SchemaEdits, plan_indexes};
pub(crate) use locate::locate;
pub use locate::{FoundBy, SchemaPlace};

#[cfg(test)]
mod tests;
