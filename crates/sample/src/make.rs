//! A whole sample in one call.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::options::SampleOptions;
use crate::{checkout, database, sessions};

/// Where everything of a sample lies, and how much of it there is.
#[derive(Debug)]
pub struct Sample {
    /// The checkout, as given.
    pub root: PathBuf,
    /// `server/prisma/dev.db`.
    pub database: PathBuf,
    /// `server/prisma/schema.prisma`.
    pub schema: PathBuf,
    /// `server/prisma/migrations`.
    pub migrations: PathBuf,
    /// `server/.env`.
    pub env_file: PathBuf,
    /// `sessions`.
    pub sessions: PathBuf,
    /// Ids of the bots, oldest first; the first one is that of `admin`.
    pub bots: Vec<String>,
    /// Rows of every table by name, Prisma's bookkeeping included.
    pub rows: Vec<(String, u64)>,
}

impl Sample {
    /// Rows of one table; 0 when there is no such table.
    pub fn rows_of(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows)
    }
}

/// Writes a sample AutoBOT into `dir`, which must be empty or not exist yet.
///
/// Users can log in to the server as `admin` / `admin123`; all others have the password `secreto1`.
pub fn make(dir: &Path, options: &SampleOptions) -> Result<Sample, Error> {
    let rows = options.rows_of_bots();
    if options.bots == 0 && rows > 0 {
        return Err(Error::NoBots { rows });
    }
    refuse_full(dir)?;
    checkout::write(dir, options)?;
    let prisma = dir.join("server/prisma");
    let path = prisma.join("dev.db");
    let made = database::create(&path, options).map_err(|source| Error::Database { path: path.clone(), source })?;
    let sessions = dir.join("sessions");
    sessions::write(&sessions, &made.bots, options.seed)?;
    Ok(Sample {
        root: dir.to_path_buf(),
        database: path,
        schema: prisma.join("schema.prisma"),
        migrations: prisma.join("migrations"),
        env_file: dir.join("server/.env"),
        sessions,
        bots: made.bots,
        rows: made.rows,
    })
}

fn refuse_full(dir: &Path) -> Result<(), Error> {
    match fs::read_dir(dir).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(Error::NotEmpty { path: dir.to_path_buf() }),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Error::Directory { path: dir.to_path_buf(), source }),
    }
}
