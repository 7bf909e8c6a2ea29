use std::sync::{Arc, Mutex};

use autobot_catalog::{Evidence, Migration, SourceCatalog};
use autobot_db::{QualifiedName, Source, TableName, Target, TargetError};
use autobot_report::functional_in;
use autobot_verify::Report;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};

use super::access::try_access;
use super::checklist::{Tick, functional};
use super::server::{self, Trial};
use super::{frozen_backup, stored_target};
use crate::pipeline::{Looked, compare_with};
use crate::render::{compared_text, differences_text};
use crate::{Context, Desk, Exit, Failure, Result};

/// Phase 5: compares both sides, then tries the application.
pub async fn verify(desk: &mut Desk<'_>) -> Result<Value> {
    let context = desk.context();
    if desk.assumes() {
        desk.note(
            "verify.content",
            "compare every value of every table with the frozen copy, and keys, indexes, constraints and sequences",
        );
        desk.note("verify.users", "list the users (id, username, role), without their hashes");
        desk.note("verify.access", "write to each table with the application's own login, and take it back");
        desk.note("verify.server", server::describe(&context.settings.server));
        return Ok(Value::Null);
    }
    let (looked, target) = subject(desk)?;
    let before = compare(context, &looked, &target).await?;
    if !before.is_equal() {
        return Err(differ(context, &before));
    }
    context.output.say(compared_text(context.lang(), &before));
    let users = users(&target, &looked.migration).await?;
    let access = try_access(desk, &looked.migration).await?;
    let began = std::time::Instant::now();
    let server_command = context.settings.server.command.join(" ");
    let trial = server::run(context, &context.settings.server).await.map_err(|failure| {
        let why = failure.error.to_string();
        failure.with_details(json!({
            "server_failure": why, "server_command": server_command, "checklist": functional(None), "users": users,
            "verification": before, "access": access,
        }))
    })?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let ticks = functional(trial.as_ref());
    if let Some(failed) = trial.as_ref().and_then(Trial::failure) {
        return Err(failed.with_details(json!({
            "server": trial, "server_command": server_command, "checklist": ticks, "users": users, "verification": before, "access": access,
        })));
    }
    // What the tests wrote they take back; what is different now, the application wrote.
    let since = match &trial {
        None => None,
        Some(_) => Some(compare(context, &looked, &target).await?),
    };
    if let Some(report) = since.as_ref().filter(|report| !report.is_equal()) {
        for table in report.tables.iter().filter(|table| !table.is_equal()) {
            let text = format!(
                "the application changed `{}` while it was tried: {} differences",
                table.target, table.differences_count
            );
            autobot_plan::Observer::on(&context.terminal, &autobot_plan::Event::Warning { text });
        }
    }
    show(context, &ticks);
    Ok(json!({
        "equal": true,
        "verification": before,
        "users": users,
        "access": access,
        "server": trial,
        "server_command": server_command,
        "server_ms": trial.is_some().then_some(took_ms),
        "content_after_server": since,
        "checklist": ticks,
    }))
}

/// The frozen copy with what phase 4 decided, and the target.
fn subject(desk: &Desk<'_>) -> Result<(Looked, Target)> {
    let context = desk.context();
    let path = context.work_dir().join("migration.json");
    let text = std::fs::read(&path).map_err(autobot_plan::files::FileError::new("read", &path))?;
    let migration: Migration = serde_json::from_slice(&text).map_err(|error| {
        Failure::new(
            Exit::Application,
            error,
            Some(format!("`{}` is damaged; type `autobot phase 4` again", path.display())),
        )
    })?;
    let missing = || Failure::line(Exit::InTheWay, "there is no backup of phase 1", "type `autobot phase 1`");
    let backup = frozen_backup(desk)?.ok_or_else(missing)?;
    let database = backup.database().map_err(super::prepare::backup_failure)?;
    let stored = stored_target(context)?
        .ok_or_else(|| Failure::line(Exit::InTheWay, "phase 2 left no target", "type `autobot phase 2`"))?;
    let looked = Looked {
        source: Arc::new(Source::open(&database)?),
        catalog: SourceCatalog::default(),
        evidence: Evidence::default(),
        migration: Arc::new(migration),
        prisma: None,
        took_ms: 0,
        snapshot: Mutex::default(),
    };
    Ok((looked, Target::new(stored.target)))
}

/// Compares what the journal's migration left with the target as it is now.
pub async fn compare_now(desk: &Desk<'_>) -> Result<Report> {
    let (looked, target) = subject(desk)?;
    compare(desk.context(), &looked, &target).await
}

/// Compares the target's tables with the frozen copy.
async fn compare(context: &Context, looked: &Looked, target: &Target) -> Result<Report> {
    let schema = looked.migration.target.schema.clone();
    compare_with(context, looked, target, schema, context.settings.verify.level, false).await
}

fn differ(context: &Context, report: &Report) -> Failure {
    context.output.insist(differences_text(context.lang(), report));
    Failure::line(
        Exit::Differences,
        "PostgreSQL does not hold what SQLite held",
        "what the application wrote since phase 4 counts too; `autobot rollback sqlite` goes back",
    )
    .with_details(json!({ "verification": report }))
}

/// Users without hashes (plan section 5.1): of a table `User` with these columns, where there is one.
async fn users(target: &Target, migration: &Migration) -> Result<Vec<Value>> {
    let wanted = ["id", "username", "role"];
    let known = migration.tables.iter().find(|table| table.target.as_str() == "User");
    let has = |name: &str| known.is_some_and(|table| table.columns.iter().any(|column| column.target.as_str() == name));
    if !wanted.iter().all(|name| has(name)) {
        return Ok(Vec::new());
    }
    let table = TableName::new("User").map_err(|error| Failure::new(Exit::Bug, error, None))?;
    let name = QualifiedName { schema: migration.target.schema.clone(), table };
    let sql = format!("select id::text, username::text, role::text from {} order by 2 limit 1000", name.quoted());
    let mut session = target.connect().await?;
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut session).await;
    let rows = rows.map_err(TargetError::query("list the users"))?;
    let user = |row: &sqlx::postgres::PgRow| json!({ "id": row.get::<Option<String>, _>(0), "username": row.get::<Option<String>, _>(1), "role": row.get::<Option<String>, _>(2) });
    Ok(rows.iter().map(user).collect())
}

fn show(context: &Context, ticks: &[Tick]) {
    let lang = context.lang();
    let mut group = "";
    for tick in ticks {
        if tick.group != group {
            context.output.say(format!("  {}", functional_in(lang, &tick.group)));
            group = &tick.group;
        }
        context.output.say(format!("    [{}] {}", tick.state.mark(), functional_in(lang, &tick.line)));
    }
}
