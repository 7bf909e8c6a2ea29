use super::Page;
use super::badge::Badge;
use crate::markup::Markup;
use crate::texts::words;
use crate::{Bilingual, criteria};

/// The ten criteria with their evidence: a list, since a table of sentences cannot be read on a phone.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    markup.leaf("p", &[], page.say(words::CRITERIA_SAY));
    markup.within("ol", &[("class", "checks criteria")], |markup| {
        for criterion in criteria(page.report) {
            markup.within("li", &[], |markup| {
                Badge::from(criterion.state).write(page, markup);
                markup.leaf("p", &[], &format!("{}. {}", criterion.number, criterion.text.text(page.lang)));
                markup.within("div", &[("class", "quiet")], |markup| evidence(page, markup, &criterion.evidence));
            });
        }
    });
}

/// Lines of evidence, one paragraph each.
pub(super) fn evidence(page: Page<'_>, markup: &mut Markup, lines: &[Bilingual]) {
    for line in lines {
        markup.leaf("p", &[("dir", "auto")], line.text(page.lang));
    }
}
