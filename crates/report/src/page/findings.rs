use super::Page;
use super::grid::and_more;
use crate::Words;
use crate::markup::Markup;
use crate::texts::words;
use crate::{Finding, Place, Severity};

/// Most findings of one severity that are shown, and most places of one; the rest is in report.json.
const FINDINGS_SHOWN_MAX: usize = 400;
const PLACES_SHOWN_MAX: usize = 10;

/// Notes, and warnings, beyond which they are folded away; problems never are.
const NOTES_OPEN_MAX: usize = 3;
const WARNINGS_OPEN_MAX: usize = 12;

const GROUPS: [(Severity, Words, &str); 3] = [
    (Severity::Problem, words::PROBLEMS, "finding bad"),
    (Severity::Warning, words::WARNING_FINDINGS, "finding person"),
    (Severity::Note, words::NOTES, "finding open"),
];

/// Findings by severity, the gravest first.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    markup.leaf("p", &[], page.say(words::FINDINGS_SAY));
    for (severity, title, class) in GROUPS {
        let found: Vec<&Finding> = page.report.findings.iter().filter(|one| one.severity == severity).collect();
        if found.is_empty() {
            continue;
        }
        markup.leaf("h3", &[], &format!("{} ({})", page.say(title), found.len()));
        let list = |markup: &mut Markup| {
            markup.within("ul", &[("class", "findings")], |markup| {
                for finding in found.iter().take(FINDINGS_SHOWN_MAX) {
                    markup.within("li", &[("class", class)], |markup| one(page, markup, finding));
                }
            });
            and_more(page, markup, found.len(), FINDINGS_SHOWN_MAX);
        };
        let open_max = match severity {
            Severity::Problem => usize::MAX,
            Severity::Warning => WARNINGS_OPEN_MAX,
            Severity::Note => NOTES_OPEN_MAX,
        };
        if found.len() <= open_max {
            list(markup);
        } else {
            markup.within("details", &[], |markup| {
                markup.leaf("summary", &[], page.say(words::SHOW_THEM));
                list(markup);
            });
        }
    }
}

fn one(page: Page<'_>, markup: &mut Markup, finding: &Finding) {
    markup.within("p", &[("class", "subject")], |markup| {
        markup.leaf("strong", &[("translate", "no")], &finding.code);
        let parts = [&finding.table, &finding.column, &finding.object];
        for part in parts.into_iter().flatten() {
            markup.text(" ");
            markup.name(part);
        }
        if finding.count > 1 {
            markup.text(" ");
            markup.leaf("span", &[("class", "quiet")], &words::TIMES_COUNTED.counted(page.lang, finding.count));
        }
    });
    markup.line("p", "", &finding.message);
    if let Some(remedy) = &finding.remedy {
        markup.within("p", &[], |markup| {
            markup.leaf("strong", &[], page.say(words::REMEDY));
            markup.text(" ");
            markup.line("span", "", remedy);
        });
    }
    if !finding.places.is_empty() {
        places(page, markup, &finding.places);
    }
}

fn places(page: Page<'_>, markup: &mut Markup, places: &[Place]) {
    markup.within("details", &[], |markup| {
        markup.leaf("summary", &[], page.say(words::FIRST_PLACES));
        markup.within("ul", &[], |markup| {
            for one in places.iter().take(PLACES_SHOWN_MAX) {
                markup.within("li", &[], |markup| {
                    markup.leaf("bdi", &[], &place(page, one.rowid, &one.key));
                    markup.text(&format!(", {}", one.class));
                    if !one.sample.is_empty() {
                        markup.text(" ");
                        markup.leaf("code", &[], &one.sample);
                    }
                });
            }
        });
        and_more(page, markup, places.len(), PLACES_SHOWN_MAX);
    });
}

/// A row in words: by its rowid, else by its key.
pub(super) fn place(page: Page<'_>, rowid: Option<i64>, key: &[String]) -> String {
    match rowid {
        Some(rowid) => words::ROW.filled(page.lang, &[("n", &rowid.to_string())]),
        None => words::ROW_WITH_KEY.filled(page.lang, &[("key", &key.join(", "))]),
    }
}
