//! The files of the checkout that are the same in every sample, and how files get their modes.

use std::fs;
use std::path::Path;

use crate::database;
use crate::error::Error;
use crate::options::SampleOptions;

/// Who may do what with a file; only Unix knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// 0644
    Plain,
    /// 0755
    Program,
    /// 0600
    Private,
}

/// A file of the test application, by its path in the checkout.
macro_rules! app {
    ($mode:ident, $path:literal) => {
        (Mode::$mode, $path, include_str!(concat!("../../../tests/autobot-app/", $path)))
    };
}

/// The application's own files. They have one home, `tests/autobot-app`, where the application can be installed and run.
const APPLICATION: &[(Mode, &str, &str)] = &[
    app!(Plain, ".gitignore"),
    app!(Plain, "docker-compose.yml"),
    app!(Plain, "package.json"),
    app!(Program, "start_serv.sh"),
    app!(Plain, "start_serv.bat"),
    app!(Plain, "server/.npmrc"),
    app!(Plain, "server/package.json"),
    app!(Plain, "server/package-lock.json"),
    app!(Plain, "server/prisma.config.js"),
    app!(Plain, "server/prisma/migrations/migration_lock.toml"),
    app!(Plain, "server/src/app.js"),
    app!(Plain, "server/src/auth.js"),
    app!(Plain, "server/src/bots.js"),
    app!(Plain, "server/src/cli-adapter.js"),
    app!(Plain, "server/src/clients.js"),
    app!(Plain, "server/src/database.js"),
    app!(Plain, "server/src/errors.js"),
    app!(Plain, "server/src/index.js"),
    app!(Plain, "server/src/messages.js"),
    app!(Plain, "server/src/paging.js"),
    app!(Plain, "server/src/reminders.js"),
    app!(Plain, "server/src/users.js"),
    app!(Plain, "server/src/whatsapp.js"),
];

/// What an installation has besides: its settings and its notes.
const INSTALLATION: &[(Mode, &str, &str)] = &[
    (Mode::Private, "server/.env", include_str!("../assets/env")),
    (Mode::Plain, "README.md", include_str!("../assets/README.md")),
];

const SCHEMA: &str = include_str!("../../../tests/autobot-app/server/prisma/schema.prisma");
const SCHEMA_WITH_EXTRAS: &str = include_str!("../assets/extras/schema.prisma");

/// Writes everything but the database and the sessions.
pub(crate) fn write(root: &Path, options: &SampleOptions) -> Result<(), Error> {
    for (mode, path, text) in APPLICATION.iter().chain(INSTALLATION) {
        file(&root.join(path), text.as_bytes(), *mode)?;
    }
    let prisma = root.join("server/prisma");
    let schema = if options.extras { SCHEMA_WITH_EXTRAS } else { SCHEMA };
    file(&prisma.join("schema.prisma"), schema.as_bytes(), Mode::Plain)?;
    for migration in database::migrations(options) {
        let path = prisma.join("migrations").join(migration.name).join("migration.sql");
        file(&path, migration.sql.as_bytes(), Mode::Plain)?;
    }
    Ok(())
}

/// Writes a new file, and the directories above it where they are missing.
pub(crate) fn file(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), Error> {
    if let Some(parent) = path.parent() {
        directory(parent)?;
    }
    let failed = |source| Error::Write { path: path.to_path_buf(), source };
    fs::write(path, bytes).map_err(failed)?;
    set_mode(path, mode).map_err(failed)
}

/// Makes a directory, and those above it where they are missing.
pub(crate) fn directory(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| Error::Directory { path: path.to_path_buf(), source })
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: Mode) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let bits = match mode {
        Mode::Plain => 0o644,
        Mode::Program => 0o755,
        Mode::Private => 0o600,
    };
    fs::set_permissions(path, fs::Permissions::from_mode(bits))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
fn set_mode(_path: &Path, _mode: Mode) -> std::io::Result<()> {
    Ok(())
}
