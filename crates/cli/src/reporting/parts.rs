use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use autobot_backup::{Backup, Form, Kind};
use autobot_plan::{Phase, State};
use autobot_provision::dump::newest;
use autobot_report::{
    BackupFile, Bilingual, Check, CheckState, PhaseReport, PhaseState, Report, RollbackStep, Run, Section, ServerTrial,
    Source, Step, User,
};
use autobot_transfer::TransferReport;
use autobot_verify::Report as Verified;
use serde_json::Value;

use super::convert::{behaviour, findings, leave_out, moved, part, prove, same_form, samples};
use super::sections::Sections;
use crate::Context;

/// The report of the six phases.
pub fn of_migration(context: &Context, state: &State) -> Report {
    let result = |phase: Phase| state.phases.get(&phase).map(|done| done.result.clone()).unwrap_or_default();
    let (migrated, verified) = (result(Phase::Migrate), result(Phase::Verify));
    let folder = part::<PathBuf>(&result(Phase::Prepare), "backup");
    let backup = folder.and_then(|folder| Backup::open(&folder).ok());
    let transfer: TransferReport = part(&migrated, "transfer").unwrap_or_default();
    let mut report = Report {
        run: run(context, state, backup.as_ref()),
        phases: Phase::ALL.into_iter().map(|phase| phase_report(state, phase)).collect(),
        tables: moved(&transfer),
        skipped: same_form(&migrated["skipped"]),
        findings: findings(&migrated["findings"]),
        warnings: Phase::ALL.into_iter().flat_map(|phase| same_form::<String>(&result(phase)["warnings"])).collect(),
        sections: sections(state, &transfer),
        throughput: samples(&transfer),
        backups: backup.as_ref().map(backup_files).unwrap_or_default(),
        steps: steps(context, state),
        rollback: rollback(context),
        ..Report::default()
    };
    report.run.server_version = part(&migrated, "server_version");
    report.findings.extend(behaviour(&part::<Vec<_>>(&migrated, "behaviour").unwrap_or_default()));
    if let Some((phase, found)) = comparison(state) {
        prove(&mut report, &found);
        let at = state.phases.get(&phase).map(|done| done.at.rfc3339());
        report.proof.iter_mut().for_each(|proof| proof.at.clone_from(&at));
    }
    leave_out(&mut report, &part(&migrated, "filtered").unwrap_or_default());
    tried(&mut report, &verified);
    report
}

/// The last comparison, and the phase that made it.
fn comparison(state: &State) -> Option<(Phase, Verified)> {
    let of = |phase: Phase| Some((phase, part(&state.phases.get(&phase)?.result, "verification")?));
    of(Phase::Verify).or_else(|| of(Phase::Migrate))
}

/// What came of trying the application, from the result of phase 5 or from its failure.
pub fn tried(report: &mut Report, verified: &Value) {
    let failure: Option<String> = part(verified, "server_failure");
    let server = verified.get("server").filter(|server| !server.is_null());
    report.server = (server.is_some() || failure.is_some()).then(|| ServerTrial {
        command: part(verified, "server_command").unwrap_or_default(),
        started: server.is_some(),
        restarted: server.is_some_and(|server| server["restarted"].as_bool().unwrap_or(false)),
        log_clean: server.is_some(),
        rows_changed_meanwhile: changed_meanwhile(verified),
        failure,
    });
    report.access = part(verified, "access");
    report.functional = functional(verified);
    report.users = part::<Vec<User>>(verified, "users").unwrap_or_default();
}

