//! The page: one file, no outside request, no script.

mod backups;
mod badge;
mod checklists;
mod criteria;
mod findings;
mod grid;
mod head;
mod phases;
mod result;
mod rollback;
mod run;
mod since;
mod speed;
mod tables;
mod users;

use crate::Words;
use crate::markup::Markup;
use crate::numbers::moment;
use crate::texts::words;
use crate::{Lang, Report};

/// What the parts of the page are written from.
#[derive(Clone, Copy)]
struct Page<'a> {
    report: &'a Report,
    lang: Lang,
}

/// A part of the page: its place, its heading, whether there is something to say, and how it is said.
struct Part {
    id: &'static str,
    title: Words,
    present: fn(&Report) -> bool,
    write: fn(Page<'_>, &mut Markup),
}

/// The parts, the most important first.
const PARTS: [Part; 14] = [
    Part { id: "result", title: words::RESULT, present: |_| true, write: result::write },
    Part { id: "criteria", title: words::CRITERIA, present: by_plan, write: criteria::write },
    Part { id: "phases", title: words::PHASES, present: by_plan, write: phases::write },
    Part { id: "since", title: words::SINCE, present: Report::is_later_look, write: since::write },
    Part { id: "tables", title: words::TABLES, present: tables::are_copied, write: tables::write },
    Part {
        id: "skipped",
        title: words::SKIPPED_TABLES,
        present: |r| !r.skipped.is_empty(),
        write: tables::write_skipped,
    },
    Part { id: "findings", title: words::FINDINGS, present: |r| !r.findings.is_empty(), write: findings::write },
    Part { id: "speed", title: words::SPEED, present: speed::is_known, write: speed::write },
    Part {
        id: "functional",
        title: words::FUNCTIONAL,
        present: |r| !r.functional.is_empty(),
        write: checklists::write_functional,
    },
    Part { id: "checklists", title: words::CHECKLISTS, present: by_plan, write: checklists::write },
    Part { id: "backups", title: words::BACKUPS, present: |r| !r.backups.is_empty(), write: backups::write },
    Part { id: "users", title: words::USERS, present: |r| !r.users.is_empty(), write: users::write },
    Part { id: "rollback", title: words::ROLLBACK, present: |r| !r.rollback.is_empty(), write: rollback::write },
    Part { id: "run", title: words::RUN_HEADING, present: |_| true, write: run::write },
];

/// The report as one HTML file in a language: no script, no outside request, every name escaped.
///
/// Long lists end with how many more report.json has, so that the file stays of a size that a phone can open.
pub fn to_html(report: &Report, lang: Lang) -> String {
    let page = Page { report, lang };
    let mut markup = Markup::default();
    markup.own("<!DOCTYPE html>\n");
    markup.within("html", &[("lang", lang.code())], |markup| {
        head::write(page, markup);
        markup.within("body", &[], |markup| page.body(markup));
    });
    markup.into_text()
}

fn by_plan(report: &Report) -> bool {
    !report.phases.is_empty()
}

impl Page<'_> {
    /// A text of the page in its language.
    fn say(&self, words: Words) -> &'static str {
        words.to(self.lang)
    }

    fn body(self, markup: &mut Markup) {
        markup.leaf("a", &[("class", "skip"), ("href", "#content")], self.say(words::SKIP_LINK));
        markup.within("header", &[], |markup| {
            markup.leaf("h1", &[], self.say(words::HEADING));
            markup.within("p", &[("class", "route")], |markup| {
                markup.name(&self.report.run.source.path);
                markup.leaf("span", &[("aria-hidden", "true")], " → ");
                markup.name(&self.report.run.target);
            });
        });
        let parts = || PARTS.iter().filter(|part| (part.present)(self.report));
        markup.within("nav", &[("aria-label", self.say(words::CONTENTS))], |markup| {
            markup.within("ul", &[], |markup| {
                for part in parts() {
                    let link = format!("#{}", part.id);
                    markup.within("li", &[], |markup| markup.leaf("a", &[("href", &link)], self.say(part.title)));
                }
            });
        });
        markup.within("main", &[("id", "content"), ("tabindex", "-1")], |markup| {
            for part in parts() {
                let heading = format!("{}-heading", part.id);
                markup.within("section", &[("id", part.id), ("aria-labelledby", &heading)], |markup| {
                    markup.leaf("h2", &[("id", &heading)], self.say(part.title));
                    (part.write)(self, markup);
                });
            }
        });
        markup.within("footer", &[], |markup| {
            let run = &self.report.run;
            let values = [("version", run.tool_version.as_str()), ("date", &moment(&run.started_at))];
            markup.leaf("p", &[], &words::FOOTER.filled(self.lang, &values));
        });
    }
}
