use std::io;
use std::path::PathBuf;

use autobot_plan::files::FileError;

/// What can go wrong with the application's files, with the file in each.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading or writing failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// A symbolic link leads to nothing.
    #[error("`{}` is a link to `{}`, which does not exist", path.display(), target.display())]
    DanglingLink {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A file that should be read whole is too large for that.
    #[error("`{}` is larger than {bytes_max} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        bytes_max: u64,
    },
    /// A file is not UTF-8.
    #[error("`{}` is not UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A `.env` file is UTF-16, in which dotenv finds nothing.
    #[error("`{}` is UTF-16, which the application cannot read", path.display())]
    EnvUtf16 {
        /// The file.
        path: PathBuf,
    },
    /// A `.env` file cannot be edited without changing the meaning of other lines.
    #[error("`{key}` cannot be set in `{}` without changing other values", path.display())]
    EnvUneditable {
        /// The file.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// The executor was not given the URL that a change writes.
    #[error("no database URL was given for `{}`", path.display())]
    NoUrl {
        /// The file.
        path: PathBuf,
    },
    /// There is no schema.prisma.
    #[error("no Prisma schema at `{}`", path.display())]
    SchemaMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// schema.prisma cannot be read or edited.
    #[error(transparent)]
    Schema(#[from] autobot_prisma::Error),
    /// The markers of our section are not a pair.
    #[error("the markers of the PostgreSQL section in `{}` are not one pair", path.display())]
    Markers {
        /// The file.
        path: PathBuf,
    },
    /// What was written is not what is read back.
    #[error("`{}` does not read back as written", path.display())]
    ReadBack {
        /// The file.
        path: PathBuf,
    },
    /// Moving failed.
    #[error("failed to move `{}` to `{}`", from.display(), to.display())]
    Move {
        /// From where.
        from: PathBuf,
        /// To where.
        to: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A copy differs from its source.
    #[error("`{}` changed while it was copied to `{}`", from.display(), to.display())]
    CopyDiffers {
        /// The source.
        from: PathBuf,
        /// The copy.
        to: PathBuf,
    },
    /// Something that has no content to copy.
    #[error("`{}` is neither a file, a folder nor a link", path.display())]
    NotCopyable {
        /// What.
        path: PathBuf,
    },
    /// The index of the originals cannot be read.
    #[error("the index of originals `{}` cannot be read", path.display())]
    IndexDamaged {
        /// The index.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The index of the originals was written by a newer program.
    #[error("the index of originals `{}` has format {found}", path.display())]
    IndexFormat {
        /// The index.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// A kept original is gone or damaged.
    #[error("the kept original `{}` is missing or damaged", path.display())]
    OriginalDamaged {
        /// The kept file.
        path: PathBuf,
    },
    /// A program could not be started.
    #[error("failed to start `{command}`")]
    Start {
        /// The command line.
        command: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Generating the client failed.
    #[error("`{command}` {ended}: {output}")]
    Generate {
        /// The command line.
        command: String,
        /// How it ended.
        ended: String,
        /// The last lines that it printed, secrets covered.
        output: String,
    },
}

impl Error {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::File(error) => return locked(&error.source),
            Self::Move { source, .. } => return locked(source),
            Self::Schema(error) => return error.hint(),
            Self::DanglingLink { .. } => "make the file that the link leads to, or remove the link",
            Self::NotText { .. } | Self::EnvUtf16 { .. } => "save it as UTF-8 in your editor, then run again",
            Self::EnvUneditable { .. } => "look for an unclosed quote in it, or set the key by hand",
            Self::SchemaMissing { .. } => "name it in the settings (`schema`), or give the right --app",
            Self::Markers { .. } => "leave one begin and one end marker in this order, or remove both",
            Self::CopyDiffers { .. } => "stop the application, then run again",
            Self::OriginalDamaged { .. } => "phase 1 made a copy of the file too: see the run's backup",
            Self::Start { .. } => "install Node.js, or run the line yourself where it is installed",
            Self::Generate { .. } => "run the line yourself to see all that it prints; `npm ci` may have to come first",
            Self::TooLarge { .. }
            | Self::NoUrl { .. }
            | Self::ReadBack { .. }
            | Self::NotCopyable { .. }
            | Self::IndexDamaged { .. }
            | Self::IndexFormat { .. } => return None,
        };
        Some(text.to_owned())
    }
}

/// Windows refuses to replace what a program has open; everywhere rights may be missing.
fn locked(error: &io::Error) -> Option<String> {
    /// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION` of Windows.
    const HELD: [i32; 2] = [32, 33];
    let held = cfg!(windows) && error.raw_os_error().is_some_and(|code| HELD.contains(&code));
    if held {
        return Some("stop the application (Node keeps the file open), then run again".to_owned());
    }
    match error.kind() {
        io::ErrorKind::PermissionDenied if cfg!(windows) => {
            Some("stop the application (Node may keep the file open) and check your rights, then run again".to_owned())
        }
        io::ErrorKind::PermissionDenied => Some("run as the user that owns the application's files".to_owned()),
        io::ErrorKind::StorageFull => Some("free some space, then run again".to_owned()),
        _ => None,
    }
}
