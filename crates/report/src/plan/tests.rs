use super::{CriterionState, LineState, Verdict, checklists, criteria, verdict};
use crate::{
    Access, Check, CheckState, Finding, Level, PhaseReport, PhaseState, Proof, Report, ServerTrial, Severity,
    SkippedTable, Step, TableReport, Written,
};

fn done(phases: u8) -> Report {
    let phase = |number| PhaseReport {
        number,
        name: format!("phase {number}"),
        state: if number <= phases { PhaseState::Done } else { PhaseState::Pending },
        at: None,
        took_ms: None,
    };
    Report { phases: (1..=6).map(phase).collect(), ..Report::default() }
}

fn table(name: &str, rows: u64) -> TableReport {
    let digest = Some("ab".repeat(32));
    TableReport {
        source: name.to_owned(),
        target: name.to_owned(),
        rows_source: rows,
        rows_target: rows,
        digest_source: digest.clone(),
        digest_target: digest,
        ..TableReport::default()
    }
}

fn proved() -> Report {
    let proof = Proof { level: Level::Content, equal: true, at: None, took_ms: None, schema: Vec::new() };
    Report { tables: vec![table("User", 3), table("Message", 9)], proof: Some(proof), ..done(6) }
}

fn check(group: &str, line: &str, state: CheckState) -> Check {
    Check { group: group.to_owned(), line: line.to_owned(), state, note: None }
}

fn server() -> ServerTrial {
    ServerTrial {
        command: "node .".to_owned(),
        started: true,
        restarted: true,
        log_clean: true,
        ..ServerTrial::default()
    }
}

fn state(report: &Report, number: usize) -> CriterionState {
    criteria(report)[number - 1].state
}

#[test]
fn nothing_is_proved_by_an_empty_report() {
    assert_eq!(verdict(&Report::default()), Verdict::NotCompared);
    let claimed = criteria(&Report::default());
    assert_eq!(claimed.len(), 10);
    for criterion in claimed {
        assert_eq!(criterion.state, CriterionState::ForAPerson, "{criterion:?}");
        assert!(!criterion.evidence.is_empty(), "{criterion:?}");
    }
    for line in checklists(&Report::default()).into_iter().flat_map(|list| list.lines) {
        assert_eq!(line.state, LineState::NotYet, "{line:?}");
    }
}

#[test]
fn nothing_is_proved_by_phases_alone() {
    for criterion in criteria(&done(6)) {
        assert_eq!(criterion.state, CriterionState::ForAPerson, "{criterion:?}");
    }
}

#[test]
fn no_loss_takes_every_value_and_no_exception() {
    assert_eq!(state(&proved(), 8), CriterionState::Proved);
    let spoilt: [fn(&mut Report); 7] = [
        |report| report.tables[0].rows_quarantined = 1,
        |report| report.tables[0].rows_left_out = 1,
        |report| report.tables[0].changed = [("nul=strip".to_owned(), 1)].into(),
        |report| report.tables[0].digest_target = None,
        |report| report.skipped.push(SkippedTable::default()),
        |report| report.tables.clear(),
        |report| drop(report.steps.insert(Step::WithoutData, "asked for".to_owned())),
    ];
    for spoil in spoilt {
        let mut report = proved();
        spoil(&mut report);
        assert_ne!(state(&report, 8), CriterionState::Proved, "{report:?}");
    }
}

#[test]
fn bookkeeping_left_behind_is_no_loss() {
    let mut report = proved();
    report.skipped.push(SkippedTable { bookkeeping: true, ..SkippedTable::default() });
    assert_eq!(verdict(&report), Verdict::Equal);
    assert_eq!(state(&report, 8), CriterionState::Proved);
}

#[test]
fn a_refusal_is_told_from_a_run_without_comparison() {
    let problem = Finding {
        code: "AB043 not-a-date".to_owned(),
        severity: Severity::Problem,
        table: None,
        column: None,
        object: None,
        count: 1,
        places: Vec::new(),
        message: "not a date".to_owned(),
        remedy: None,
    };
    let mut report = Report { findings: vec![problem], ..done(1) };
    assert_eq!(verdict(&report), Verdict::Refused);
    assert_eq!(state(&report, 8), CriterionState::ForAPerson);
    report.findings[0].severity = Severity::Warning;
    assert_eq!(verdict(&report), Verdict::NotCompared);
}

#[test]
fn a_claim_of_equality_is_held_against_the_tables() {
    let mut report = proved();
    report.tables[1].rows_target -= 1;
    assert_eq!(verdict(&report), Verdict::Different);
    assert_eq!(state(&report, 8), CriterionState::Failed);
    let mut counts = proved();
    counts.proof = counts.proof.map(|proof| Proof { level: Level::Counts, ..proof });
    assert_eq!(verdict(&counts), Verdict::CountsEqual);
    let mut failed = proved();
    failed.proof = failed.proof.map(|proof| Proof { equal: false, ..proof });
    assert_eq!(verdict(&failed), Verdict::Different);
}

