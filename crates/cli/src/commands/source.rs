use std::path::{Path, PathBuf};
use std::sync::Arc;

use autobot_db::{SchemaName, Target, TargetUrl};
use autobot_prisma::{Flavor, Schema, SourceFile};

use crate::args::{AssessLevel, SourceArgs};
use crate::phases::{ensure_server, stored_target};
use crate::pipeline::{Looked, Looking, by_rules, look, ruled_findings};
use crate::{Context, Exit, Failure, Result};

/// The SQLite file of a command: the one given, else the AutoBOT's.
pub fn source_path(context: &Context, args: &SourceArgs) -> PathBuf {
    args.source.clone().unwrap_or_else(|| context.database())
}

/// The target of a command: the one given, else the one that phase 2 made.
pub fn target_url(context: &Context) -> Result<TargetUrl> {
    if let Some(url) = crate::phases::given_target(context)? {
        return Ok(url);
    }
    match stored_target(context)? {
        Some(stored) => Ok(stored.target),
        None => Err(Failure::line(
            Exit::Arguments,
            "no target is named, and phase 2 has not made one",
            "give --target postgresql://user:password@host:5432/database",
        )),
    }
}

/// Looks at the source of a command by the settings' rules.
pub async fn look_at(context: &Context, args: &SourceArgs, schema: &str, assess: AssessLevel) -> Result<Looked> {
    let path = source_path(context, args);
    let rules = &context.settings.rules;
    let prisma = prisma_path(context, args).as_deref().map(read_prisma).transpose()?;
    let changed = prisma.as_ref().map(|prisma| ruled_findings(prisma, rules)).unwrap_or_default();
    let looking = Looking {
        source: &path,
        prisma: prisma.map(|prisma| by_rules(prisma, rules)).transpose()?,
        rules,
        schema: schema_name(schema)?,
        assess,
        check_pages: true,
        flavor: Flavor::default(),
        indexes: Vec::new(),
    };
    let mut looked = look(context, looking).await?;
    Arc::make_mut(&mut looked.migration).findings.extend(changed);
    Ok(looked)
}

/// The schema.prisma of a command: the one given, else the AutoBOT's where its own database is the source.
fn prisma_path(context: &Context, args: &SourceArgs) -> Option<PathBuf> {
    let own = || Some(context.app(&context.settings.app.schema)).filter(|path| args.source.is_none() && path.exists());
    args.prisma.clone().or_else(own)
}

/// The schema that tables are published in, as a name.
pub fn schema_name(schema: &str) -> Result<SchemaName> {
    SchemaName::new(schema).map_err(|error| Failure::new(Exit::Arguments, error, None))
}

/// The target, as something that sessions are opened on.
pub fn target(context: &Context) -> Result<Target> {
    let url = target_url(context)?;
    ensure_server(context)?;
    Ok(Target::new(url))
}

/// Reads schema.prisma: one file, or a folder of `.prisma` files.
pub fn read_prisma(path: &Path) -> Result<Schema> {
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        paths = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "prisma"));
        paths.sort();
    }
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        Ok(SourceFile { name: path.display().to_string(), text })
    };
    let files = paths.iter().map(read).collect::<Result<Vec<_>>>()?;
    Schema::parse(&files).map_err(|error| {
        let hint = error.hint();
        Failure::new(Exit::Application, error, hint)
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::line(
        Exit::Application,
        format!("failed to read `{}`: {error}", path.display()),
        "give the application's schema.prisma with --prisma FILE",
    )
}
