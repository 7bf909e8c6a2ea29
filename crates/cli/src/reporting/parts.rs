use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use autobot_backup::{Backup, Form, Kind};
use autobot_plan::{Phase, State};
use autobot_report::{
    BackupFile, Bilingual, Check, CheckState, Level, PhaseReport, PhaseState, Proof, Report, RollbackStep, Run,
    Section, ServerTrial, Source, Step, User,
};
use autobot_transfer::TransferReport;
use autobot_verify::Report as Verified;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::convert::{findings, loading, schema_differences, skipped, table_reports};
use crate::Context;
use crate::args::Lang;

/// The report of the six phases.
pub fn of_migration(context: &Context, state: &State) -> Report {
    let result = |phase: Phase| state.phases.get(&phase).map(|done| done.result.clone()).unwrap_or_default();
    let (migrated, verified) = (result(Phase::Migrate), result(Phase::Verify));
    let backup =
        result(Phase::Prepare).get("backup").and_then(Value::as_str).and_then(|at| Backup::open(Path::new(at)).ok());
    let transfer: TransferReport = part(&migrated, "transfer").unwrap_or_default();
    let found: Option<Verified> = part(&verified, "verification").or_else(|| part(&migrated, "verification"));
    Report {
        run: run(context, state, backup.as_ref()),
        phases: Phase::ALL.into_iter().map(|phase| phase_report(state, phase)).collect(),
        tables: table_reports(&transfer, found.as_ref()),
        skipped: skipped(&migrated["skipped"]),
        findings: findings(&migrated["findings"]),
        sections: sections(state, &migrated, &transfer),
        proof: found.as_ref().map(|found| proof(state, found)),
        server: verified.get("server").filter(|server| !server.is_null()).map(|server| ServerTrial {
            command: context.settings.server.command.join(" "),
            started: true,
            restarted: server["restarted"].as_bool().unwrap_or(false),
            log_clean: true,
            rows_changed_meanwhile: changed_meanwhile(&verified),
            failure: None,
        }),
        functional: functional(&verified),
        users: part::<Vec<User>>(&verified, "users").unwrap_or_default(),
        backups: backup.as_ref().map(backup_files).unwrap_or_default(),
        steps: steps(context, state),
        rollback: rollback(context),
        ..Report::default()
    }
}

fn part<T: DeserializeOwned>(result: &Value, name: &str) -> Option<T> {
    result.get(name).and_then(|value| serde_json::from_value(value.clone()).ok())
}

fn run(context: &Context, state: &State, backup: Option<&Backup>) -> Run {
    let database = backup.and_then(|backup| backup.only(Kind::Database).ok());
    let sha256 = database.and_then(|artefact| match &artefact.form {
        Form::File { sha256, .. } => Some(sha256.clone()),
        _ => None,
    });
    let target =
        state.phases.get(&Phase::Provision).and_then(|done| Some(done.result.get("target")?.as_str()?.to_owned()));
    Run {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        command: "autobot migrate".to_owned(),
        started_at: state.opened.map(autobot_plan::Timestamp::rfc3339).unwrap_or_default(),
        ended_at: state.next_phase().is_none().then(|| last(state)).flatten(),
        source: Source {
            path: context.database().display().to_string(),
            size_bytes: database.map(autobot_backup::Artefact::size_bytes).unwrap_or_default(),
            sha256,
        },
        target: target.unwrap_or_default(),
        server_version: None,
        provider: Some(format!("{:?}", context.settings.target.provider).to_lowercase()),
        app_dir: Some(context.app(Path::new("")).display().to_string()),
        work_dir: Some(context.work_dir().display().to_string()),
        lang: if context.settings.lang == Lang::Es { autobot_report::Lang::Es } else { autobot_report::Lang::En },
        failure: None,
    }
}

fn last(state: &State) -> Option<String> {
    state.phases.values().map(|done| done.at).max().map(autobot_plan::Timestamp::rfc3339)
}

