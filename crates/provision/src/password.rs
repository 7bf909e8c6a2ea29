//! Passwords made up.

use autobot_db::Secret;
use rand::RngExt as _;
use rand::distr::Alphanumeric;

/// Letters and digits only, so that no URL, `.env` file or shell can misread it: 28 of 62 are 166 bits.
const LENGTH: usize = 28;

/// A password that nobody can guess, from the system's secure generator.
pub(crate) fn generate() -> Secret {
    Secret::new(rand::rng().sample_iter(Alphanumeric).take(LENGTH).map(char::from).collect::<String>())
}
