//! A private PostgreSQL server in a directory.
//!
//! Knows nothing of plans or databases: it finds PostgreSQL's programs ([`Programs`]), makes a data directory
//! ([`Cluster::init`]), starts and stops the server in it and says how it stands ([`State`]). The server is started
//! through `pg_ctl`, so it outlives this process.
//!
//! # What a cluster's directory holds
//!
//! | entry | what | when |
//! | --- | --- | --- |
//! | `data/` | PostgreSQL's data directory, mode 0700 | renamed from `data.part.…/` once complete |
//! | `data/autobot.conf` | the settings written by this crate, included by `postgresql.conf` | rewritten by each start |
//! | `log/` | `postgresql.log` (the server) and `pg_ctl.log` | appended to |
//! | `run/` | the Unix socket, where its path is short enough | while running |
//! | `cluster.json` | superuser's name, authentication, port | at init; port at the first start |
//! | `superuser.password` | mode 0600 | at init |
//!
//! # Run as root
//!
//! PostgreSQL refuses to run as root, so its programs then run as `postgres` (or one of [`ACCOUNTS`]) and own `data`,
//! `log` and `run`; each folder above them has to let that account through, see [`ClosedFolders`].

mod account;
mod cluster;
mod conf;
mod connection;
mod error;
mod files;
mod pidfile;
mod port;
mod process;
mod programs;

pub use account::{ACCOUNTS, ClosedFolders};
pub use cluster::{Auth, Cluster, ClusterOptions, Durability, Started, State, Stopped};
pub use connection::Connection;
pub use error::Error;
pub use programs::{Kind, Major, Programs, Search, Version};

/// What the operations of this crate give back.
pub type Result<T> = std::result::Result<T, Error>;
