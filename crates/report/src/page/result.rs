use super::{Page, by_plan};
use crate::markup::Markup;
use crate::numbers::{as_float, count, decimal, duration_ms, size};
use crate::texts::words;
use crate::{CheckState, CriterionState, PhaseState, Severity, Verdict, criteria, verdict};

/// Most warnings of the run that are shown.
const WARNINGS_SHOWN_MAX: usize = 50;

/// Verdict, key figures, what is left to do.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let (class, sign, headline, detail) = match verdict(page.report) {
        Verdict::Equal => ("verdict good", "✓", words::VERDICT_EQUAL, words::SAY_EQUAL),
        Verdict::EqualByTheRules => ("verdict good", "✓", words::VERDICT_BY_RULES, words::SAY_BY_RULES),
        Verdict::CountsEqual => ("verdict person", "○", words::VERDICT_COUNTS, words::SAY_COUNTS),
        Verdict::Different => ("verdict bad", "✗", words::VERDICT_DIFFERENT, words::SAY_DIFFERENT),
        Verdict::Refused => ("verdict bad", "✗", words::VERDICT_REFUSED, words::SAY_REFUSED),
        Verdict::AsItWas => ("verdict good", "✓", words::VERDICT_AS_IT_WAS, words::SAY_AS_IT_WAS),
        Verdict::ChangedSince => ("verdict bad", "✗", words::VERDICT_CHANGED_SINCE, words::SAY_CHANGED_SINCE),
        Verdict::UnclearSince => ("verdict person", "○", words::VERDICT_UNCLEAR_SINCE, words::SAY_UNCLEAR_SINCE),
        Verdict::NotCompared => ("verdict open", "–", words::VERDICT_NONE, words::SAY_NONE),
    };
    markup.within("div", &[("class", class)], |markup| {
        markup.within("p", &[("class", "headline")], |markup| {
            markup.leaf("span", &[("aria-hidden", "true"), ("class", "sign")], sign);
            markup.leaf("span", &[], page.say(headline));
        });
        markup.leaf("p", &[], page.say(detail));
    });
    failure(page, markup);
    figures(page, markup);
    left(page, markup);
    warnings(page, markup);
}

/// Why the run ended early, what to do, and where every bad row is listed.
fn failure(page: Page<'_>, markup: &mut Markup) {
    let run = &page.report.run;
    let Some(failure) = &run.failure else { return };
    markup.within("div", &[("class", "failure")], |markup| {
        markup.within("p", &[], |markup| {
            markup.leaf("strong", &[], page.say(words::ENDED_EARLY));
            markup.text(" ");
            markup.line("span", "", failure);
        });
        if let Some(hint) = &run.hint {
            markup.within("p", &[], |markup| {
                markup.leaf("strong", &[], page.say(words::REMEDY));
                markup.text(" ");
                markup.line("span", "", hint);
            });
        }
        if let Some(file) = &run.bad_rows {
            markup.within("p", &[], |markup| {
                markup.text(page.say(words::BAD_ROWS));
                markup.text(" ");
                markup.name(file);
            });
        }
    });
}

fn figures(page: Page<'_>, markup: &mut Markup) {
    let report = page.report;
    let mut figures = Vec::new();
    if !report.tables.is_empty() {
        figures.push((words::KEY_ROWS, count(page.lang, report.rows())));
        figures.push((words::KEY_TABLES, count(page.lang, as_u64(report.tables.len()))));
    }
    if report.run.source.size_bytes > 0 {
        figures.push((words::KEY_SOURCE, size(page.lang, report.run.source.size_bytes)));
    }
    if let Some(took) = report.run.took_ms.filter(|took| *took > 0) {
        figures.push((words::KEY_TIME, duration_ms(page.lang, took)));
    }
    if let Some(mean) = mean_speed(page) {
        figures.push((words::KEY_SPEED, mean));
    }
    if by_plan(report) {
        let done = report.phases.iter().filter(|phase| phase.state == PhaseState::Done).count();
        figures.push((words::KEY_PHASES, words::OF_SIX.filled(page.lang, &[("n", &done.to_string())])));
    }
    markup.within("dl", &[("class", "figures")], |markup| {
        for (name, value) in figures {
            markup.within("div", &[], |markup| {
                markup.leaf("dt", &[], page.say(name));
                markup.leaf("dd", &[], &value);
            });
        }
    });
}

fn mean_speed(page: Page<'_>) -> Option<String> {
    let (first, last) = (page.report.throughput.first()?, page.report.throughput.last()?);
    let (ms, rows) = (last.ms.checked_sub(first.ms)?, last.rows.checked_sub(first.rows)?);
    let unit = page.say(words::ROWS_PER_SECOND);
    // The unit may go on a line of its own where the screen is narrow.
    (ms > 0).then(|| format!("{} {unit}", decimal(page.lang, as_float(rows) * 1000.0 / as_float(ms), 0)))
}

/// The lines that a person has to see to, each with a link to its part.
fn left(page: Page<'_>, markup: &mut Markup) {
    let report = page.report;
    let found = if by_plan(report) { criteria(report) } else { Vec::new() };
    let criteria_in = |state| as_u64(found.iter().filter(|criterion| criterion.state == state).count());
    let checks_in = |state| as_u64(report.functional.iter().filter(|check| check.state == state).count());
    let grave = report.findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    let lines = [
        (criteria_in(CriterionState::Failed), words::CRITERIA_FAILED, "#criteria"),
        (checks_in(CheckState::Failed), words::CHECKS_FAILED, "#functional"),
        (criteria_in(CriterionState::DataProved), words::CRITERIA_DATA, "#criteria"),
        (criteria_in(CriterionState::ForAPerson), words::CRITERIA_LEFT, "#criteria"),
        (checks_in(CheckState::ForAPerson), words::CHECKS_LEFT, "#functional"),
        (as_u64(grave), words::FINDINGS_TO_READ, "#findings"),
    ];
    if lines.iter().all(|(number, ..)| *number == 0) {
        return;
    }
    markup.leaf("h3", &[], page.say(words::LEFT_FOR_YOU));
    markup.within("ul", &[], |markup| {
        for (number, text, link) in lines.into_iter().filter(|(number, ..)| *number > 0) {
            markup.within("li", &[], |markup| {
                markup.leaf("a", &[("href", link)], &text.counted(page.lang, number));
            });
        }
    });
}

fn warnings(page: Page<'_>, markup: &mut Markup) {
    let warnings = &page.report.warnings;
    if warnings.is_empty() {
        return;
    }
    markup.leaf("h3", &[], page.say(words::WARNINGS));
    markup.within("ul", &[], |markup| {
        for warning in warnings.iter().take(WARNINGS_SHOWN_MAX) {
            markup.line("li", "", warning);
        }
    });
    super::grid::and_more(page, markup, warnings.len(), WARNINGS_SHOWN_MAX);
}

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
