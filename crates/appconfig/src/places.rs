use std::path::{Path, PathBuf};

use crate::AppPath;

/// Where the application's files are. Relative paths are taken from `server_dir`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The checkout: what paths are shown relative to, and how far up `node_modules` is looked for.
    pub app_dir: PathBuf,
    /// The folder with `package.json`: where `npx prisma` is run.
    pub server_dir: PathBuf,
    /// The `.env` file.
    pub env: PathBuf,
    /// Its counterpart without secrets.
    pub env_example: PathBuf,
    /// The schema, where it is not left to Prisma's own rules: a file or a folder.
    pub schema: Option<PathBuf>,
    /// The README that gets a section on PostgreSQL.
    pub readme: PathBuf,
    /// The SQLite file.
    pub database: PathBuf,
    /// Files whose text phase 6 will be given (a script, a fragment of `postgresql.conf`).
    pub written: Vec<PathBuf>,
    /// The run's backup directory: where originals are kept and things are moved to. The same in every phase of a run.
    pub backup_dir: PathBuf,
}

impl Places {
    /// The layout of the plan: `server/.env`, `server/.env.example`, `server/prisma/dev.db`, `README.md`.
    pub fn of_plan(app_dir: &Path, backup_dir: &Path) -> Self {
        let server = app_dir.join("server");
        Self {
            app_dir: app_dir.to_owned(),
            env: server.join(".env"),
            env_example: server.join(".env.example"),
            schema: None,
            readme: app_dir.join("README.md"),
            database: server.join("prisma").join("dev.db"),
            written: Vec::new(),
            backup_dir: backup_dir.to_owned(),
            server_dir: server,
        }
    }

    /// Names a path as seen from the application.
    pub fn named(&self, path: impl AsRef<Path>) -> AppPath {
        AppPath::new(&self.app_dir, self.server_dir.join(path))
    }
}
