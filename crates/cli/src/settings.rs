//! The settings file: every key, its default and its documentation live in `config/autobot.toml`.

mod load;
mod model;
mod password;

pub use load::load;
pub use model::{Provider, Settings, TargetSettings, UrlForm};
pub use password::password;

/// The settings file as it is shipped: the defaults, and the text that `autobot init` starts from.
pub const SHIPPED: &str = include_str!("../../../config/autobot.toml");

#[cfg(test)]
mod tests;