fn run(context: &Context, state: &State, backup: Option<&Backup>) -> Run {
    let database = backup.and_then(|backup| backup.only(Kind::Database).ok());
    let sha256 = database.and_then(|artefact| match &artefact.form {
        Form::File { sha256, .. } => Some(sha256.clone()),
        _ => None,
    });
    let target = state.phases.get(&Phase::Provision).and_then(|done| part(&done.result, "target"));
    let took: u64 = state.phases.values().map(|done| done.took_ms).sum();
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
        provider: Some(format!("{:?}", context.settings.target.provider).to_lowercase()),
        app_dir: Some(context.app(Path::new("")).display().to_string()),
        work_dir: Some(context.work_dir().display().to_string()),
        lang: context.lang(),
        took_ms: (took > 0).then_some(took),
        ..Run::default()
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

/// Where the time went: changes of the journal, the load, the comparisons, the trial of the application.
fn sections(state: &State, transfer: &TransferReport) -> Vec<Section> {
    let mut sections = Sections::default();
    sections.add_changes(state);
    sections.add_load(transfer);
    for (phase, name) in [(Phase::Migrate, "prove"), (Phase::Verify, "verify")] {
        let Some(done) = state.phases.get(&phase) else { continue };
        let ms = |key: &str| part(&done.result, key).unwrap_or_default();
        sections.add_ms("assess", ms("assessment_ms"));
        sections.add_ms("server", ms("server_ms"));
        let found: [Option<Verified>; 2] = ["verification", "content_after_server"].map(|key| part(&done.result, key));
        found.iter().flatten().for_each(|found| sections.add_comparison(name, found));
    }
    sections.in_order()
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
        let version = state.phases.get(&Phase::Migrate).and_then(|done| part::<String>(&done.result, "server_version"));
        let target: String = part(&done.result, "target").unwrap_or_default();
        steps.insert(Step::ServerRunning, version.map_or(target.clone(), |version| format!("{version}, {target}")));
        steps.insert(Step::DatabaseReady, context.settings.target.database.clone());
    }
    if state.is_done(Phase::Migrate) && !context.settings.migrate.data {
        steps.insert(Step::WithoutData, "migrate.data = false".to_owned());
    }
    if let Ok(Some(backup)) = newest(&context.app(&context.settings.backup.dir)) {
        let file = backup.path.display().to_string();
        if backup.manifest.is_some_and(|manifest| manifest.restored_at.is_some()) {
            steps.insert(Step::PostgresBackupRestored, file.clone());
        }
        steps.insert(Step::PostgresBackupTaken, file);
    }
    for (section, begins, step) in STEPS {
        let done = |change: &&autobot_plan::ChangeRecord| {
            change.section == *section && change.id.starts_with(begins) && change.outcome.is_some()
        };
        if let Some(change) = state.changes.iter().find(done) {
            let named = change.id.split_once(' ').map_or(change.id.as_str(), |(_, what)| what);
            // What moves or copies a file is shown by where it is now.
            let evidence = change.change["to"]["shown"].as_str().unwrap_or(named);
            steps.insert(*step, evidence.to_owned());
        }
    }
    steps
}

fn rollback(context: &Context) -> Vec<RollbackStep> {
    let app = context.app(Path::new(""));
    let config = context.config.as_ref().map_or_else(String::new, |file| format!(" --config \"{}\"", file.display()));
    let at = format!("--app \"{}\"{config}", app.display());
    let package = context.app(&context.settings.app.package);
    let step = |en: &str, es: &str, command: Option<String>| RollbackStep {
        text: Bilingual { en: en.to_owned(), es: es.to_owned() },
        command,
    };
    vec![
        step("Stop the application's server.", "Detenga el servidor de la aplicación.", None),
        step(
            "To SQLite (option 1 of the plan): database, .env, schema.prisma and migrations become what they were.",
            "A SQLite (opción 1 del plan): base de datos, .env, schema.prisma y migraciones quedan como estaban.",
            Some(format!("autobot rollback sqlite {at}")),
        ),
        step(
            "Then generate the Prisma client again and start the server.",
            "Luego regenere el cliente de Prisma e inicie el servidor.",
            Some(format!("cd \"{}\" && npx prisma generate", package.display())),
        ),
        step(
            "Or stay on PostgreSQL and restore one of its backups (option 2 of the plan), in place of the two steps before.",
            "O siga en PostgreSQL y restaure una de sus copias (opción 2 del plan), en lugar de los dos pasos anteriores.",
            Some(format!("autobot rollback postgres --from BACKUP {at}")),
        ),
    ]
}
