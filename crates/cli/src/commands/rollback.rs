use std::fmt::Display;
use std::path::{Path, PathBuf};

use autobot_appconfig::{AppFiles, Change};
use autobot_backup::{Backup, Kind};
use autobot_db::{Name, Target, advisory_lock};
use autobot_plan::{Entry, Executor, Journal, Outcome, Phase, State, Timestamp};
use autobot_report::{Lang, Words};
use serde_json::{Value, json};

use crate::phases::{app_files_dir, backup_failure, compare_now, files_failure, stored_target};
use crate::render::words;
use crate::{Context, Desk, Exit, Failure, Result};

/// Sections of the journal whose changes are effects on the application's files.
const FILE_SECTIONS: [&str; 4] = ["configure.files", "migrate.migrations", "migrate.client", "finish.files"];

/// `autobot rollback sqlite`, the plan's option 1: every file of the application as it was before, byte for byte.
///
/// PostgreSQL's rows are not deleted: they are set aside in a schema of their own, and what was written there since the
/// migration is said.
pub async fn sqlite(context: &Context, dry_run: bool) -> Result<Exit> {
    let state = Journal::read(&context.journal_path())?;
    let backup = backup_of(&state)?;
    let undone = changes(&state)?;
    if dry_run {
        let ids: Vec<&str> = undone.iter().rev().map(|(_, id, _)| id.as_str()).collect();
        let lines = |lang| planned(lang, &ids, &context.database(), backup.folder());
        let document = json!({ "outcome": "planned", "changes": lines(Lang::En) });
        context.output.result(&lines(context.lang()).join("\n"), &document);
        return Ok(Exit::Done);
    }
    if !context.output.confirm(words::ASK_ROLLBACK.to(context.lang())) {
        return Err(Failure::line(Exit::Interrupted, "not confirmed", "nothing was changed"));
    }
    let (_lock, mut journal) = context.begin()?;
    let since = written_since(context, &mut journal).await;
    // First, so that the archived copy can go: it may be the only good one until then.
    let mut notices = restore_database(context, &backup)?;
    let mut files = AppFiles::new(app_files_dir(backup.folder()));
    for (section, id, change) in undone.into_iter().rev() {
        files.undo(&change, &Outcome::line("")).await.map_err(files_failure)?;
        if let Change::WriteFile { file, .. } | Change::ArchiveDatabase { to: file, .. } = &change {
            remove_empty_folders(context, &file.path);
        }
        journal.write(Entry::Undone { section, id })?;
    }
    notices.extend(files.take_notices());
    notices.extend(restore_env(context, &backup)?);
    let aside = set_aside(context, journal.state()).await;
    journal.write(Entry::RolledBack { option: "sqlite".to_owned() })?;
    finish(context, &backup, &since, &aside, &notices);
    Ok(Exit::Done)
}

/// What would be taken back, a line each.
fn planned(lang: Lang, ids: &[&str], database: &Path, folder: &Path) -> Vec<String> {
    let undone = ids.iter().map(|id| words::TAKE_BACK.filled(lang, &[("change", id)]));
    let restored = words::RESTORE_FROM.filled(lang, &[("path", database.display()), ("folder", folder.display())]);
    let lines = undone.chain([restored, words::SET_ASIDE.to(lang).to_owned()]);
    lines.map(|line| format!("  - {line}")).collect()
}

fn finish(
    context: &Context,
    backup: &Backup,
    since: &Value,
    aside: &std::result::Result<Option<String>, String>,
    notices: &[String],
) {
    let lang = context.lang();
    let mut lines = vec![words::ROLLED_BACK.to(lang).to_owned()];
    lines.extend(notices.iter().cloned());
    lines.extend(since.get("summary").and_then(Value::as_str).map(str::to_owned));
    match aside {
        Ok(Some(schema)) => lines.push(words::KEPT_ASIDE.filled(lang, &[("schema", schema)])),
        Ok(None) => {}
        Err(why) => lines.push(words::ROWS_STAY.filled(lang, &[("why", why)])),
    }
    lines.push(words::GENERATE_NEXT.to(lang).to_owned());
    let document = json!({
        "outcome": "rolled_back", "option": "sqlite", "backup": backup.folder(), "notices": notices,
        "written_since": since, "postgresql_schema": aside.as_ref().ok().cloned().flatten(),
    });
    context.output.result(&lines.join("\n"), &document);
}

