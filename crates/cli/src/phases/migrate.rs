use std::time::Duration;

use autobot_appconfig::{ClientOptions, GenerateClient, Migration, MigrationOptions, OnFailure, client, migrations};
use autobot_backup::Backup;
use autobot_db::Target;
use autobot_plan::files as durable;
use autobot_prisma::{Flavor, migration_directory};
use autobot_schema::{prisma_baseline, prisma_migration_sql};
use autobot_transfer::ExtraSql;
use serde_json::{Value, json};

use super::application::{self, app_files_dir, look as look_at_files, name_error, places};
use super::configure::files_for_postgres;
use super::decided::{Decided, decided, flavor_of};
use super::{frozen_backup, stored_target};
use crate::args::Level;
use crate::pipeline::{Carried, Listing, LoadTarget, Looked, carry_over, refuse_problems, tables};
use crate::render::{compared_text, warnings_text};
use crate::reporting::{filtered, skipped};
use crate::{Context, Desk, Exit, Failure, Result};

/// How long `npx prisma generate` may take.
const GENERATE_TIMEOUT: Duration = Duration::from_mins(5);

/// Phase 4: schema and rows.
pub async fn migrate(desk: &mut Desk<'_>) -> Result<Value> {
    let context = desk.context();
    let backup = frozen_backup(desk)?;
    let source = if let Some(backup) = &backup {
        backup.database().map_err(super::prepare::backup_failure)?
    } else {
        desk.note("migrate.source", "assuming that phase 1 copies the database; the live file is looked at now");
        context.database()
    };
    if let (Some(backup), false) = (&backup, desk.assumes()) {
        super::prepare::refuse_stale(context, backup)?;
    }
    let folder = backup.as_ref().map_or_else(|| context.backups_root(), |backup| backup.folder().to_owned());
    let places = places(context, app_files_dir(&folder), Vec::new());
    let facts = look_at_files(context, &places)?;
    let mut rules = context.settings.rules.clone();
    if !context.settings.migrate.data {
        super::option_a::no_rows(&mut rules);
        desk.note("migrate.data", "option A of the plan: the schema only, no rows");
    }
    let listing = if desk.assumes() { Listing::None } else { Listing::File };
    let flavor = flavor_of(&facts);
    let Decided { looked, edits } = decided(context, &source, &facts, &rules).await?;
    context.output.say(warnings_text(&looked.migration.findings));
    refuse_problems(context, &looked, listing)?;
    if !edits.field_changes.is_empty() {
        files_for_postgres(desk, edits).await?;
    }

    let migration = baseline_migration(backup.as_ref(), &facts, &looked, flavor)?;
    let options = MigrationOptions { move_old: true, migration: Some(migration.clone()) };
    let mut files = application::files(desk)?;
    desk.lay(migrations(&facts, &options), &mut files, name_error).await?;

    let carried = carry(desk, &looked, &migration).await?;

    let facts = look_at_files(context, &places)?;
    desk.lay(client(&facts, &client_options(context)), &mut files, name_error).await?;
    // A description keeps nothing, not even what was decided.
    let Some(carried) = carried.filter(|_| !desk.assumes()) else { return Ok(Value::Null) };
    keep_migration(context, &looked)?;
    if let Some(report) = &carried.report {
        context.output.say(compared_text(context.lang(), report));
    }
    Ok(json!({
        "tables": tables(&carried),
        "skipped": skipped(&looked.migration),
        "filtered": filtered(&looked.migration),
        "server_version": format!("PostgreSQL {}", carried.server_version),
        "findings": looked.migration.findings,
        "migration": migration.name,
        "assessment_ms": looked.took_ms,
        "transfer": carried.transfer,
        "verification": carried.report,
        "behaviour": carried.behaviour,
    }))
}

/// Loads, proves and publishes; only describes where there is no target yet.
async fn carry(desk: &mut Desk<'_>, looked: &Looked, migration: &Migration) -> Result<Option<Carried>> {
    let Some(stored) = stored_target(desk.context())? else {
        let rows: u64 = looked.migration.tables.iter().filter_map(|table| table.rows).sum();
        let tables = looked.migration.tables.len();
        desk.note("migrate.load", format!("assuming that phase 2 provides an empty target: copy {rows} rows of {tables} tables, prove and publish them"));
        return Ok(None);
    };
    let schema = &looked.migration.target.schema;
    let extra = vec![ExtraSql {
        doing: format!("write the Prisma baseline {}", migration.name),
        apply: prisma_baseline(schema, &migration.name, migration.sql.as_bytes()).join(";\n"),
        // The table goes with the others when a publication is taken back.
        undo: format!("drop table if exists {}.\"_prisma_migrations\"", schema.quoted()),
    }];
    let target = LoadTarget {
        database: Target::new(stored.target),
        extra,
        level: Level::Content,
        batches: desk.context().settings.migrate.batches,
        statistics: desk.context().settings.migrate.statistics,
    };
    Box::pin(carry_over(desk, looked, &target)).await.map(Some)
}

/// The new migration: what Prisma's own engine would write, under the name that a run before this one gave it.
fn baseline_migration(
    backup: Option<&Backup>,
    facts: &autobot_appconfig::Facts,
    looked: &Looked,
    flavor: Flavor,
) -> Result<Migration> {
    let Some(prisma) = &looked.prisma else { return Err(Failure::line(Exit::Bug, "no schema.prisma", "")) };
    let sql = prisma_migration_sql(prisma, flavor, &looked.migration).map_err(|error| {
        let hint = error.hint();
        Failure::new(Exit::Application, error, hint)
    })?;
    // The time of the backup: the same in every run of one migration.
    let at = backup.map_or_else(autobot_plan::Timestamp::now, |backup| backup.manifest().created_at);
    let seconds = u64::try_from(at.unix_ms / 1000).unwrap_or_default();
    let fresh = migration_directory(seconds).map_err(|error| Failure::new(Exit::Bug, error, None))?;
    Ok(Migration { name: facts.migrations.baseline_name(&sql, &fresh), sql })
}

fn client_options(context: &Context) -> ClientOptions {
    let settings = &context.settings.migrate;
    let generate = if settings.generate {
        GenerateClient::Npx { timeout: GENERATE_TIMEOUT, on_failure: OnFailure::Warn }
    } else {
        GenerateClient::ByHand
    };
    ClientOptions { move_generated: settings.move_generated_clients, move_package: false, generate }
}

/// Keeps what was decided: phase 5 compares by the same rules, also next month.
fn keep_migration(context: &Context, looked: &Looked) -> Result<()> {
    let path = context.work_dir().join("migration.json");
    let text = serde_json::to_vec_pretty(&*looked.migration).unwrap_or_default();
    if std::fs::read(&path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    Ok(durable::replace(&path, &text, 0o600)?)
}
