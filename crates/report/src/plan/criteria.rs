use super::ground::{
    CRM, LOGIN, PERSISTENCE, SETTINGS, Tested, WHATSAPP, data, data_of, let_in, not_run, says, says_count, step,
    table_proved, tested,
};
use super::{Criterion, CriterionState, Verdict};
use crate::texts::{CRITERIA, evidence};
use crate::{Bilingual, Report, Step, verdict};

type Found = (CriterionState, Vec<Bilingual>);

/// The rule of each criterion, in the plan's order.
const RULES: [fn(&Report) -> Found; 10] =
    [server_starts, users_log_in, whatsapp, settings, messages, crm, reminders, no_loss, stable, backups];

/// The ten criteria of success of the plan, each with what the run shows of it.
pub fn criteria(report: &Report) -> Vec<Criterion> {
    let found = RULES.iter().map(|rule| rule(report));
    let numbered = CRITERIA.iter().zip(1_u8..).zip(found);
    numbered
        .map(|((words, number), (state, evidence))| Criterion { number, text: (*words).into(), state, evidence })
        .collect()
}

fn server_starts(report: &Report) -> Found {
    let Some(server) = &report.server else {
        let (state, evidence) = untried(report);
        return (state, evidence.into_iter().chain(let_in(report)).collect());
    };
    if let Some(failure) = &server.failure {
        return (CriterionState::Failed, vec![says(evidence::DID_NOT_START, &[("what", failure)])]);
    }
    match (server.started, server.log_clean) {
        (true, true) => (CriterionState::Proved, vec![says(evidence::STARTED, &[("what", &server.command)])]),
        (true, false) => (CriterionState::Failed, vec![says(evidence::STARTED_DIRTY, &[("what", &server.command)])]),
        (false, _) => untried(report),
    }
}

/// One login shows that logins work; each user's own password is theirs to try.
fn users_log_in(report: &Report) -> Found {
    let login = tested(report, LOGIN, &["Login"]);
    let (data, lines) = data_of(report, "User");
    let mut more = Vec::new();
    let users = u64::try_from(report.users.len()).unwrap_or(u64::MAX);
    if users > 0 {
        more.push(says_count(evidence::USERS_HASHES, users));
    }
    more.extend(lines);
    more.extend(data.then(|| says(evidence::SAME_HASHES, &[])));
    more.push(says(evidence::EACH_USER, &[]));
    by_tests(report, &login, Rest { proved: false, data, more })
}

fn whatsapp(report: &Report) -> Found {
    by_tests(report, &tested(report, WHATSAPP, &[]), Rest { proved: true, data: false, more: Vec::new() })
}

fn settings(report: &Report) -> Found {
    let saved = tested(report, SETTINGS, &[]);
    let (data, lines) = data_of(report, "Bot");
    persistent(report, &saved, true, (data, lines))
}

/// Storing is shown by a message that the application stored, by data that outlive a restart, and by the old messages'
/// equality; that one arrives from outside belongs to the criterion about WhatsApp.
fn messages(report: &Report) -> Found {
    let stored = tested(report, CRM, &["Enviar mensaje manual"]);
    let proved = table_proved(report, "Message").is_some_and(|(proved, _)| proved);
    persistent(report, &stored, proved, data_of(report, "Message"))
}

/// What was saved has to outlive a restart too.
fn persistent(report: &Report, saved: &Tested<'_>, rest: bool, (data, lines): (bool, Vec<Bilingual>)) -> Found {
    let persisted = tested(report, PERSISTENCE, &["Verificar que datos persisten"]);
    let more = [persisted.evidence(), lines].concat();
    if persisted.any_failed() {
        return (CriterionState::Failed, [saved.evidence(), more].concat());
    }
    by_tests(report, saved, Rest { proved: rest && persisted.all_passed(), data, more })
}

fn crm(report: &Report) -> Found {
    let (data, more) = data_of(report, "Client");
    by_tests(report, &tested(report, CRM, &[]), Rest { proved: true, data, more })
}