/// Takes away the folders that were made for a file of ours and are empty now: a rollback that was killed between the two
/// left them. A folder with anything in it stays.
fn remove_empty_folders(context: &Context, file: &Path) {
    let root = context.app(Path::new(""));
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != root && folder.starts_with(&root));
    for folder in folders {
        if folder.exists() && std::fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// The run's backup; without phase 1 there is nothing to go back to.
fn backup_of(state: &State) -> Result<Backup> {
    let done = state.phases.get(&Phase::Prepare);
    let folder = done.and_then(|done| done.result.get("backup")?.as_str().map(PathBuf::from));
    let Some(folder) = folder else {
        return Err(Failure::line(
            Exit::InTheWay,
            "there is nothing to roll back: phase 1 is not done",
            "`autobot status` shows what is done",
        ));
    };
    Backup::open(&folder).map_err(backup_failure)
}

/// The effects on the application's files, in the order in which they came to be.
fn changes(state: &State) -> Result<Vec<(String, String, Change)>> {
    let ours = state.changes.iter().filter(|change| FILE_SECTIONS.contains(&change.section.as_str()));
    ours.map(|record| {
        // A change that cannot be read cannot be taken back: that is never passed over.
        let change = serde_json::from_value(record.change.clone()).map_err(|error| {
            let hint =
                format!("the journal's change `{}` is of another version; use the autobot that wrote it", record.id);
            Failure::new(Exit::InTheWay, error, Some(hint))
        })?;
        Ok((record.section.clone(), record.id.clone(), change))
    })
    .collect()
}

/// Puts the database back where it is not as it was; what was there is kept aside.
fn restore_database(context: &Context, backup: &Backup) -> Result<Vec<String>> {
    let database = context.database();
    let untouched = database.exists()
        && autobot_backup::SourceState::look(&database).is_ok_and(|state| state == backup.manifest().source);
    if untouched {
        return Ok(Vec::new());
    }
    let restored = backup.restore_database(&database).map_err(backup_failure)?;
    Ok(kept(context.lang(), words::DATABASE_KEPT, &restored.kept_aside))
}

/// Puts `.env` back where undoing left another; what was there is kept aside.
fn restore_env(context: &Context, backup: &Backup) -> Result<Vec<String>> {
    let Ok(artefact) = backup.only(Kind::Environment) else { return Ok(Vec::new()) };
    let env = context.app(&context.settings.app.env);
    let restored = backup.restore_file(artefact, &env).map_err(backup_failure)?;
    Ok(kept(context.lang(), words::ENV_KEPT, &restored.kept_aside))
}

fn kept(lang: Lang, words: Words, paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| words.filled(lang, &[("path", path.display())])).collect()
}

/// What the application wrote to PostgreSQL since the migration, in words and per table.
async fn written_since(context: &Context, journal: &mut Journal) -> Value {
    if !journal.state().is_done(Phase::Migrate) {
        return Value::Null;
    }
    let desk = Desk::carrying_out(context, journal);
    match compare_now(&desk).await {
        Ok(report) if report.is_equal() => {
            json!({ "summary": words::NOTHING_SINCE.to(context.lang()) })
        }
        Ok(report) => {
            let tables: Vec<_> = report.tables.iter().filter(|table| !table.is_equal()).collect();
            let named: Vec<String> = tables
                .iter()
                .map(|table| {
                    let values: [(&str, &dyn Display); 2] =
                        [("table", &table.target), ("rows", &table.differences_count)];
                    words::ROWS_DIFFER.filled(context.lang(), &values)
                })
                .collect();
            json!({
                "summary": words::SINCE.filled(context.lang(), &[("tables", &named.join(", "))]),
                "tables": tables,
            })
        }
        Err(failure) => {
            json!({ "summary": words::SINCE_UNKNOWN.filled(context.lang(), &[("why", failure.error)]) })
        }
    }
}

/// Renames the application's schema, so that nothing is lost and a migration can begin anew. The name, or why not.
///
/// What a run was cut off in counts too: its publication may have been the last thing that the server did for it.
async fn set_aside(context: &Context, state: &State) -> std::result::Result<Option<String>, String> {
    if state.change("migrate.publish", "publish").is_none() {
        return Ok(None);
    }
    let Ok(Some(stored)) = stored_target(context) else { return Ok(None) };
    let words = |error: &dyn Display| error.to_string();
    let schema = Name::new(stored.target.schema.as_str()).map_err(|error| words(&error))?;
    let aside = format!("autobot_rolled_back_{}", Timestamp::now().compact());
    let name = Name::new(aside.as_str()).map_err(|error| words(&error))?;
    let mut session = Target::new(stored.target).connect().await.map_err(|error| words(&error))?;
    advisory_lock(&mut session).await.map_err(|error| words(&error))?;
    if !published(&mut session, &schema).await.map_err(|error| words(&error))? {
        return Ok(None);
    }
    let sql = format!(
        "begin; alter schema {0} rename to {1}; create schema {0}; grant usage on schema {0} to public; commit",
        schema.quoted(),
        name.quoted()
    );
    autobot_db::execute(&mut session, "set the rows aside", sql).await.map_err(|error| words(&error))?;
    Ok(Some(aside))
}

/// True when what was being published is there: the transaction that publishes drops the stage.
async fn published(session: &mut sqlx::PgConnection, schema: &Name) -> sqlx::Result<bool> {
    let sql = "select to_regnamespace($1) is null and exists (\
               select from pg_class join pg_namespace as space on space.oid = relnamespace \
               where nspname = $2 and relkind = 'r')";
    let asked = sqlx::query_scalar(sql).bind(autobot_transfer::STAGE_SCHEMA).bind(schema.as_str());
    asked.fetch_one(session).await
}
