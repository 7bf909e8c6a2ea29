//! What phase 2 changes, as data.

use std::path::PathBuf;

use autobot_db::{Name, SchemaName};
use autobot_plan::{self as plan, Description};
use serde::{Deserialize, Serialize};

/// One effect of phase 2. Holds no password: the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Download PostgreSQL's programs.
    Download {
        /// Into this directory.
        dir: PathBuf,
    },
    /// Make the embedded server's data directory.
    MakeCluster {
        /// The server's directory.
        dir: PathBuf,
    },
    /// Start the embedded server.
    StartServer {
        /// The server's directory.
        dir: PathBuf,
    },
    /// Start the compose file's PostgreSQL and wait for its health.
    StartService {
        /// The compose file.
        file: PathBuf,
        /// The service.
        service: String,
    },
    /// Make the application's role.
    CreateRole {
        /// Its name.
        role: Name,
    },
    /// Make the application's database, UTF8.
    CreateDatabase {
        /// Its name.
        database: Name,
        /// Its owner.
        owner: Name,
    },
    /// Grant the role what it needs in the database.
    GrantRights {
        /// The database.
        database: Name,
        /// The schema.
        schema: SchemaName,
        /// The role.
        role: Name,
    },
    /// Prove the target by logging in, and keep its address and password.
    StoreCredentials {
        /// The credentials file.
        file: PathBuf,
        /// The target, without its password.
        target: String,
    },
}

impl plan::Change for Change {
    fn id(&self) -> String {
        match self {
            Self::Download { .. } => "download".to_owned(),
            Self::MakeCluster { .. } => "make_cluster".to_owned(),
            Self::StartServer { .. } => "start_server".to_owned(),
            Self::StartService { service, .. } => format!("start_service.{service}"),
            Self::CreateRole { role } => format!("create_role.{role}"),
            Self::CreateDatabase { database, .. } => format!("create_database.{database}"),
            Self::GrantRights { database, schema, role } => format!("grant_rights.{database}.{schema}.{role}"),
            Self::StoreCredentials { .. } => "store_credentials".to_owned(),
        }
    }

    fn describe(&self) -> Description {
        match self {
            Self::Download { dir } => {
                Description::line(format!("Download PostgreSQL's programs into `{}`", dir.display()))
            }
            Self::MakeCluster { dir } => Description {
                title: format!("Make a private PostgreSQL server in `{}`", dir.display()),
                detail: vec!["UTF8, SCRAM-SHA-256, listens on 127.0.0.1 only".to_owned()],
            },
            Self::StartServer { dir } => {
                Description::line(format!("Start the PostgreSQL server in `{}`", dir.display()))
            }
            Self::StartService { file, service } => Description {
                title: format!("Start service `{service}` of `{}`", file.display()),
                detail: vec![format!("docker compose up -d {service}"), "wait until it is healthy".to_owned()],
            },
            Self::CreateRole { role } => Description {
                title: format!("Create role `{role}`"),
                detail: vec!["may log in, is no superuser, password kept in the credentials file".to_owned()],
            },
            Self::CreateDatabase { database, owner } => Description {
                title: format!("Create database `{database}`"),
                detail: vec![format!("UTF8, owned by `{owner}`")],
            },
            Self::GrantRights { database, schema, role } => Description::line(format!(
                "Grant role `{role}` the rights it needs in schema `{schema}` of database `{database}`"
            )),
            Self::StoreCredentials { file, target } => Description {
                title: format!("Log in and keep the target in `{}`", file.display()),
                detail: vec![target.clone(), "version, encoding, rights and contents are checked first".to_owned()],
            },
        }
    }
}
