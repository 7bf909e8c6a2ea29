use super::Page;
use crate::Words;
use crate::markup::Markup;
use crate::numbers::count;
use crate::texts::words;

/// A column: its heading, and whether it holds numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    title: Words,
    numeric: bool,
}

impl Column {
    pub(super) const fn text(title: Words) -> Self {
        Self { title, numeric: false }
    }

    pub(super) const fn number(title: Words) -> Self {
        Self { title, numeric: true }
    }
}

/// A table with caption and headings, in a frame that scrolls sideways where the screen is narrow, by keyboard too.
pub(super) fn grid(
    page: Page<'_>,
    markup: &mut Markup,
    id: &str,
    caption: &str,
    columns: &[Column],
    rows: impl FnOnce(&mut Markup),
) {
    let caption_id = format!("{id}-caption");
    let frame = [("class", "frame"), ("role", "group"), ("aria-labelledby", caption_id.as_str()), ("tabindex", "0")];
    markup.within("div", &frame, |markup| {
        markup.within("table", &[], |markup| {
            markup.leaf("caption", &[("id", &caption_id)], caption);
            markup.within("thead", &[], |markup| {
                markup.within("tr", &[], |markup| {
                    for column in columns {
                        let class = if column.numeric { "number" } else { "words" };
                        markup.leaf("th", &[("scope", "col"), ("class", class)], page.say(column.title));
                    }
                });
            });
            rows(markup);
        });
    });
}

/// A cell with a number.
pub(super) fn number(markup: &mut Markup, text: &str) {
    markup.leaf("td", &[("class", "number")], text);
}

/// A cell with a count.
pub(super) fn counted_cell(page: Page<'_>, markup: &mut Markup, value: u64) {
    number(markup, &count(page.lang, value));
}

/// The heading of a row: a name.
pub(super) fn row_name(markup: &mut Markup, name: &str) {
    markup.within("th", &[("scope", "row")], |markup| markup.name(name));
}

/// Says how many of a list are not shown.
pub(super) fn and_more(page: Page<'_>, markup: &mut Markup, total: usize, shown: usize) {
    let more = u64::try_from(total.saturating_sub(shown)).unwrap_or(u64::MAX);
    if more > 0 {
        markup.leaf("p", &[("class", "more")], &words::MORE_IN_JSON.counted(page.lang, more));
    }
}

/// A digest by its first digits, whole on demand.
pub(super) fn digest(markup: &mut Markup, digest: &str) {
    let short = crate::numbers::abbreviated(digest);
    if short == digest {
        return markup.leaf("code", &[], digest);
    }
    markup.within("details", &[("class", "digest")], |markup| {
        markup.within("summary", &[], |markup| markup.leaf("code", &[], &short));
        markup.leaf("code", &[], digest);
    });
}
