//! The application's files: .env, schema.prisma, migrations folder, and their exact undo.
//!
//! - *Look*: [`Facts::gather`] reads the files that [`Places`] names.
//! - *Decide*: [`configure`] (phase 3), [`migrations`] and [`client`] (phase 4), [`finish`] (phase 6) return plans of
//!   [`Change`]s.
//! - *Describe*: a change holds its diff, secrets covered. No secret is in a fact's `Debug`, a change or an outcome.
//! - *Do*: [`AppFiles`] applies and takes back. Before the first change of a file its bytes, mode and time go to
//!   [`Originals`]; what is moved aside goes to the run's backup too. Nothing of the application's is only deleted.

mod app_path;
mod archive;
mod change;
mod command;
mod diff;
mod disk;
mod env;
mod error;
mod executor;
mod facts;
mod originals;
mod places;
mod plans;
mod readme;
mod relocate;
mod schema;
mod secrets;
mod url_form;

#[cfg(test)]
mod fixture;

pub use app_path::AppPath;
pub use change::{ArchiveBy, Change, Moved};
pub use error::Error;
pub use executor::{AppFiles, generate_client};
pub use facts::{
    ArchivedFile, Baseline, ClientFacts, DatabaseFacts, EnvFile, Facts, MigrationsFacts, MoveFacts, OtherEnv,
};
pub use originals::{Kept, Original, Originals, Restored};
pub use places::Places;
pub use plans::{
    ArchiveOptions, ClientOptions, CommentedForm, ConfigureOptions, FinishOptions, GenerateClient, GivenFile,
    Migration, MigrationOptions, OnFailure, client, configure, finish, generate_command, migrations,
};
pub use readme::{BEGIN_MARKER, END_MARKER};
pub use schema::{ConfigFile, ConfigUrl, FieldChange, FoundBy, IndexWish, SchemaEdits, SchemaPlace, plan_indexes};
pub use url_form::{Pool, UrlForm, application_url};
