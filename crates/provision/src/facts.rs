//! Looking: what is there of a target already. Reads only.

mod database;
mod server;

pub(crate) use database::{database, rights, role};
pub(crate) use server::answers;

use std::path::PathBuf;

use autobot_db::TargetUrl;
use autobot_plan::Standing;
use serde::Serialize;

use crate::compose::Service;
use crate::inspect::inspect;
use crate::{Options, Provider, Result, Stored, stored};

/// What looking found.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The server.
    pub server: ServerFacts,
    /// What is on it; none where it does not run yet.
    pub database: Option<DatabaseFacts>,
    /// The target that phase 2 leads to, without its password; none where its port is not chosen yet.
    pub target: Option<TargetUrl>,
    /// What the operator should know, one line each.
    pub notes: Vec<String>,
}

/// What looking found of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerFacts {
    /// A private server.
    Embedded {
        /// The version of the programs found; none: they have to be downloaded.
        programs: Option<String>,
        /// Whether its data directory is made.
        made: bool,
        /// Whether it takes connections.
        running: bool,
        /// The account it runs as where that is not ours.
        account: Option<String>,
        /// Folders on the way to its directory that the account is let through.
        closed: Vec<PathBuf>,
    },
    /// A server reached over its administrator.
    Local,
    /// A service of a compose file.
    Docker {
        /// The service.
        service: Service,
        /// Whether it takes connections.
        running: bool,
    },
    /// A database that is only looked at.
    Existing,
}

/// What looking found on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DatabaseFacts {
    /// The role; none where the administrator's own is used.
    pub role: Option<Standing>,
    /// The database.
    pub database: Standing,
    /// The role's rights in it; none where role or database are not there yet.
    pub rights: Option<Standing>,
    /// The credentials file.
    pub credentials: Standing,
}

impl Facts {
    /// Looks at the provider's server and at the target on it, and refuses what cannot become one: not empty, wrong
    /// encoding, no rights, wrong password.
    pub async fn gather(options: &Options) -> Result<Self> {
        let known = stored(&options.credentials_file)?;
        match &options.provider {
            Provider::Existing(existing) => Self::existing(options, &existing.target, known.as_ref()).await,
            _ => Self::provided(options, known.as_ref()).await,
        }
    }

    async fn existing(options: &Options, target: &TargetUrl, known: Option<&Stored>) -> Result<Self> {
        let found = inspect(target).await?;
        found.check(options.expect)?;
        let same = known.is_some_and(|known| known.target == *target);
        let credentials = if same { Standing::AlreadySo } else { Standing::ToDo };
        let so = Standing::AlreadySo;
        Ok(Self {
            server: ServerFacts::Existing,
            database: Some(DatabaseFacts { role: None, database: so, rights: Some(so), credentials }),
            target: Some(target.clone()),
            notes: found.notes(),
        })
    }

    async fn provided(options: &Options, known: Option<&Stored>) -> Result<Self> {
        let (server, admin, running) = server::look(options).await?;
        let mut notes = Vec::new();
        let database = match &admin {
            Some(admin) if running => Some(database::standings(options, admin, known, &mut notes).await?),
            _ => None,
        };
        let target = admin.map(|admin| target_of(options, &admin, known));
        Ok(Self { server, database, target, notes })
    }
}

/// The application's target on the administrator's server, with the password where it is known.
pub(crate) fn target_of(options: &Options, admin: &TargetUrl, known: Option<&Stored>) -> TargetUrl {
    let mut target = admin.with_database(options.database.as_str());
    options.schema.as_str().clone_into(&mut target.schema);
    if options.role.as_str() == admin.user {
        return target;
    }
    options.role.as_str().clone_into(&mut target.user);
    target.password = options.password.clone().or_else(|| password_kept(&target, known));
    target
}

/// The password of the credentials file, when that is about the same role of the same server.
fn password_kept(target: &TargetUrl, known: Option<&Stored>) -> Option<autobot_db::Secret> {
    known.filter(|known| same_role(&known.target, target)).and_then(|known| known.target.password.clone())
}

/// Whether two targets are the same role of the same server.
pub(crate) fn same_role(one: &TargetUrl, other: &TargetUrl) -> bool {
    (&one.host, one.port, &one.user) == (&other.host, other.port, &other.user)
}
