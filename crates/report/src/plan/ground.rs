//! What a report holds for a line of the plan: the questions that checklists and criteria share.

use super::Verdict;
use crate::Words;
use crate::numbers::count;
use crate::texts::{evidence, functional_in, words};
use crate::{Bilingual, Check, CheckState, PhaseState, Report, Step, TableReport, verdict};

/// The plan's headings of the functional checklist.
pub(super) const LOGIN: &str = "Test 1: Autenticación";
pub(super) const WHATSAPP: &str = "Test 2: WhatsApp";
pub(super) const SETTINGS: &str = "Test 3: Configuración";
pub(super) const CRM: &str = "Test 4: CRM";
pub(super) const PERSISTENCE: &str = "Test 5: Persistencia";

/// An evidence with values that are the same in both languages.
pub(super) fn says(evidence: Words, values: &[(&str, &str)]) -> Bilingual {
    Bilingual::of(|lang| evidence.filled(lang, values))
}

/// An evidence about a number of things.
pub(super) fn says_count(evidence: Words, number: u64) -> Bilingual {
    Bilingual::of(|lang| evidence.counted(lang, number))
}

/// What came of some lines of the functional checklist.
#[derive(Debug, Default)]
pub(super) struct Tested<'a> {
    passed: Vec<&'a Check>,
    failed: Vec<&'a Check>,
    left: Vec<&'a Check>,
}

/// The lines of one heading; with `lines`, only those that begin so.
pub(super) fn tested<'a>(report: &'a Report, group: &str, lines: &[&str]) -> Tested<'a> {
    let mut tested = Tested::default();
    let asked = |check: &&Check| {
        check.group == group && (lines.is_empty() || lines.iter().any(|line| check.line.starts_with(line)))
    };
    for check in report.functional.iter().filter(asked) {
        match check.state {
            CheckState::Passed => tested.passed.push(check),
            CheckState::Failed => tested.failed.push(check),
            CheckState::ForAPerson => tested.left.push(check),
        }
    }
    tested
}

impl Tested<'_> {
    pub(super) fn any_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    pub(super) fn any_passed(&self) -> bool {
        !self.passed.is_empty()
    }

    pub(super) fn all_passed(&self) -> bool {
        self.any_passed() && self.failed.is_empty() && self.left.is_empty()
    }

    /// What was tested, what failed, what is left, a line each.
    pub(super) fn evidence(&self) -> Vec<Bilingual> {
        let parts = [
            (evidence::TEST_FAILED, &self.failed),
            (evidence::TESTED, &self.passed),
            (evidence::LEFT_TO_PERSON, &self.left),
        ];
        let present = parts.iter().filter(|(_, checks)| !checks.is_empty());
        present.map(|(evidence, checks)| Bilingual::of(|lang| listed(*evidence, lang, checks))).collect()
    }
}

fn listed(evidence: Words, lang: crate::Lang, checks: &[&Check]) -> String {
    let names: Vec<&str> = checks.iter().map(|check| functional_in(lang, &check.line)).collect();
    evidence.filled(lang, &[("what", &names.join("; "))])
}

/// The evidence of a step, where it was carried out.
pub(super) fn step(report: &Report, step: Step) -> Option<&str> {
    report.steps.get(&step).map(String::as_str)
}

/// The line that says that a phase has not run, or not to its end.
pub(super) fn not_run(report: &Report, phase: u8) -> Bilingual {
    let failed = report.phase(phase).is_some_and(|phase| phase.state == PhaseState::Failed);
    let evidence = if failed { evidence::PHASE_FAILED } else { evidence::NOT_RUN };
    says(evidence, &[("n", &phase.to_string())])
}

