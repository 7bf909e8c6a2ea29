/// A schema that cannot be read or made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Reading the source's schema failed.
    #[error("failed to {doing} of the source")]
    Read {
        /// What was being done.
        doing: String,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// SQLite takes an empty name, PostgreSQL has no such thing.
    #[error("{thing} of `{of}` has an empty name, which PostgreSQL cannot hold")]
    Nameless {
        /// What has no name.
        thing: String,
        /// What it belongs to.
        of: String,
    },
    /// A statement of the schema failed on the target.
    #[error("failed to create {object}")]
    Create {
        /// What was being made.
        object: String,
        /// Why.
        #[source]
        source: Box<autobot_db::TargetError>,
    },
}

impl Error {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Read { .. } => Some("run `pragma integrity_check` on the file".to_owned()),
            Self::Nameless { .. } => Some("rename it in the source (`alter table … rename …`)".to_owned()),
            Self::Create { source, .. } => source.hint(),
        }
    }

    pub(crate) fn read(doing: impl Into<String>) -> impl Fn(rusqlite::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Read { doing: doing.clone(), source }
    }
}
