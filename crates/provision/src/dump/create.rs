//! Making a backup.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use autobot_db::TargetUrl;
use autobot_plan::files::{self, FileError};
use autobot_plan::{Scope, Timestamp, Unit};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;
use tokio::process::Child;

use super::output::{finish, keep_last};
use super::retention::Backup;
use super::{BLOCK_BYTES, Manifest, PART, PREFIX, SUFFIX, Via, scan};
use crate::{Error, Result};

/// Plain SQL that any role can restore into any database. A table locked by somebody else is waited for, not for ever.
const PG_DUMP: &[&str] = &[
    "--format=plain",
    "--encoding=UTF8",
    "--no-owner",
    "--no-privileges",
    "--no-password",
    "--lock-wait-timeout=120000",
];

/// What to dump, and where to.
#[derive(Debug, Clone)]
pub struct DumpOptions {
    /// The database.
    pub target: TargetUrl,
    /// Whose `pg_dump`.
    pub via: Via,
    /// The folder of the backups.
    pub dir: PathBuf,
    /// The time for the backup's name.
    pub at: Timestamp,
}

/// Dumps the database into a new backup, reads it back, and only then gives it its name and its manifest.
///
/// Whatever fails on the way leaves no backup; a run that was killed leaves a `.part`, which counts as none.
pub async fn create(options: &DumpOptions, scope: &Scope<'_>) -> Result<Backup> {
    files::create_private_folder(&options.dir)?;
    let path = free_name(&options.dir, options.at);
    let part = Part::create(&path)?;
    let mut child = options.via.spawn("pg_dump", PG_DUMP, &options.target)?;
    drop(child.stdin.take());
    let words = keep_last(child.stderr.take());
    let streamed = stream(&mut child, &part, scope).await;
    if streamed.is_err() {
        let _ = child.kill().await;
    }
    let finished = finish("pg_dump", &mut child, words).await;
    let written = streamed?;
    finished?;

    let found = scan(&part.path, scope).await?;
    if found.sha256 != written {
        let reason = "what was read back is not what was written".to_owned();
        return Err(Error::Damaged { path: part.path.clone(), reason });
    }
    part.rename(&path)?;
    let manifest = Manifest::of(&path, options.at, options.target.to_string(), &found);
    manifest.write(&path)?;
    Ok(Backup { path, manifest: Some(manifest) })
}

/// Compresses what the program writes; gives the SHA-256 of the file.
async fn stream(child: &mut Child, part: &Part, scope: &Scope<'_>) -> Result<String> {
    let failed = |error: io::Error| Error::from(FileError::new("write", &part.path)(error));
    let hashed = Hashed { inner: &part.file, hasher: Sha256::new() };
    let mut encoder = GzEncoder::new(hashed, Compression::default());
    let Some(mut output) = child.stdout.take() else { return Err(failed(io::ErrorKind::BrokenPipe.into())) };
    let (mut block, mut done) = (vec![0; BLOCK_BYTES], 0);
    loop {
        if scope.stop.is_requested() {
            return Err(Error::Stopped { doing: "dumping the database" });
        }
        let read =
            output.read(&mut block).await.map_err(|source| Error::Run { program: "pg_dump".to_owned(), source })?;
        if read == 0 {
            break;
        }
        encoder.write_all(&block[..read]).map_err(failed)?;
        done += read as u64;
        scope.part("pg_dump", done, None, Unit::Bytes);
    }
    let hashed = encoder.finish().map_err(failed)?;
    part.file.sync_all().map_err(FileError::new("sync", &part.path))?;
    Ok(files::hex(&hashed.hasher.finalize()))
}

/// `autobot_20261124_020000.sql.gz`; a second one within a second gets a number.
fn free_name(dir: &Path, at: Timestamp) -> PathBuf {
    let time = at.compact();
    let plain = dir.join(format!("{PREFIX}{time}{SUFFIX}"));
    let numbered = (2..).map(|number| dir.join(format!("{PREFIX}{time}_{number}{SUFFIX}")));
    let taken = |path: &PathBuf| path.exists() || part_of(path).exists();
    std::iter::once(plain.clone()).chain(numbered).find(|path| !taken(path)).unwrap_or(plain)
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(PART);
    path.with_file_name(name)
}

/// A backup that is not one yet; removed with this value unless renamed.
struct Part {
    path: PathBuf,
    file: File,
}

impl Part {
    /// A dump holds everything, so nobody else may read it.
    fn create(backup: &Path) -> Result<Self> {
        let path = part_of(backup);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(FileError::new("create", &path))?;
        Ok(Self { path, file })
    }

    fn rename(self, backup: &Path) -> Result<()> {
        fs::rename(&self.path, backup).map_err(FileError::new("rename", &self.path))?;
        files::sync_folder(files::parent(backup))?;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After the rename there is nothing by this name any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// A file that is hashed while it is written.
struct Hashed<'a> {
    inner: &'a File,
    hasher: Sha256,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
