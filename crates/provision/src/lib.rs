//! The server: embedded, local, docker or existing; role, database, grants, tuning.
//!
//! Phase 2 and the server's part of phase 6. The four moves are [`Facts::gather`] (reads only), [`plan`] (pure),
//! [`Change`] and [`Provisioner`], the only writer. What phase 2 comes to is a [`Stored`] target with its password, in
//! the credentials file that [`stored`] reads back.
//!
//! Beside them: [`mod@dump`] (`pg_dump`, retention, restore), [`monitor`], [`tuning`], [`schedule`] and [`page`], the last
//! three pure functions that give text.

mod admin;
mod change;
mod compose;
mod credentials;
mod decide;
pub mod dump;
mod embedded;
mod error;
mod executor;
mod facts;
mod inspect;
mod language;
pub mod monitor;
mod options;
pub mod page;
mod password;
pub mod schedule;
mod scram;
pub mod tuning;

pub use change::Change;
pub use compose::Service;
pub use credentials::{Proof, Stored, stored};
pub use decide::plan;
pub use embedded::embedded_cluster;
pub use error::Error;
pub use executor::Provisioner;
pub use facts::{DatabaseFacts, Facts, ServerFacts};
pub use inspect::{Contents, Inspection, inspect};
pub use language::Language;
pub use options::{Docker, Embedded, Existing, Expect, Local, Options, Provider};

/// What the operations of this crate give back.
pub type Result<T> = std::result::Result<T, Error>;
