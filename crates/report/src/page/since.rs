use super::Page;
use super::badge::Badge;
use super::grid::{Column, and_more, counted_cell, grid, row_name};
use crate::markup::Markup;
use crate::texts::words;

/// Most tables that are shown; the rest is in report.json.
const TABLES_SHOWN_MAX: usize = 1000;

const COLUMNS: [Column; 7] = [
    Column::text(words::TABLE),
    Column::text(words::STATE),
    Column::number(words::ROWS_THEN),
    Column::number(words::ROWS_NOW),
    Column::number(words::NEW_ROWS),
    Column::number(words::GONE_ROWS),
    Column::number(words::CHANGED_ROWS),
];

/// What became of each table since the earlier report.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let tables = &page.report.tables;
    grid(page, markup, "since", page.say(words::SINCE_CAPTION), &COLUMNS, |markup| {
        markup.within("tbody", &[], |markup| {
            for table in tables.iter().take(TABLES_SHOWN_MAX) {
                let Some(since) = table.since else { continue };
                markup.within("tr", &[], |markup| {
                    row_name(markup, &table.target);
                    markup.within("td", &[], |markup| Badge::from(since.standing).write(page, markup));
                    for figure in [table.rows_target, since.rows_now, since.new_min, since.gone_min, since.changed_min]
                    {
                        counted_cell(page, markup, figure);
                    }
                });
            }
        });
    });
    and_more(page, markup, tables.len(), TABLES_SHOWN_MAX);
}