/// What the comparison of the data came to.
pub(super) fn data(report: &Report) -> Vec<Bilingual> {
    let mut lines = vec![match verdict(report) {
        // A later look at the target has no plan of record, and compares no source.
        Verdict::NotCompared | Verdict::AsItWas | Verdict::ChangedSince | Verdict::UnclearSince => {
            says(evidence::NOT_COMPARED, &[])
        }
        Verdict::Refused => says(evidence::REFUSED, &[]),
        Verdict::CountsEqual => says(evidence::COUNTS_EQUAL, &[]),
        Verdict::Different => says(evidence::DIFFERS, &[("what", &differing(report))]),
        Verdict::Equal | Verdict::EqualByTheRules => rows_and_tables(report, evidence::EVERY_VALUE_EQUAL),
    }];
    let exceptions = [
        (evidence::SET_ASIDE, report.rows_set_aside()),
        (evidence::LEFT_OUT, report.rows_left_out()),
        (evidence::CHANGED, report.values_changed()),
        (evidence::SKIPPED, report.tables_left_out()),
    ];
    lines.extend(exceptions.iter().filter(|(_, n)| *n > 0).map(|(evidence, n)| says_count(*evidence, *n)));
    lines
}

/// An evidence with the number of rows and tables.
pub(super) fn rows_and_tables(report: &Report, evidence: Words) -> Bilingual {
    let tables = u64::try_from(report.tables.len()).unwrap_or(u64::MAX);
    Bilingual::of(|lang| {
        let rows = words::ROWS_COUNTED.counted(lang, report.rows());
        let tables = words::TABLES_COUNTED.counted(lang, tables);
        evidence.filled(lang, &[("rows", &rows), ("tables", &tables)])
    })
}

/// What shows of one of the application's tables: whether its values are proved equal and the application's login can
/// write it, and the lines that say so.
pub(super) fn data_of(report: &Report, name: &str) -> (bool, Vec<Bilingual>) {
    let Some((proved, line)) = table_proved(report, name) else { return (false, Vec::new()) };
    let table = report.table(name).map_or(name, |table| table.target.as_str());
    let written = report.access.iter().flat_map(|access| &access.tables).find(|written| written.table == table);
    let how = |inserted: bool| if inserted { evidence::ROW_INSERTED } else { evidence::ROW_CHANGED };
    let tried = written.map(|written| says(how(written.inserted), &[("table", name)]));
    (proved && written.is_some(), std::iter::once(line).chain(tried).collect())
}

/// That the application's login works, where it was tried.
pub(super) fn let_in(report: &Report) -> Option<Bilingual> {
    let access = report.access.as_ref()?;
    let tables = u64::try_from(access.tables.len()).unwrap_or(u64::MAX);
    Some(Bilingual::of(|lang| {
        let tables = words::TABLES_COUNTED.counted(lang, tables);
        evidence::LETS_IN.filled(lang, &[("what", &access.env), ("tables", &tables)])
    }))
}

/// Whether the values of one of the application's tables are proved equal; none where there is no such table.
pub(super) fn table_proved(report: &Report, name: &str) -> Option<(bool, Bilingual)> {
    let table = report.table(name)?;
    let proved = report.proof.is_some() && table.is_proved();
    let line = if proved {
        Bilingual::of(|lang| {
            let rows = words::ROWS_COUNTED.counted(lang, table.rows_target);
            evidence::TABLE_EQUAL.filled(lang, &[("table", name), ("rows", &rows)])
        })
    } else {
        says(evidence::TABLE_UNPROVED, &[("table", name)])
    };
    Some((proved, line))
}

/// The tables that differ, by name; at most three.
fn differing(report: &Report) -> String {
    let names: Vec<&str> =
        report.tables.iter().filter(|table| TableReport::differs(table)).map(|table| table.target.as_str()).collect();
    let schema =
        report.proof.iter().flat_map(|proof| &proof.schema).map(|difference| difference.object.replace('`', ""));
    let all: Vec<String> = names.into_iter().map(str::to_owned).chain(schema).collect();
    match all.len() {
        0 => "?".to_owned(),
        1..=3 => all.join(", "),
        more => format!("{}, +{}", all[..3].join(", "), count(crate::Lang::En, u64::try_from(more - 3).unwrap_or(0))),
    }
}
