//! Opening SQLite (read-only) and PostgreSQL (pinned session), names, secrets, locks.
//!
//! Identifiers reach SQL only through the name types of this crate; secrets only through [`Secret`] and
//! [`TargetUrl`], which cannot be displayed or serialised in the clear. Knows no plan.

mod lock;
mod names;
mod secret;
mod source;
mod target;
mod target_url;

pub use lock::{LockError, WorkLock};
pub use names::{ColumnName, InvalidName, Name, QualifiedName, SchemaName, TableName, quote_literal};
pub use secret::Secret;
pub use source::{Access, Check, ServedBy, Snapshot, Source, SourceError};
pub use target::{Target, TargetError, advisory_lock, execute, explain, join_workers};
pub use target_url::{InvalidUrl, TargetUrl};
