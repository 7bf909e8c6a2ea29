use super::{Page, by_plan};
use crate::markup::Markup;
use crate::numbers::{as_float, count, decimal, duration_ms, size};
use crate::texts::{Text, counted, fill};
use crate::{CheckState, CriterionState, PhaseState, Severity, Verdict, criteria, verdict};

/// Most warnings of the run that are shown.
const WARNINGS_SHOWN_MAX: usize = 50;

/// Verdict, key figures, what is left to do.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let (class, sign, headline, detail) = match verdict(page.report) {
        Verdict::Equal => ("verdict good", "✓", Text::VerdictEqual, Text::SayEqual),
        Verdict::EqualByTheRules => ("verdict good", "✓", Text::VerdictByRules, Text::SayByRules),
        Verdict::CountsEqual => ("verdict person", "○", Text::VerdictCounts, Text::SayCounts),
        Verdict::Different => ("verdict bad", "✗", Text::VerdictDifferent, Text::SayDifferent),
        Verdict::Refused => ("verdict bad", "✗", Text::VerdictRefused, Text::SayRefused),
        Verdict::AsItWas => ("verdict good", "✓", Text::VerdictAsItWas, Text::SayAsItWas),
        Verdict::ChangedSince => ("verdict bad", "✗", Text::VerdictChangedSince, Text::SayChangedSince),
        Verdict::UnclearSince => ("verdict person", "○", Text::VerdictUnclearSince, Text::SayUnclearSince),
        Verdict::NotCompared => ("verdict open", "–", Text::VerdictNone, Text::SayNone),
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
            markup.leaf("strong", &[], page.say(Text::EndedEarly));
            markup.text(" ");
            markup.line("span", "", failure);
        });
        if let Some(hint) = &run.hint {
            markup.within("p", &[], |markup| {
                markup.leaf("strong", &[], page.say(Text::Remedy));
                markup.text(" ");
                markup.line("span", "", hint);
            });
        }
        if let Some(file) = &run.bad_rows {
            markup.within("p", &[], |markup| {
                markup.text(page.say(Text::BadRows));
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
        figures.push((Text::KeyRows, count(page.lang, report.rows())));
        figures.push((Text::KeyTables, count(page.lang, as_u64(report.tables.len()))));
    }
    if report.run.source.size_bytes > 0 {
        figures.push((Text::KeySource, size(page.lang, report.run.source.size_bytes)));
    }
    if let Some(took) = report.run.took_ms.filter(|took| *took > 0) {
        figures.push((Text::KeyTime, duration_ms(page.lang, took)));
    }
    if let Some(mean) = mean_speed(page) {
        figures.push((Text::KeySpeed, mean));
    }
    if by_plan(report) {
        let done = report.phases.iter().filter(|phase| phase.state == PhaseState::Done).count();
        figures.push((Text::KeyPhases, fill(page.say(Text::OfSix), &[("n", &done.to_string())])));
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
    let unit = page.say(Text::RowsPerSecond);
    (ms > 0).then(|| format!("{}\u{a0}{unit}", decimal(page.lang, as_float(rows) * 1000.0 / as_float(ms), 0)))
}

/// The lines that a person has to see to, each with a link to its part.
fn left(page: Page<'_>, markup: &mut Markup) {
    let report = page.report;
    let found = if by_plan(report) { criteria(report) } else { Vec::new() };
    let criteria_in = |state| as_u64(found.iter().filter(|criterion| criterion.state == state).count());
    let checks_in = |state| as_u64(report.functional.iter().filter(|check| check.state == state).count());
    let grave = report.findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    let lines = [
        (criteria_in(CriterionState::Failed), Text::CriteriaFailed, "#criteria"),
        (checks_in(CheckState::Failed), Text::ChecksFailed, "#functional"),
        (criteria_in(CriterionState::ForAPerson), Text::CriteriaLeft, "#criteria"),
        (checks_in(CheckState::ForAPerson), Text::ChecksLeft, "#functional"),
        (as_u64(grave), Text::FindingsToRead, "#findings"),
    ];
    if lines.iter().all(|(number, ..)| *number == 0) {
        return;
    }
    markup.leaf("h3", &[], page.say(Text::LeftForYou));
    markup.within("ul", &[], |markup| {
        for (number, text, link) in lines.into_iter().filter(|(number, ..)| *number > 0) {
            markup.within("li", &[], |markup| {
                markup.leaf("a", &[("href", link)], &counted(page.say(text), page.lang, number));
            });
        }
    });
}

fn warnings(page: Page<'_>, markup: &mut Markup) {
    let warnings = &page.report.warnings;
    if warnings.is_empty() {
        return;
    }
    markup.leaf("h3", &[], page.say(Text::Warnings));
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
