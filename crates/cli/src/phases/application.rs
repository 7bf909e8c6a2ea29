use std::path::{Path, PathBuf};

use autobot_appconfig::{AppFiles, Error, Facts, FieldChange, IndexWish, Places, SchemaEdits};
use autobot_catalog::{Finding, Rules};
use autobot_prisma::Schema;
use autobot_schema::{RuledField, ruled_fields};

use crate::settings::Settings;
use crate::{Context, Desk, Exit, Failure, Result};

/// Where the application's files are; `written` are those that phase 6 writes.
pub fn places(context: &Context, backup_dir: PathBuf, written: Vec<PathBuf>) -> Places {
    let app = &context.settings.app;
    let env = context.app(&app.env);
    let name = env.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Places {
        app_dir: context.app(Path::new("")),
        server_dir: context.app(&app.package),
        env_example: env.with_file_name(format!("{name}.example")),
        env,
        schema: Some(context.app(&app.schema)),
        readme: context.app(&app.readme),
        database: context.database(),
        backup_dir,
        written,
    }
}

/// Looks at the application's files.
pub fn look(context: &Context, places: &Places) -> Result<Facts> {
    context.require_app()?;
    Facts::gather(places).map_err(failure)
}

/// The executor for the application's files, which keeps originals in the run's backup.
pub fn files(desk: &Desk<'_>) -> Result<AppFiles> {
    Ok(AppFiles::new(originals_dir(desk)?))
}

/// Where this run keeps the originals; before phase 1 (on a describing desk) a place where there is nothing yet.
pub fn originals_dir(desk: &Desk<'_>) -> Result<PathBuf> {
    let backup = super::frozen_backup(desk)?;
    let folder = backup.map_or_else(|| desk.context().backups_root(), |backup| backup.folder().to_owned());
    Ok(app_files_dir(&folder))
}

/// Where the originals of the application's files are kept: in the run's folder, beside what its manifest lists.
pub fn app_files_dir(backup: &Path) -> PathBuf {
    backup.join("application")
}

/// What changes in schema.prisma besides the datasource: the plan's indexes, and fields that need another type.
pub fn schema_edits(settings: &Settings, field_changes: Vec<FieldChange>) -> SchemaEdits {
    let wish = |text: &String| {
        let (model, fields) = text.split_once('.')?;
        let fields = fields.split(',').map(|field| field.trim().to_owned()).collect();
        Some(IndexWish { model: model.to_owned(), fields })
    };
    SchemaEdits { indexes: settings.migrate.indexes.iter().filter_map(wish).collect(), field_changes }
}

/// The fields that the owner's rules give another type.
pub fn ruled(prisma: &Schema, rules: &Rules) -> Vec<FieldChange> {
    let change = |(model, field, scalar): RuledField| FieldChange { model, field, new_type: scalar.name().to_owned() };
    ruled_fields(prisma, rules).into_iter().map(change).collect()
}

/// The `Int` fields that hold more than 32 bits, as changes to `BigInt`; none unless the settings allow that.
pub fn widened(settings: &Settings, prisma: &Schema, findings: &[Finding]) -> Vec<FieldChange> {
    let change = |finding: &Finding| {
        let (table, column) = (finding.table.as_ref()?, finding.column.as_ref()?);
        let (model, field) = prisma.column(table.as_str(), column.as_str())?;
        Some(FieldChange { model: model.name.clone(), field: field.name.clone(), new_type: "BigInt".to_owned() })
    };
    let needs = findings.iter().filter(|finding| finding.code.ends_with("needs-bigint"));
    if settings.migrate.widen_integers { needs.filter_map(change).collect() } else { Vec::new() }
}

/// An error about the application's files as a failure.
pub fn failure(error: Error) -> Failure {
    let (exit, hint) = name_error(&error);
    Failure::new(exit, error, hint)
}

/// The exit code and hint of an error about the application's files.
pub fn name_error(error: &Error) -> (Exit, Option<String>) {
    (Exit::Application, error.hint())
}
