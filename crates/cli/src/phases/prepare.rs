use std::path::{Path, PathBuf};

use autobot_backup::{Backup, BackupError, BackupExecutor, Facts, Options, Paths, SessionChanges, TableExport, plan};
use serde_json::{Value, json};

use super::application;
use super::decided::decided;
use crate::pipeline::{Listing, refuse_problems};
use crate::{Context, Desk, Exit, Failure, Result};

/// Phase 1: checks the source and takes the run's backup.
pub async fn prepare(desk: &mut Desk<'_>) -> Result<Value> {
    let context = desk.context();
    context.require_app()?;
    let facts = Facts::gather(&paths(context), &context.backups_root()).await.map_err(|error| named(error, context))?;
    let options = Options {
        refuse_orphans: false,
        refuse_running_writer: false,
        session_changes: SessionChanges::Warn,
        exports: vec![TableExport::bot_configs()],
    };
    let plan = plan(&facts, &options).map_err(|error| named(error, context))?;
    let folder = plan.steps.last().map(|step| step.change.folder().to_owned());
    desk.lay(plan, &mut BackupExecutor, name_error).await?;
    let Some(folder) = folder else { return Ok(Value::Null) };
    if !desk.assumes() {
        refuse_source(context, &folder).await?;
    }
    Ok(json!({ "backup": folder }))
}

/// Refuses a source that does not go over as it is, before anything of the application is changed: rows without a parent,
/// values that do not fit, 32 bits that are not enough. Without a readable schema.prisma that is left to phase 4.
async fn refuse_source(context: &Context, folder: &Path) -> Result<()> {
    let places = application::places(context, application::app_files_dir(folder), Vec::new());
    let Ok(files) = application::look(context, &places) else { return Ok(()) };
    let backup = Backup::open(folder).map_err(backup_failure)?;
    let source = backup.database().map_err(backup_failure)?;
    let mut rules = context.settings.rules.clone();
    if !context.settings.migrate.data {
        super::option_a::no_rows(&mut rules);
    }
    let decided = decided(context, &source, &files, &rules).await?;
    refuse_problems(context, &decided.looked, Listing::File)
}

/// The backup of this migration, which later phases read from.
pub fn frozen_backup(desk: &Desk<'_>) -> Result<Option<Backup>> {
    let recorded = desk.result_of(autobot_plan::Phase::Prepare);
    let folder = recorded.and_then(|result| result.get("backup")?.as_str().map(PathBuf::from));
    folder.map(|folder| Backup::open(&folder)).transpose().map_err(|error| named(error, desk.context()))
}

/// What is backed up.
pub fn paths(context: &Context) -> Paths {
    let app = &context.settings.app;
    let some = |path: &Path| Some(context.app(path));
    Paths {
        database: context.database(),
        env: some(&app.env),
        schema: some(&app.schema),
        migrations: some(&app.migrations),
        sessions: some(&app.sessions),
    }
}

fn named(error: BackupError, context: &Context) -> Failure {
    let (exit, hint) = name_error(&error);
    let source = context.database();
    Failure::new(exit, error, hint)
        .with_state(format!("nothing was changed; the source `{}` is as it was", source.display()))
}

/// The exit code and hint of an error of the backup.
pub fn name_error(error: &BackupError) -> (Exit, Option<String>) {
    let exit = match error {
        BackupError::Refused(refusals) if refusals.is_about_source() => Exit::Source,
        BackupError::Source(_) => Exit::Source,
        BackupError::Refused(_) => Exit::InTheWay,
        BackupError::Stopped { .. } => Exit::Interrupted,
        _ => Exit::Application,
    };
    (exit, error.hint())
}

/// An error of the backup as a failure.
pub fn backup_failure(error: BackupError) -> Failure {
    let (exit, hint) = name_error(&error);
    Failure::new(exit, error, hint)
}

/// Refuses to go on from a backup that the live database has moved on from: its newer rows would stay behind.
pub fn refuse_stale(context: &Context, backup: &Backup) -> Result<()> {
    if is_current(context, backup)? {
        return Ok(());
    }
    Err(Failure::line(
        Exit::InTheWay,
        format!("`{}` was written to since the backup of phase 1", context.database().display()),
        "stop the application and type `autobot migrate`, which takes a fresh backup (or `autobot phase 1`)",
    )
    .with_state("nothing was changed"))
}

/// True when the live database is as it was when the backup was made.
pub fn is_current(context: &Context, backup: &Backup) -> Result<bool> {
    let path = context.database();
    if !path.exists() {
        return Ok(true);
    }
    Ok(autobot_backup::SourceState::look(&path)? == backup.manifest().source)
}

/// True when phase 1 is done, phase 4 is not, and the live database has moved on since.
pub fn is_stale(context: &Context, state: &autobot_plan::State) -> Result<bool> {
    if state.is_done(autobot_plan::Phase::Migrate) {
        return Ok(false);
    }
    let prepared = state.phases.get(&autobot_plan::Phase::Prepare);
    let Some(folder) = prepared.and_then(|done| done.result.get("backup")?.as_str()) else { return Ok(false) };
    let backup = Backup::open(Path::new(folder)).map_err(backup_failure)?;
    Ok(!is_current(context, &backup)?)
}
