use super::Page;
use crate::markup::Markup;
use crate::texts::words;

/// The way back, step by step.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    if !page.report.backups.is_empty() {
        markup.leaf("p", &[], page.say(words::ROLLBACK_SAY));
    }
    markup.within("ol", &[("class", "steps")], |markup| {
        for step in &page.report.rollback {
            markup.within("li", &[], |markup| {
                let text = step.text.text(page.lang);
                if !text.is_empty() {
                    markup.leaf("p", &[], text);
                }
                if let Some(command) = &step.command {
                    markup.within("pre", &[("tabindex", "0")], |markup| markup.name(command));
                }
            });
        }
    });
}
