//! What a report holds for a line of the plan: the questions that checklists and criteria share.

use super::Verdict;
use crate::numbers::count;
use crate::texts::Text;
use crate::texts::{Evidence, bilingual, counted, fill, functional_in};
use crate::{Bilingual, Check, CheckState, PhaseState, Report, Step, TableReport, verdict};

/// The plan's headings of the functional checklist.
pub(super) const LOGIN: &str = "Test 1: Autenticación";
pub(super) const WHATSAPP: &str = "Test 2: WhatsApp";
pub(super) const SETTINGS: &str = "Test 3: Configuración";
pub(super) const CRM: &str = "Test 4: CRM";
pub(super) const PERSISTENCE: &str = "Test 5: Persistencia";

/// An evidence with values that are the same in both languages.
pub(super) fn says(evidence: Evidence, values: &[(&str, &str)]) -> Bilingual {
    bilingual(|lang| fill(evidence.to(lang), values))
}

/// An evidence about a number of things.
pub(super) fn says_count(evidence: Evidence, number: u64) -> Bilingual {
    bilingual(|lang| counted(evidence.to(lang), lang, number))
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
            (Evidence::TestFailed, &self.failed),
            (Evidence::Tested, &self.passed),
            (Evidence::LeftToPerson, &self.left),
        ];
        let present = parts.iter().filter(|(_, checks)| !checks.is_empty());
        present.map(|(evidence, checks)| bilingual(|lang| listed(*evidence, lang, checks))).collect()
    }
}

fn listed(evidence: Evidence, lang: crate::Lang, checks: &[&Check]) -> String {
    let names: Vec<&str> = checks.iter().map(|check| functional_in(lang, &check.line)).collect();
    fill(evidence.to(lang), &[("what", &names.join("; "))])
}

/// The evidence of a step, where it was carried out.
pub(super) fn step(report: &Report, step: Step) -> Option<&str> {
    report.steps.get(&step).map(String::as_str)
}

/// The line that says that a phase has not run, or not to its end.
pub(super) fn not_run(report: &Report, phase: u8) -> Bilingual {
    let failed = report.phase(phase).is_some_and(|phase| phase.state == PhaseState::Failed);
    let evidence = if failed { Evidence::PhaseFailed } else { Evidence::NotRun };
    says(evidence, &[("n", &phase.to_string())])
}

/// What the comparison of the data came to.
pub(super) fn data(report: &Report) -> Vec<Bilingual> {
    let mut lines = vec![match verdict(report) {
        // A later look at the target has no plan of record, and compares no source.
        Verdict::NotCompared | Verdict::AsItWas | Verdict::ChangedSince | Verdict::UnclearSince => {
            says(Evidence::NotCompared, &[])
        }
        Verdict::Refused => says(Evidence::Refused, &[]),
        Verdict::CountsEqual => says(Evidence::CountsEqual, &[]),
        Verdict::Different => says(Evidence::Differs, &[("what", &differing(report))]),
        Verdict::Equal | Verdict::EqualByTheRules => rows_and_tables(report, Evidence::EveryValueEqual),
    }];
    let exceptions = [
        (Evidence::SetAside, report.rows_set_aside()),
        (Evidence::LeftOut, report.rows_left_out()),
        (Evidence::Changed, report.values_changed()),
        (Evidence::Skipped, report.tables_left_out()),
    ];
    lines.extend(exceptions.iter().filter(|(_, n)| *n > 0).map(|(evidence, n)| says_count(*evidence, *n)));
    lines
}

/// An evidence with the number of rows and tables.
pub(super) fn rows_and_tables(report: &Report, evidence: Evidence) -> Bilingual {
    let tables = u64::try_from(report.tables.len()).unwrap_or(u64::MAX);
    bilingual(|lang| {
        let rows = counted(Text::RowsCounted.to(lang), lang, report.rows());
        let tables = counted(Text::TablesCounted.to(lang), lang, tables);
        fill(evidence.to(lang), &[("rows", &rows), ("tables", &tables)])
    })
}

/// Whether the values of one of the application's tables are proved equal; none where there is no such table.
pub(super) fn table_proved(report: &Report, name: &str) -> Option<(bool, Bilingual)> {
    let table = report.table(name)?;
    let proved = report.proof.is_some() && table.is_proved();
    let line = if proved {
        bilingual(|lang| {
            let rows = counted(Text::RowsCounted.to(lang), lang, table.rows_target);
            fill(Evidence::TableEqual.to(lang), &[("table", name), ("rows", &rows)])
        })
    } else {
        says(Evidence::TableUnproved, &[("table", name)])
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
