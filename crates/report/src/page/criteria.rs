use super::Page;
use super::badge::Badge;
use super::grid::{Column, grid, number};
use crate::markup::Markup;
use crate::texts::Text;
use crate::{Bilingual, criteria};

const COLUMNS: [Column; 4] = [
    Column::number(Text::Number),
    Column::text(Text::Criterion),
    Column::text(Text::State),
    Column::text(Text::Evidence),
];

/// The ten criteria with their evidence.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    grid(page, markup, "criteria", page.say(Text::CriteriaCaption), &COLUMNS, |markup| {
        markup.within("tbody", &[], |markup| {
            for criterion in criteria(page.report) {
                markup.within("tr", &[], |markup| {
                    number(markup, &criterion.number.to_string());
                    markup.leaf("th", &[("scope", "row")], criterion.text.text(page.lang));
                    markup.within("td", &[], |markup| Badge::from(criterion.state).write(page, markup));
                    markup.within("td", &[("class", "evidence")], |markup| evidence(page, markup, &criterion.evidence));
                });
            }
        });
    });
}

/// Lines of evidence, one paragraph each.
pub(super) fn evidence(page: Page<'_>, markup: &mut Markup, lines: &[Bilingual]) {
    for line in lines {
        markup.leaf("p", &[("dir", "auto")], line.text(page.lang));
    }
}
