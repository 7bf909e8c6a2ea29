//! What can go wrong with a private server, each by name.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use crate::State;

/// A failed operation on PostgreSQL's programs or on a private server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// None of the places looked in holds all the programs wanted.
    #[error("no {wanted} found (looked for {} in: {})", .programs.join(", "), list(.looked))]
    ProgramsNotFound {
        /// What was wanted, such as "PostgreSQL server programs, version 15".
        wanted: String,
        /// The names of the programs that have to be there.
        programs: &'static [&'static str],
        /// Every folder looked in.
        looked: Vec<PathBuf>,
    },
    /// A program's answer to `--version` was not understood.
    #[error("`{}` does not say its version, but `{output}`", .program.display())]
    Version {
        /// The program asked.
        program: PathBuf,
        /// The first line of what it said.
        output: String,
    },
    /// PostgreSQL could not be fetched.
    #[error("failed to download PostgreSQL {version} into `{}`", .dir.display())]
    Download {
        /// The version asked for.
        version: String,
        /// Where it was to be unpacked.
        dir: PathBuf,
        /// What the download library says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A program could not be started at all.
    #[error("failed to run `{}`", .program.display())]
    Run {
        /// The program.
        program: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A program ran and failed.
    #[error("`{}` failed ({status}); its last words:\n{log}", .program.display())]
    Failed {
        /// The program.
        program: PathBuf,
        /// How it ended.
        status: ExitStatus,
        /// The last lines that it, and the server where one was starting, wrote.
        log: String,
    },
    /// Run as root, and there is no account that PostgreSQL could run as.
    #[error("no account to run PostgreSQL as: none of {} is in `/etc/passwd`", .looked.join(", "))]
    NoAccount {
        /// The names looked for.
        looked: Vec<String>,
    },
    /// A folder on the way is closed to the account that PostgreSQL runs as.
    #[error("account `{account}` cannot reach `{}`: `{}` has mode {mode:04o}", .wanted.display(), .closed.display())]
    Unreachable {
        /// The account.
        account: String,
        /// Where it has to go.
        wanted: PathBuf,
        /// The first folder that does not let it through.
        closed: PathBuf,
        /// That folder's permission bits.
        mode: u32,
    },
    /// The directory holds something that is not a cluster of ours.
    #[error("`{}` is not empty and holds no PostgreSQL cluster of autobot (found `{found}`)", .dir.display())]
    Occupied {
        /// The directory.
        dir: PathBuf,
        /// One thing found in it.
        found: String,
    },
    /// There is no cluster in the directory yet.
    #[error("`{}` holds no PostgreSQL cluster", .dir.display())]
    NotInitialized {
        /// The directory.
        dir: PathBuf,
    },
    /// The cluster was made by another major version.
    #[error("the cluster in `{}` is of PostgreSQL {cluster}, the programs in `{}` are of {programs}", .dir.display(), .bin_dir.display())]
    OtherMajor {
        /// The cluster's directory.
        dir: PathBuf,
        /// The major version that made it.
        cluster: u16,
        /// The programs' folder.
        bin_dir: PathBuf,
        /// The programs' major version.
        programs: u16,
    },
    /// The cluster's port is used by somebody else.
    #[error("port {port} on 127.0.0.1 is in use by another program")]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// A server that was starting did not come up.
    #[error("the server in `{}` did not come up ({state:?}); its last words:\n{log}", .dir.display())]
    NotReady {
        /// The cluster's directory.
        dir: PathBuf,
        /// How it stands.
        state: State,
        /// The last lines of its log.
        log: String,
    },
    /// A setting's name is not one that PostgreSQL could have.
    #[error("`{name}` is not the name of a PostgreSQL setting")]
    SettingName {
        /// The name.
        name: String,
    },
    /// A file could not be read, written or made.
    #[error("failed to {action} `{}`", .path.display())]
    File {
        /// What was tried: "read", "write", "create", ...
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// `cluster.json` does not hold what this version writes.
    #[error("failed to understand `{}`", .path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

impl Error {
    /// What the operator can do about it, where there is something to say.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::ProgramsNotFound { .. } => Some(
                "install PostgreSQL (Debian: `apt-get install postgresql`; Windows: `choco install postgresql15`) or name \
                 the folder that holds its programs"
                    .to_owned(),
            ),
            Self::Download { .. } => {
                Some("look at the network connection, or install PostgreSQL and run again".to_owned())
            }
            Self::NoAccount { .. } => {
                Some("make one with `useradd --system postgres`, or run as an ordinary user".to_owned())
            }
            Self::Unreachable { closed, account, .. } => Some(format!(
                "choose a directory that `{account}` can reach (such as one under `/var/lib` or `/srv`), or let it pass: \
                 `chmod o+x {}`",
                closed.display()
            )),
            Self::Occupied { .. } => Some("name an empty or a new directory for the server".to_owned()),
            Self::NotInitialized { .. } => Some("make it first: `autobot phase provision`".to_owned()),
            Self::OtherMajor { cluster, .. } => Some(format!("install PostgreSQL {cluster}, or name its programs' folder")),
            Self::PortTaken { port } => {
                Some(format!("stop the program that listens on port {port}, or give the server another port"))
            }
            _ => None,
        }
    }
}

fn list(paths: &[PathBuf]) -> String {
    if paths.is_empty() {
        return "no folder".to_owned();
    }
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
