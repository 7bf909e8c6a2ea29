//! Finding PostgreSQL's programs.

mod download;
mod places;
#[cfg(test)]
mod tests;
mod version;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub use version::Version;

use crate::{Error, Result};

/// A folder with PostgreSQL's programs of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    bin_dir: PathBuf,
    version: Version,
}

/// Which programs have to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `initdb`, `pg_ctl`, `postgres`.
    Server,
    /// `pg_dump`, `psql`.
    Client,
}

/// Which major version will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Major {
    /// Whichever is found first.
    Any,
    /// This one only: a data directory belongs to one major version.
    Exactly(u16),
    /// This one or a later one: `pg_dump` refuses a server newer than itself.
    AtLeast(u16),
}

/// Where to look, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// A folder named by the operator: then nothing else will do.
    pub hint: Option<&'a Path>,
    /// The value of `PATH`, given by the caller because a library reads no environment.
    pub path_env: Option<&'a OsStr>,
    /// Which programs.
    pub kind: Kind,
    /// Which version.
    pub major: Major,
}

impl Programs {
    /// Finds the server programs: in `hint`, else along `path_env`, else where systems install them, highest version
    /// first.
    pub fn find(hint: Option<&Path>, path_env: Option<&OsStr>) -> Result<Self> {
        Self::search(&Search { hint, path_env, kind: Kind::Server, major: Major::Any })
    }

    /// Finds `pg_dump` and `psql` that can talk to a server of `server_major`.
    pub fn find_client(hint: Option<&Path>, path_env: Option<&OsStr>, server_major: u16) -> Result<Self> {
        Self::search(&Search { hint, path_env, kind: Kind::Client, major: Major::AtLeast(server_major) })
    }

    /// Finds the first folder that has what `search` asks for.
    ///
    /// A folder whose programs do not run is passed over, since a later one may be sound.
    pub fn search(search: &Search<'_>) -> Result<Self> {
        let mut looked = Vec::new();
        for dir in places::candidates(search) {
            if looked.contains(&dir) {
                continue;
            }
            looked.push(dir.clone());
            let Some(bin_dir) = places::complete(&dir, search.kind) else { continue };
            match version::of(&bin_dir.join(program_file(search.kind.programs()[0]))) {
                Ok(version) if search.major.accepts(version.major) => return Ok(Self { bin_dir, version }),
                Err(error) if search.hint.is_some() => return Err(error),
                _ => {}
            }
        }
        Err(Error::ProgramsNotFound { wanted: wanted(search), programs: search.kind.programs(), looked })
    }

    /// The folder.
    pub fn bin_dir(&self) -> &Path {
        &self.bin_dir
    }

    /// Their version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The path of one program, such as `pg_dump` (with `.exe` on Windows).
    pub fn path(&self, program: &str) -> PathBuf {
        self.bin_dir.join(program_file(program))
    }
}

impl Kind {
    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Server => &["postgres", "initdb", "pg_ctl"],
            Self::Client => &["pg_dump", "psql"],
        }
    }
}

impl Major {
    fn accepts(self, major: u16) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(wanted) => major == wanted,
            Self::AtLeast(least) => major >= least,
        }
    }
}

fn wanted(search: &Search<'_>) -> String {
    let kind = match search.kind {
        Kind::Server => "PostgreSQL server programs",
        Kind::Client => "PostgreSQL client programs",
    };
    match search.major {
        Major::Any => kind.to_owned(),
        Major::Exactly(major) => format!("{kind} of version {major}"),
        Major::AtLeast(major) => format!("{kind} of version {major} or later"),
    }
}

fn program_file(program: &str) -> String {
    format!("{program}{}", std::env::consts::EXE_SUFFIX)
}
