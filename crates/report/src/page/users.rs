use super::Page;
use super::grid::{Column, and_more, grid};
use crate::markup::Markup;
use crate::texts::words;

/// Most users that are shown.
const USERS_SHOWN_MAX: usize = 200;

const COLUMNS: [Column; 3] = [Column::text(words::USERNAME), Column::text(words::ROLE), Column::text(words::USER_ID)];

/// The users, without their hashes.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let users = &page.report.users;
    grid(page, markup, "users", page.say(words::USERS_CAPTION), &COLUMNS, |markup| {
        markup.within("tbody", &[], |markup| {
            for user in users.iter().take(USERS_SHOWN_MAX) {
                markup.within("tr", &[], |markup| {
                    let text = |value: &Option<String>| value.clone().unwrap_or_default();
                    markup.leaf("th", &[("scope", "row"), ("dir", "auto")], &text(&user.username));
                    markup.leaf("td", &[("dir", "auto")], &text(&user.role));
                    markup.within("td", &[], |markup| markup.name(&text(&user.id)));
                });
            }
        });
    });
    and_more(page, markup, users.len(), USERS_SHOWN_MAX);
}
