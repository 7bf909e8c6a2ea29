//! Sample AutoBOT projects, from 60 KB to a million messages.
//!
//! [`make`] writes a whole checkout as a running AutoBOT leaves it behind: schema.prisma with its SQLite migrations,
//! `dev.db`, `.env`, WhatsApp sessions, docker-compose.yml, start scripts and the server's own source. The same
//! [`SampleOptions`] give the same bytes of every file, on every machine: there is no clock and no system randomness.
//!
//! The application's files are those of `tests/autobot-app`, included at compile time, so that the sample, the demo
//! and the end-to-end tests all run one and the same application.

mod checkout;
mod database;
mod dates;
mod error;
mod make;
mod options;
mod random;
mod sessions;
mod text;

pub use error::Error;
pub use make::{Sample, make};
pub use options::SampleOptions;
