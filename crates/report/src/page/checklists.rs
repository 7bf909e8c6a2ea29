use super::Page;
use super::badge::Badge;
use super::criteria::evidence;
use crate::markup::Markup;
use crate::texts::{functional_in, words};
use crate::{Check, checklists};

/// Most lines of the functional checklist that are shown.
const CHECKS_SHOWN_MAX: usize = 500;

/// The plan's four checklists.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    for checklist in checklists(page.report) {
        markup.leaf("h3", &[], checklist.title.text(page.lang));
        markup.within("ul", &[("class", "checks")], |markup| {
            for line in &checklist.lines {
                markup.within("li", &[], |markup| {
                    Badge::from(line.state).write(page, markup);
                    markup.within("div", &[], |markup| {
                        markup.leaf("p", &[], line.text.text(page.lang));
                        markup.within("div", &[("class", "quiet")], |markup| evidence(page, markup, &line.evidence));
                    });
                });
            }
        });
    }
}

/// What was tested of the application, and what is left to a person.
pub(super) fn write_functional(page: Page<'_>, markup: &mut Markup) {
    markup.leaf("p", &[], page.say(words::FUNCTIONAL_SAY));
    let shown = &page.report.functional[..page.report.functional.len().min(CHECKS_SHOWN_MAX)];
    for group in shown.chunk_by(|one, next| one.group == next.group) {
        markup.leaf("h3", &[("dir", "auto")], functional_in(page.lang, &group[0].group));
        markup.within("ul", &[("class", "checks")], |markup| {
            for check in group {
                markup.within("li", &[], |markup| one(page, markup, check));
            }
        });
    }
    super::grid::and_more(page, markup, page.report.functional.len(), CHECKS_SHOWN_MAX);
}

fn one(page: Page<'_>, markup: &mut Markup, check: &Check) {
    Badge::from(check.state).write(page, markup);
    markup.within("div", &[], |markup| {
        markup.leaf("p", &[("dir", "auto")], functional_in(page.lang, &check.line));
        if let Some(note) = &check.note {
            markup.line("p", "quiet", note);
        }
    });
}
