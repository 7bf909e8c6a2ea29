//! `.env.example`: the structure of `.env` without its secrets.

use autobot_db::Secret;

use super::edit::{Refusal, Wanted, set};
use crate::secrets::{Cover, covered};

/// The text of a new `.env.example`: comments and order of `file`, a placeholder for each secret, and `url` as `key`.
pub(crate) fn example_of(file: &[u8], key: &str, url: &Secret) -> Result<Vec<u8>, Refusal> {
    set(&covered(file, Cover::Placeholder), &Wanted { key, value: url, commented: Vec::new() })
}
