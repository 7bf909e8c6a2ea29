use super::Page;
use super::badge::Badge;
use super::grid::{Column, grid, number};
use crate::markup::Markup;
use crate::numbers::{duration_ms, moment};
use crate::texts::words;

const COLUMNS: [Column; 5] = [
    Column::number(words::NUMBER),
    Column::text(words::PHASE),
    Column::text(words::STATE),
    Column::number(words::TOOK),
    Column::text(words::ENDED_AT),
];

/// State and time of the phases.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    grid(page, markup, "phases", page.say(words::PHASES_CAPTION), &COLUMNS, |markup| {
        markup.within("tbody", &[], |markup| {
            for phase in &page.report.phases {
                markup.within("tr", &[], |markup| {
                    number(markup, &phase.number.to_string());
                    markup.leaf("th", &[("scope", "row")], words(page, &phase.name));
                    markup.within("td", &[], |markup| Badge::from(phase.state).write(page, markup));
                    let took = phase.took_ms.map(|ms| duration_ms(page.lang, ms));
                    number(markup, took.as_deref().unwrap_or_default());
                    markup.within("td", &[("class", "moment")], |markup| {
                        if let Some(at) = &phase.at {
                            markup.leaf("time", &[("datetime", at)], &moment(at));
                        }
                    });
                });
            }
        });
    });
}

/// What a phase does, in words; an unknown one by its name.
fn words<'a>(page: Page<'_>, name: &'a str) -> &'a str {
    let text = match name {
        "prepare" => words::PHASE_PREPARE,
        "provision" => words::PHASE_PROVISION,
        "configure" => words::PHASE_CONFIGURE,
        "migrate" => words::PHASE_MIGRATE,
        "verify" => words::PHASE_VERIFY,
        "finish" => words::PHASE_FINISH,
        _ => return name,
    };
    page.say(text)
}