fn phase_report(state: &State, phase: Phase) -> PhaseReport {
    let done = state.phases.get(&phase);
    let begun = state.entered == Some(phase);
    PhaseReport {
        number: phase.number(),
        name: phase.name().to_owned(),
        state: match (done.is_some(), begun) {
            (true, _) => PhaseState::Done,
            (false, true) => PhaseState::Begun,
            (false, false) => PhaseState::Pending,
        },
        at: done.map(|done| done.at.rfc3339()),
        took_ms: done.map(|done| done.took_ms),
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a run are far below 2^52")]
fn sections(state: &State, migrated: &Value, transfer: &TransferReport) -> Vec<Section> {
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let of = |name: &str, prefix: &str| {
        let took: u64 =
            state.changes.iter().filter(|change| change.section.starts_with(prefix)).map(|change| change.took_ms).sum();
        Section { name: name.to_owned(), seconds: seconds(took), began: None }
    };
    let mut sections = vec![of("backup", "prepare."), of("provision", "provision")];
    let assess = migrated["assessment_ms"].as_u64().unwrap_or_default();
    sections.push(Section { name: "assess".to_owned(), seconds: seconds(assess), began: None });
    sections.extend(loading(transfer));
    sections.push(of("publish", "migrate.publish"));
    sections.push(of("finish", "finish."));
    sections.retain(|section| section.seconds > 0.0);
    sections
}

fn proof(state: &State, found: &Verified) -> Proof {
    Proof {
        level: if found.level == autobot_verify::Level::Counts { Level::Counts } else { Level::Content },
        equal: found.is_equal(),
        at: state
            .phases
            .get(&Phase::Verify)
            .or_else(|| state.phases.get(&Phase::Migrate))
            .map(|done| done.at.rfc3339()),
        took_ms: Some(found.tables.iter().map(|table| table.took_ms).sum()),
        schema: schema_differences(found),
    }
}

fn changed_meanwhile(verified: &Value) -> Option<u64> {
    let after: Verified = part(verified, "content_after_server")?;
    Some(after.tables.iter().map(|table| table.differences_count).sum())
}

fn functional(verified: &Value) -> Vec<Check> {
    let ticks = verified["checklist"].as_array().cloned().unwrap_or_default();
    let word = |tick: &Value, key: &str| tick[key].as_str().unwrap_or_default().to_owned();
    let check = |tick: &Value| Check {
        group: word(tick, "group"),
        line: word(tick, "line"),
        state: match word(tick, "state").as_str() {
            "passed" => CheckState::Passed,
            "failed" => CheckState::Failed,
            _ => CheckState::ForAPerson,
        },
        note: None,
    };
    ticks.iter().map(check).collect()
}

fn backup_files(backup: &Backup) -> Vec<BackupFile> {
    let file = |artefact: &autobot_backup::Artefact| match &artefact.form {
        Form::File { size_bytes, sha256 } => Some(BackupFile {
            path: artefact.located(backup.folder()).display().to_string(),
            kind: artefact.kind.name().to_owned(),
            size_bytes: *size_bytes,
            sha256: Some(sha256.clone()),
        }),
        _ => None,
    };
    backup.manifest().artefacts.iter().filter_map(file).collect()
}

/// The plan's steps, by the changes that the journal knows as done: section, beginning of the id, step.
const STEPS: &[(&str, &str, Step)] = &[
    ("configure.files", "edit-schema", Step::SchemaProviderSet),
    ("configure.files", "set-database-url", Step::EnvUrlSet),
    ("migrate.migrations", "move-aside", Step::OldMigrationsMoved),
    ("migrate.migrations", "write-file", Step::InitialMigrationWritten),
    ("migrate.client", "generate-client", Step::ClientGenerated),
    ("finish.files", "write-file scripts/postgres/backup_postgres.sh", Step::BackupScriptWritten),
    ("finish.files", "write-file scripts/postgres/crontab.txt", Step::BackupScheduleWritten),
    ("finish.files", "write-section", Step::ReadmeWritten),
    ("finish.files", "archive-database", Step::SourceArchived),
];

fn steps(context: &Context, state: &State) -> BTreeMap<Step, String> {
    let mut steps = BTreeMap::new();
    if let Some(done) = state.phases.get(&Phase::Prepare) {
        let folder = done.result.get("backup").and_then(Value::as_str).map(PathBuf::from);
        steps.insert(Step::BackupReadBack, folder.unwrap_or_default().display().to_string());
    }
    if let Some(done) = state.phases.get(&Phase::Provision) {
        let target = done.result.get("target").and_then(Value::as_str).unwrap_or_default().to_owned();
        steps.insert(Step::ServerRunning, target);
        steps.insert(Step::DatabaseReady, context.settings.target.database.clone());
    }
    if state.is_done(Phase::Migrate) && !context.settings.migrate.data {
        steps.insert(Step::WithoutData, "migrate.data = false".to_owned());
    }
    for (section, begins, step) in STEPS {
        let done = |change: &&autobot_plan::ChangeRecord| {
            change.section == *section && change.id.starts_with(begins) && change.outcome.is_some()
        };
        if let Some(change) = state.changes.iter().find(done) {
            let evidence = change.id.split_once(' ').map_or(change.id.as_str(), |(_, what)| what);
            steps.insert(*step, evidence.to_owned());
        }
    }
    steps
}

fn rollback(context: &Context) -> Vec<RollbackStep> {
    let app = context.settings.app.dir.display();
    let step = |en: &str, es: &str, command: String| RollbackStep {
        text: Bilingual { en: en.to_owned(), es: es.to_owned() },
        command: Some(command),
    };
    vec![
        step("Stop the server.", "Detener el servidor.", "Ctrl+C".to_owned()),
        step(
            "Back to SQLite: database, .env, schema.prisma and migrations as they were.",
            "Volver a SQLite: base de datos, .env, schema.prisma y migraciones como estaban.",
            format!("autobot rollback sqlite --app {app}"),
        ),
        step(
            "Or back to a backup of PostgreSQL.",
            "O volver a un respaldo de PostgreSQL.",
            format!("autobot rollback postgres --from BACKUP --app {app}"),
        ),
        step(
            "Generate the Prisma client again, then start the server.",
            "Regenerar el cliente de Prisma y luego iniciar el servidor.",
            "cd server && npx prisma generate".to_owned(),
        ),
    ]
}
