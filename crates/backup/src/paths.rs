use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What is backed up. Everything but the database may be absent, on paper and on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paths {
    /// The SQLite database.
    pub database: PathBuf,
    /// The application's `.env`.
    pub env: Option<PathBuf>,
    /// `schema.prisma`, or a folder of `*.prisma` files.
    pub schema: Option<PathBuf>,
    /// Prisma's `migrations` folder.
    pub migrations: Option<PathBuf>,
    /// The folder of the WhatsApp sessions.
    pub sessions: Option<PathBuf>,
}