#[test]
fn the_server_has_to_start_cleanly_and_again() {
    let mut report = Report { server: Some(server()), ..proved() };
    assert_eq!(state(&report, 1), CriterionState::Proved);
    assert_eq!(state(&report, 9), CriterionState::ForAPerson, "no test ran after the restart");
    report.functional.push(check("Test 5: Persistencia", "Verificar que datos persisten", CheckState::Passed));
    assert_eq!(state(&report, 9), CriterionState::Proved);
    report.server = Some(ServerTrial { log_clean: false, ..server() });
    assert_eq!(state(&report, 1), CriterionState::Failed);
    report.server = Some(ServerTrial { failure: Some("exit 1".to_owned()), ..ServerTrial::default() });
    assert_eq!((state(&report, 1), state(&report, 9)), (CriterionState::Failed, CriterionState::Failed));
}

#[test]
fn settings_take_all_of_their_lines_and_persistence() {
    let mut report = proved();
    report.functional.push(check("Test 3: Configuración", "Guardar API key de OpenAI", CheckState::Passed));
    assert_eq!(state(&report, 4), CriterionState::ForAPerson, "not known to persist");
    report.functional.push(check("Test 5: Persistencia", "Verificar que datos persisten", CheckState::Passed));
    assert_eq!(state(&report, 4), CriterionState::Proved);
    report.functional.push(check("Test 3: Configuración", "Modificar system prompt", CheckState::ForAPerson));
    assert_eq!(state(&report, 4), CriterionState::ForAPerson);
    report.functional.push(check("Test 3: Configuración", "own", CheckState::Failed));
    assert_eq!(state(&report, 4), CriterionState::Failed);
}

#[test]
fn some_criteria_are_never_proved_without_a_person() {
    let mut report = Report { server: Some(server()), ..proved() };
    report.functional.push(check("Test 1: Autenticación", "Login con usuario existente", CheckState::Passed));
    report.functional.push(check("Test 4: CRM", "Crear recordatorio", CheckState::Passed));
    assert_eq!(state(&report, 2), CriterionState::ForAPerson);
    assert_eq!(state(&report, 7), CriterionState::ForAPerson);
    assert_eq!(state(&report, 6), CriterionState::Proved);
}

#[test]
fn messages_take_the_old_ones_a_new_one_and_a_restart() {
    let mut report = proved();
    report.functional.push(check("Test 4: CRM", "Enviar mensaje manual", CheckState::Passed));
    assert_eq!(state(&report, 5), CriterionState::ForAPerson);
    report.functional.push(check("Test 5: Persistencia", "Verificar que datos persisten", CheckState::Passed));
    assert_eq!(state(&report, 5), CriterionState::Proved);
    report.tables[1].digest_target = None;
    assert_eq!(state(&report, 5), CriterionState::ForAPerson);
}

#[test]
fn data_are_proved_where_a_table_is_equal_and_can_be_written() {
    let written = |table: &str| Written { table: table.to_owned(), inserted: true };
    let access = Access { env: ".env".to_owned(), tables: vec![written("User"), written("Message")] };
    let mut report = Report { access: Some(access), ..proved() };
    let states: Vec<CriterionState> = criteria(&report).iter().map(|criterion| criterion.state).collect();
    let (proved, data, person) = (CriterionState::Proved, CriterionState::DataProved, CriterionState::ForAPerson);
    assert_eq!(states, [person, data, person, person, data, person, person, proved, person, person]);
    report.tables[1].digest_target = None;
    assert_eq!(state(&report, 5), CriterionState::ForAPerson, "not equal in every value");
    report.access = None;
    assert_eq!(state(&report, 2), CriterionState::ForAPerson, "nobody wrote to it");
    let checks = [("Login con usuario existente", CheckState::Failed)];
    report.functional = checks.map(|(line, state)| check("Test 1: Autenticación", line, state)).to_vec();
    assert_eq!(state(&report, 2), CriterionState::Failed);
}

#[test]
fn a_written_schedule_is_not_an_installed_one() {
    let mut report = proved();
    report.steps.insert(Step::BackupScriptWritten, "backup_postgres.sh".to_owned());
    report.steps.insert(Step::BackupScheduleWritten, "autobot-backup.timer".to_owned());
    assert_eq!(state(&report, 10), CriterionState::ForAPerson);
    report.steps.insert(Step::BackupScheduled, "crontab of autobot".to_owned());
    assert_eq!(state(&report, 10), CriterionState::Proved);
}

#[test]
fn lines_of_a_phase_that_has_not_run_are_not_yet() {
    let lists = checklists(&done(2));
    let states: Vec<Vec<LineState>> =
        lists.iter().map(|list| list.lines.iter().map(|line| line.state).collect()).collect();
    assert_eq!(states.iter().map(Vec::len).collect::<Vec<_>>(), [6, 8, 9, 4]);
    assert!(states[0].iter().all(|state| *state == LineState::ForAPerson));
    assert!(states[1][2..].iter().all(|state| *state == LineState::NotYet));
    assert!(states[2].iter().chain(&states[3][1..]).all(|state| *state == LineState::NotYet));
}
