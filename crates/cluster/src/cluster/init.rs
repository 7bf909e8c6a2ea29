//! Making a cluster.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use super::record::{self, FORMAT, Record};
use super::{Auth, Cluster, ClusterOptions, Durability, absolute, data_dir, log_dir};
use crate::account::{ClosedFolders, Runner};
use crate::files::{self, Access};
use crate::process::Invocation;
use crate::{Error, Programs, Result, conf};

/// The longest path of a Unix socket in bytes (`sun_path` on Linux is 108 with its ending NUL, 104 on macOS and BSD).
const SOCKET_PATH_BYTES_MAX: usize = 103;
/// The longest name a socket can have inside its folder, port 65535.
const SOCKET_NAME: &str = "/.s.PGSQL.65535";

/// The locales tried, in order: UTF-8 rules without a country, then none at all; both sort by code point.
const LOCALES: &[&str] = if cfg!(windows) { &["C"] } else { &["C.UTF-8", "C"] };

/// The beginning of the name of a data directory that is not whole yet.
const PART: &str = "data.part";

/// What may lie in a directory in which an earlier attempt was cut short.
const OURS: &[&str] = &[
    "data",
    "data.part",
    "log",
    "run",
    "cluster.json",
    "cluster.json.part",
    "superuser.password",
    "superuser.password.part",
];

impl Cluster {
    /// Makes a cluster in `dir`, or opens the one that is there already (whose own options then hold).
    ///
    /// Cut short at any moment and called again, it starts afresh: the data directory gets its name only once whole.
    pub fn init(dir: &Path, programs: Programs, options: &ClusterOptions) -> Result<Self> {
        if Self::is_initialized(dir) {
            return Self::open(dir, programs);
        }
        let dir = absolute(dir)?;
        check_unoccupied(&dir)?;
        let runner = Runner::choose(options.run_as.as_deref(), &data_dir(&dir))?;
        if options.closed_folders == ClosedFolders::Refuse {
            // Before anything is made.
            runner.reach(&dir, ClosedFolders::Refuse)?;
        }
        make_folders(&dir, &runner, options)?;
        runner.reach(programs.bin_dir(), options.closed_folders)?;

        let record = record_of(&dir, options);
        conf::text(record.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
        record::write(&dir, &record)?;
        let password = (options.auth == Auth::Scram).then(|| options.password.clone());
        if let Some(password) = &password {
            record::write_password(&dir, password)?;
        }
        make_data(&dir, &programs, &runner, options)?;
        Ok(Self { dir, programs, runner, record, password })
    }
}

/// Refuses a directory with anything in it that an earlier attempt of ours did not leave.
pub(super) fn check_unoccupied(dir: &Path) -> Result<()> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(files::failed("read", dir))?,
    };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let foreign = names.iter().find(|name| !OURS.contains(&name.as_str()) && !name.starts_with(PART));
    let unrecorded = names.iter().find(|name| *name == "data").filter(|_| !record::path(dir).exists());
    match foreign.or(unrecorded) {
        Some(found) => Err(Error::Occupied { dir: dir.to_owned(), found: found.clone() }),
        None => Ok(()),
    }
}

fn make_folders(dir: &Path, runner: &Runner, options: &ClusterOptions) -> Result<()> {
    files::create_dir(dir)?;
    // Now that it is there: the mode of a new folder depends on our umask.
    runner.reach(dir, options.closed_folders)?;
    let folders = [Some(log_dir(dir)), options.socket_dir.is_none().then(|| dir.join("run"))];
    for folder in folders.into_iter().flatten() {
        files::create_dir(&folder)?;
        runner.own(&folder)?;
    }
    Ok(())
}

fn record_of(dir: &Path, options: &ClusterOptions) -> Record {
    let socket_dir = options.socket_dir.clone().or_else(|| {
        let own = dir.join("run");
        let length = own.as_os_str().len() + SOCKET_NAME.len();
        (cfg!(unix) && length <= SOCKET_PATH_BYTES_MAX && own.to_str().is_some()).then_some(own)
    });
    Record {
        format: FORMAT,
        superuser: options.superuser.clone(),
        auth: options.auth,
        port: options.port,
        socket_dir,
        durability: options.durability,
        settings: options.settings.clone(),
    }
}

fn make_data(dir: &Path, programs: &Programs, runner: &Runner, options: &ClusterOptions) -> Result<()> {
    clear_parts(dir);
    // A name of its own: a killed run's `initdb` may still be writing.
    let part = dir.join(format!("{PART}.{}", std::process::id()));
    let password_file = log_dir(dir).join("initdb.password");
    let made = with_password_file(&password_file, runner, &options.password, || {
        initdb(&part, &password_file, programs, runner, options)
    });
    made?;
    let configuration = part.join("postgresql.conf");
    let mut file =
        OpenOptions::new().append(true).open(&configuration).map_err(files::failed("open", &configuration))?;
    file.write_all(conf::INCLUDE.as_bytes()).map_err(files::failed("write", &configuration))?;
    file.sync_all().map_err(files::failed("sync", &configuration))?;
    let data = data_dir(dir);
    fs::rename(&part, &data).map_err(files::failed("rename into place", &data))?;
    files::sync_folder_of(&data)
}

/// Removes what earlier attempts left, as far as nobody holds on to it; the next attempt tries again.
fn clear_parts(dir: &Path) {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PART)) {
        let _ = fs::remove_dir_all(entry.path());
    }
}

/// `initdb` takes the password from a file only, which it has to be able to read and nobody else.
fn with_password_file(path: &Path, runner: &Runner, password: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    files::replace(path, &format!("{password}\n"), Access::Private)?;
    let result = runner.own(path).and_then(|()| run());
    files::remove_if_there(path)?;
    result
}

fn initdb(
    part: &Path,
    password_file: &Path,
    programs: &Programs,
    runner: &Runner,
    options: &ClusterOptions,
) -> Result<()> {
    let mut last = None;
    for locale in LOCALES {
        files::remove_dir_if_there(part)?;
        make_private_dir(part, runner)?;
        let mut invocation = Invocation::new(programs.path("initdb"))
            .run_as(runner)
            .option("--pgdata", part)
            .option("--username", &options.superuser)
            .option("--pwfile", password_file)
            .option("--auth", options.auth.method())
            .option("--encoding", "UTF8")
            .option("--locale", locale)
            .arg("--no-instructions");
        if options.durability == Durability::Fast {
            invocation = invocation.arg("--no-sync");
        }
        match invocation.output() {
            Ok(_) => return Ok(()),
            Err(Error::Failed { program, status, log }) if log.contains("invalid locale") => {
                last = Some(Error::Failed { program, status, log });
            }
            Err(error) => return Err(error),
        }
    }
    last.map_or(Ok(()), Err)
}

/// `initdb` fills an empty folder of its own account; it could not make one in ours.
fn make_private_dir(path: &Path, runner: &Runner) -> Result<()> {
    files::create_dir(path)?;
    runner.own(path)
}
