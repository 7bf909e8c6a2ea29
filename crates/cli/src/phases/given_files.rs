//! The files that phase 6 writes: tuning, backup script, schedules, the README's page.

use std::path::{Path, PathBuf};

use autobot_appconfig::GivenFile;
use autobot_plan::Timestamp;
use autobot_provision::Language;
use autobot_provision::page::{PageOptions, page};
use autobot_provision::schedule::{
    Job, TimeOfDay, batch_script, cron_line, power_shell_script, shell_script, systemd_service, systemd_timer, task_xml,
};
use autobot_provision::tuning::{Disk, Machine, Share, System, fragment};
use autobot_report::Lang;

use super::stored_target;
use crate::settings::Provider;
use crate::{Context, Desk, Exit, Failure, Result};

/// Where the scripts go, as seen from the application.
const SCRIPTS: &str = "scripts/postgres";

/// The plan's major version, taken where no server was asked.
const SERVER_MAJOR: u16 = 15;

/// The files of this migration.
pub fn given_files(desk: &Desk<'_>, created: Timestamp) -> Result<Vec<GivenFile>> {
    let context = desk.context();
    let settings = &context.settings.finish;
    let mut files = Vec::new();
    if settings.tuning {
        let path = tuning_path(context);
        files.push(given(
            path,
            "postgresql.conf, computed for this machine",
            fragment(&machine(), language(context)),
            false,
        ));
    }
    if settings.schedule {
        files.extend(schedule_files(context, created)?);
    }
    Ok(files)
}

/// The README's page about PostgreSQL.
pub fn readme_section(desk: &Desk<'_>) -> Result<String> {
    let context = desk.context();
    let settings = &context.settings;
    let stored = stored_target(context)?;
    let target = stored.map_or_else(
        || {
            format!(
                "postgresql://{}@{}:{}/{}",
                settings.target.user, settings.target.host, settings.target.port, settings.target.database
            )
        },
        |stored| stored.target.to_string(),
    );
    let options = PageOptions {
        provider: match settings.target.provider {
            Provider::Embedded => "embedded",
            Provider::Local => "local",
            Provider::Docker => "docker",
            Provider::Existing => "existing",
        },
        target,
        role: settings.target.user.clone(),
        database: settings.target.database.clone(),
        backups: settings.backup.dir.display().to_string(),
        keep: settings.backup.keep,
        script: settings.finish.schedule.then(|| format!("{SCRIPTS}/backup_postgres.sh")),
        at: settings.finish.schedule_at.clone(),
        tuning: settings.finish.tuning.then(|| relative(context, &tuning_path(context))),
    };
    Ok(page(&options, language(context)))
}

fn schedule_files(context: &Context, created: Timestamp) -> Result<Vec<GivenFile>> {
    let settings = &context.settings;
    let at = TimeOfDay::parse(&settings.finish.schedule_at).ok_or_else(|| {
        let text = format!("`{}` is not a time of day", settings.finish.schedule_at);
        Failure::line(Exit::Settings, text, "write finish.schedule_at as \"02:00\"")
    })?;
    let dir = context.app(Path::new(""));
    let mut arguments =
        vec!["--app".to_owned(), dir.display().to_string(), "--yes".to_owned(), "--no-progress".to_owned()];
    if let Some(config) = &context.config {
        arguments.extend(["--config".to_owned(), config.display().to_string()]);
    }
    arguments.push("backup".to_owned());
    let job = Job {
        program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("autobot")),
        arguments,
        log: context.app(&settings.backup.dir).join("backup.log"),
        dir,
        at,
        user: std::env::var("USER").ok().filter(|user| !user.is_empty()),
    };
    let folder = context.app(Path::new(SCRIPTS));
    let script = folder.join("backup_postgres.sh");
    let file =
        |name: &str, what: &str, text: String, executable: bool| given(folder.join(name), what, text, executable);
    Ok(vec![
        file("backup_postgres.sh", "the backup script", shell_script(&job), true),
        file("backup_postgres.cmd", "the backup script for Windows", batch_script(&job), false),
        file("backup_postgres.ps1", "the backup script for PowerShell", power_shell_script(&job), false),
        file("crontab.txt", "the schedule for cron", cron_line(&job, &script), false),
        file("autobot-backup.service", "the service for systemd", systemd_service(&job), false),
        file("autobot-backup.timer", "the timer for systemd", systemd_timer(&job), false),
        file(
            "autobot-backup.xml",
            "the task for the Task Scheduler of Windows",
            task_xml(&job, &created.rfc3339()[..10]),
            false,
        ),
    ])
}

fn given(path: PathBuf, what: &str, text: String, executable: bool) -> GivenFile {
    GivenFile { path, what: what.to_owned(), text, executable }
}

fn tuning_path(context: &Context) -> PathBuf {
    let schema = context.app(&context.settings.app.schema);
    let folder = if schema.is_dir() { schema.as_path() } else { schema.parent().unwrap_or(Path::new(".")) };
    folder.join("postgresql.conf")
}

fn relative(context: &Context, path: &Path) -> String {
    path.strip_prefix(context.app(Path::new(""))).unwrap_or(path).display().to_string()
}

fn language(context: &Context) -> Language {
    if context.settings.lang == Lang::Es { Language::Spanish } else { Language::English }
}

/// This machine, as far as tuning needs it.
fn machine() -> Machine {
    let system = if cfg!(windows) {
        System::Windows
    } else if cfg!(target_os = "macos") {
        System::MacOs
    } else {
        System::Linux
    };
    Machine {
        memory_bytes: memory_bytes(),
        cores: std::thread::available_parallelism().map_or(2, |cores| u32::try_from(cores.get()).unwrap_or(2)),
        disk: Disk::Ssd,
        free_disk_bytes: None,
        system,
        share: Share::WithApplication,
        server_major: SERVER_MAJOR,
    }
}

/// Memory of this machine; 4 GiB, a modest machine, where the system does not say.
fn memory_bytes() -> u64 {
    const MODEST: u64 = 4 << 30;
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kib.map_or(MODEST, |kib| kib * 1024)
}