/// That a reminder is made can be tested; that it is sent when due needs WhatsApp and time.
fn reminders(report: &Report) -> Found {
    let (data, mut more) = data_of(report, "Reminder");
    more.push(says(evidence::REMINDER_DUE, &[]));
    by_tests(report, &tested(report, CRM, &["Crear recordatorio"]), Rest { proved: false, data, more })
}

fn no_loss(report: &Report) -> Found {
    if let Some(_asked) = step(report, Step::WithoutData) {
        return (CriterionState::ForAPerson, vec![says(evidence::WITHOUT_DATA, &[])]);
    }
    let state = match verdict(report) {
        Verdict::Equal if !report.tables.is_empty() => CriterionState::Proved,
        Verdict::Different => CriterionState::Failed,
        _ => CriterionState::ForAPerson,
    };
    (state, data(report))
}

fn stable(report: &Report) -> Found {
    let Some(server) = &report.server else { return untried(report) };
    let after = tested(report, PERSISTENCE, &["Reiniciar servidor", "Verificar que datos persisten"]);
    let restarted = if server.restarted { evidence::RESTARTED } else { evidence::NOT_RESTARTED };
    let evidence = [vec![says(restarted, &[])], after.evidence(), vec![says(evidence::LONG_TERM, &[])]].concat();
    let state = match (after.any_failed() || server.failure.is_some(), server.restarted && server.log_clean) {
        (true, _) => CriterionState::Failed,
        (false, true) if after.all_passed() => CriterionState::Proved,
        (false, _) => CriterionState::ForAPerson,
    };
    (state, evidence)
}

fn backups(report: &Report) -> Found {
    let mut evidence = Vec::new();
    let state = if let Some(place) = step(report, Step::BackupScheduled) {
        evidence.push(says(evidence::SCHEDULED, &[("what", place)]));
        CriterionState::Proved
    } else {
        evidence.push(unscheduled(report));
        CriterionState::ForAPerson
    };
    for (taken, said) in
        [(Step::PostgresBackupTaken, evidence::BACKUP_TAKEN), (Step::PostgresBackupRestored, evidence::BACKUP_RESTORED)]
    {
        evidence.extend(step(report, taken).map(|file| says(said, &[("what", file)])));
    }
    (state, evidence)
}

/// How far the schedule of backups is, when nothing runs it yet.
pub(super) fn unscheduled(report: &Report) -> Bilingual {
    if let Some(files) = step(report, Step::BackupScheduleWritten) {
        return says(evidence::SCHEDULE_TO_INSTALL, &[("what", files)]);
    }
    if let Some(script) = step(report, Step::BackupScriptWritten) {
        return says(evidence::SCRIPT_TO_SCHEDULE, &[("what", script)]);
    }
    if report.is_done(6) { says(evidence::NOT_RECORDED, &[]) } else { not_run(report, 6) }
}

/// The server was not started: either by choice, or because phase 5 has not come so far.
fn untried(report: &Report) -> Found {
    let line = if report.is_done(5) { says(evidence::NO_SERVER, &[]) } else { not_run(report, 5) };
    (CriterionState::ForAPerson, vec![line])
}

/// What a criterion takes beside its tests.
struct Rest {
    /// True when all of it is so.
    proved: bool,
    /// True when the data are proved, whatever the tests say.
    data: bool,
    /// What shows it.
    more: Vec<Bilingual>,
}

/// Proved when all of the lines passed and the rest is so.
fn by_tests(report: &Report, tested: &Tested<'_>, rest: Rest) -> Found {
    let mut evidence = tested.evidence();
    if evidence.is_empty() && !report.is_done(5) {
        evidence.push(not_run(report, 5));
    }
    evidence.extend(rest.more);
    let state = match (tested.any_failed(), tested.all_passed() && rest.proved, rest.data) {
        (true, ..) => CriterionState::Failed,
        (false, true, _) => CriterionState::Proved,
        (false, false, true) => CriterionState::DataProved,
        (false, false, false) => CriterionState::ForAPerson,
    };
    (state, evidence)
}
