use super::criteria::unscheduled;
use super::ground::{
    CRM, LOGIN, PERSISTENCE, SETTINGS, WHATSAPP, data, let_in, not_run, rows_and_tables, says, step, tested,
};
use super::{Checklist, ChecklistLine, LineState, Verdict};
use crate::Words;
use crate::numbers::{abbreviated, count, size};
use crate::texts::{CHECKLISTS, evidence};
use crate::{BackupFile, Bilingual, Report, Step, verdict};

type Found = (LineState, Vec<Bilingual>);

/// Where a line finds what shows it.
enum Rule {
    /// A kind of file in the backup of phase 1.
    Backup(&'static str),
    /// A step, of a phase, and how its evidence is said.
    Step(Step, u8, Words),
    /// Lines of the functional checklist.
    Tests(&'static str, &'static [&'static str]),
    /// A rule of its own.
    Own(fn(&Report) -> Found),
}

/// The rules of the lines of [`CHECKLISTS`], in the same order.
const RULES: [&[Rule]; 4] = [
    &[
        Rule::Backup("database"),
        Rule::Backup("environment"),
        Rule::Backup("sessions"),
        Rule::Backup("export"),
        Rule::Backup("row_counts"),
        Rule::Own(settings_noted),
    ],
    &[
        Rule::Step(Step::ServerRunning, 2, evidence::DONE_AT),
        Rule::Step(Step::DatabaseReady, 2, evidence::DONE_AT),
        Rule::Step(Step::SchemaProviderSet, 3, evidence::DONE_AT),
        Rule::Step(Step::EnvUrlSet, 3, evidence::DONE_AT),
        Rule::Step(Step::OldMigrationsMoved, 4, evidence::MOVED_ASIDE),
        Rule::Step(Step::InitialMigrationWritten, 4, evidence::DONE_AT),
        Rule::Own(data_moved),
        Rule::Own(client_generated),
    ],
    &[
        Rule::Own(server_starts),
        Rule::Own(connected),
        Rule::Tests(LOGIN, &["Login"]),
        Rule::Tests(WHATSAPP, &["Conectar WhatsApp", "Verificar estado"]),
        Rule::Tests(SETTINGS, &[]),
        Rule::Tests(CRM, &["Enviar mensaje manual"]),
        Rule::Tests(CRM, &[]),
        Rule::Tests(CRM, &["Crear recordatorio"]),
        Rule::Tests(PERSISTENCE, &["Verificar que datos persisten"]),
    ],
    &[
        Rule::Own(backups_in_order),
        Rule::Step(Step::ReadmeWritten, 6, evidence::DONE_AT),
        Rule::Own(backup_script),
        Rule::Step(Step::SourceArchived, 6, evidence::ARCHIVED),
    ],
];

/// The plan's four checklists, each line with what the run shows of it.
pub fn checklists(report: &Report) -> Vec<Checklist> {
    let filled = |(title, lines): &(Words, &[Words]), rules: &[Rule]| Checklist {
        title: (*title).into(),
        lines: lines
            .iter()
            .zip(rules)
            .map(|(text, rule)| {
                let (state, evidence) = rule.hold_against(report);
                ChecklistLine { text: (*text).into(), state, evidence }
            })
            .collect(),
    };
    CHECKLISTS.iter().zip(RULES).map(|(checklist, rules)| filled(checklist, rules)).collect()
}

impl Rule {
    fn hold_against(&self, report: &Report) -> Found {
        match *self {
            Self::Backup(kind) => in_backup(report, kind),
            Self::Step(step_asked, phase, evidence) => match step(report, step_asked) {
                Some(what) => (LineState::Done, vec![says(evidence, &[("what", what)])]),
                None => unseen(report, phase, evidence::NOT_RECORDED),
            },
            Self::Tests(group, lines) => by_tests(report, group, lines),
            Self::Own(rule) => rule(report),
        }
    }
}

/// A line that nothing shows: not yet, or for a person when its phase is over.
fn unseen(report: &Report, phase: u8, evidence: Words) -> Found {
    if report.is_done(phase) {
        (LineState::ForAPerson, vec![says(evidence, &[])])
    } else {
        (LineState::NotYet, vec![not_run(report, phase)])
    }
}

fn in_backup(report: &Report, kind: &str) -> Found {
    let files: Vec<&BackupFile> = report.backups.iter().filter(|file| file.kind == kind).collect();
    let Some(first) = files.first() else { return unseen(report, 1, evidence::NOT_IN_BACKUP) };
    let line = match (&first.sha256, files.len()) {
        (Some(digest), 1) => Bilingual::of(|lang| {
            let values = [
                ("path", first.path.as_str()),
                ("size", &size(lang, first.size_bytes)),
                ("digest", &abbreviated(digest)),
            ];
            evidence::IN_BACKUP.filled(lang, &values)
        }),
        (_, 1) => says(evidence::DONE_AT, &[("what", &first.path)]),
        (_, many) => says(evidence::IN_BACKUP_MANY, &[("path", &first.path), ("n", &(many - 1).to_string())]),
    };
    (LineState::Done, vec![line])
}

/// Lines of the functional checklist: done when all passed.
fn by_tests(report: &Report, group: &str, lines: &[&str]) -> Found {
    let tested = tested(report, group, lines);
    let evidence = tested.evidence();
    if evidence.is_empty() {
        return unseen(report, 5, evidence::NOT_RECORDED);
    }
    let state = match (tested.any_failed(), tested.all_passed()) {
        (true, _) => LineState::Failed,
        (false, true) => LineState::Done,
        (false, false) => LineState::ForAPerson,
    };
    (state, evidence)
}

/// Only a person knows what else is important.
fn settings_noted(report: &Report) -> Found {
    let kept = |kind: &str| report.backups.iter().any(|file| file.kind == kind);
    if kept("environment") && kept("schema") {
        (LineState::ForAPerson, vec![says(evidence::SETTINGS_KEPT, &[])])
    } else {
        unseen(report, 1, evidence::NOT_RECORDED)
    }
}

fn data_moved(report: &Report) -> Found {
    if step(report, Step::WithoutData).is_some() {
        return (LineState::Done, vec![says(evidence::WITHOUT_DATA, &[])]);
    }
    if !report.is_done(4) {
        return (LineState::NotYet, vec![not_run(report, 4)]);
    }
    let state = if verdict(report) == Verdict::Different { LineState::Failed } else { LineState::Done };
    let mut evidence = vec![rows_and_tables(report, evidence::ROWS_MOVED)];
    evidence.extend(data(report));
    (state, evidence)
}

fn client_generated(report: &Report) -> Found {
    match step(report, Step::ClientGenerated) {
        Some(what) => (LineState::Done, vec![says(evidence::DONE_AT, &[("what", what)])]),
        None => unseen(report, 4, evidence::GENERATE_BY_HAND),
    }
}

fn server_starts(report: &Report) -> Found {
    let Some(server) = &report.server else { return unseen(report, 5, evidence::NO_SERVER) };
    if let Some(failure) = &server.failure {
        return (LineState::Failed, vec![says(evidence::DID_NOT_START, &[("what", failure)])]);
    }
    match (server.started, server.log_clean) {
        (true, true) => (LineState::Done, vec![says(evidence::STARTED, &[("what", &server.command)])]),
        (true, false) => (LineState::Failed, vec![says(evidence::STARTED_DIRTY, &[("what", &server.command)])]),
        (false, _) => unseen(report, 5, evidence::NO_SERVER),
    }
}

/// The application's own connection: shown by a test that reads the database through it, or by its login.
fn connected(report: &Report) -> Found {
    if let (None, Some(line)) = (&report.server, let_in(report)) {
        return (LineState::Done, vec![line]);
    }
    let read = tested(report, LOGIN, &["Login"]);
    match server_starts(report) {
        (LineState::Done, mut evidence) if read.any_passed() => {
            evidence.extend(read.evidence());
            (LineState::Done, evidence)
        }
        (LineState::Done, evidence) => (LineState::ForAPerson, evidence),
        other => other,
    }
}

fn backups_in_order(report: &Report) -> Found {
    if report.backups.is_empty() {
        return unseen(report, 1, evidence::NOT_RECORDED);
    }
    if step(report, Step::BackupReadBack).is_some() {
        return (LineState::Done, vec![says(evidence::READ_BACK, &[])]);
    }
    let files = u64::try_from(report.backups.len()).unwrap_or(u64::MAX);
    let line = Bilingual::of(|lang| evidence::WITH_CHECKSUMS.filled(lang, &[("n", &count(lang, files))]));
    (LineState::ForAPerson, vec![line])
}

fn backup_script(report: &Report) -> Found {
    if let Some(place) = step(report, Step::BackupScheduled) {
        return (LineState::Done, vec![says(evidence::SCHEDULED, &[("what", place)])]);
    }
    let written = [Step::BackupScheduleWritten, Step::BackupScriptWritten].iter().any(|s| step(report, *s).is_some());
    if written { (LineState::ForAPerson, vec![unscheduled(report)]) } else { unseen(report, 6, evidence::NOT_RECORDED) }
}
