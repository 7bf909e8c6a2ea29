mod differences;

use super::Page;
use super::badge::Badge;
use super::grid::{Column, and_more, counted_cell, digest, grid, number, row_name};
use crate::markup::Markup;
use crate::numbers::{count, duration, size};
use crate::texts::words;
use crate::{Report, TableReport};

/// Most tables that are shown; the rest is in report.json.
const TABLES_SHOWN_MAX: usize = 1000;

/// A column that only reports with such figures have.
struct Optional {
    column: Column,
    present: fn(&Report) -> bool,
    write: fn(Page<'_>, &mut Markup, &TableReport),
    total: fn(Page<'_>, &mut Markup),
}

const OPTIONAL: [Optional; 4] = [
    Optional {
        column: Column::number(words::SET_ASIDE),
        present: |report| report.rows_set_aside() > 0,
        write: |page, markup, table| counted_cell(page, markup, table.rows_quarantined),
        total: |page, markup| counted_cell(page, markup, page.report.rows_set_aside()),
    },
    Optional {
        column: Column::number(words::LEFT_OUT),
        present: |report| report.rows_left_out() > 0,
        write: |page, markup, table| counted_cell(page, markup, table.rows_left_out),
        total: |page, markup| counted_cell(page, markup, page.report.rows_left_out()),
    },
    Optional {
        column: Column::number(words::SENT),
        present: |report| report.tables.iter().any(|table| table.bytes.is_some()),
        write: |page, markup, table| {
            number(markup, &table.bytes.map(|bytes| size(page.lang, bytes)).unwrap_or_default());
        },
        total: |page, markup| {
            number(markup, &size(page.lang, page.report.tables.iter().filter_map(|table| table.bytes).sum()));
        },
    },
    Optional {
        column: Column::number(words::LOAD_TIME),
        present: |report| report.tables.iter().any(|table| table.seconds.is_some()),
        write: |page, markup, table| {
            number(markup, &table.seconds.map(|seconds| duration(page.lang, seconds)).unwrap_or_default());
        },
        // Tables load side by side: their times have no sum that means something.
        total: |_, markup| number(markup, ""),
    },
];

/// True when the report is of tables that went from one side to the other.
pub(super) fn are_copied(report: &Report) -> bool {
    !report.tables.is_empty() && !report.is_later_look()
}

/// Rows on both sides and the digest of each table, with what differs below.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let report = page.report;
    let optional: Vec<&Optional> = OPTIONAL.iter().filter(|column| (column.present)(report)).collect();
    let mut columns = vec![
        Column::text(words::TABLE),
        Column::number(words::ROWS_SOURCE),
        Column::number(words::ROWS_TARGET),
        Column::text(words::CONTENT),
        Column::text(words::DIGEST),
    ];
    columns.extend(optional.iter().map(|optional| optional.column));
    grid(page, markup, "tables", page.say(words::TABLES_CAPTION), &columns, |markup| {
        markup.within("tbody", &[], |markup| {
            for table in report.tables.iter().take(TABLES_SHOWN_MAX) {
                row(page, markup, table, &optional);
            }
        });
        markup.within("tfoot", &[], |markup| {
            markup.within("tr", &[], |markup| {
                markup.leaf("th", &[("scope", "row")], page.say(words::TOTAL));
                counted_cell(page, markup, report.tables.iter().map(|table| table.rows_source).sum());
                counted_cell(page, markup, report.rows());
                markup.leaf("td", &[("colspan", "2")], "");
                for optional in &optional {
                    (optional.total)(page, markup);
                }
            });
        });
    });
    and_more(page, markup, report.tables.len(), TABLES_SHOWN_MAX);
    changes(page, markup);
    differences::write(page, markup);
}

fn row(page: Page<'_>, markup: &mut Markup, table: &TableReport, optional: &[&Optional]) {
    markup.within("tr", &[], |markup| {
        markup.within("th", &[("scope", "row")], |markup| {
            markup.name(&table.source);
            if table.target != table.source {
                markup.text(" ");
                markup.leaf(
                    "span",
                    &[("class", "quiet")],
                    &words::NOW_NAMED.filled(page.lang, &[("name", &table.target)]),
                );
            }
        });
        counted_cell(page, markup, table.rows_source);
        counted_cell(page, markup, table.rows_target);
        let badge = match (page.report.proof.is_some(), table.differs(), table.is_proved()) {
            (_, true, _) => Badge::DIFFERENT,
            (true, false, true) => Badge::EQUAL,
            _ => Badge::UNCOMPARED,
        };
        markup.within("td", &[], |markup| badge.write(page, markup));
        markup.within("td", &[], |markup| digests(page, markup, table));
        for optional in optional {
            (optional.write)(page, markup, table);
        }
    });
}

/// One digest where both sides agree, else both.
fn digests(page: Page<'_>, markup: &mut Markup, table: &TableReport) {
    match (&table.digest_source, &table.digest_target) {
        (Some(source), Some(target)) if source != target => {
            markup.text(page.say(words::DIGEST_SOURCE));
            digest(markup, source);
            markup.text(page.say(words::DIGEST_TARGET));
            digest(markup, target);
        }
        (Some(one), _) | (None, Some(one)) => digest(markup, one),
        (None, None) => {}
    }
}

/// Values that rules changed, by table and rule.
fn changes(page: Page<'_>, markup: &mut Markup) {
    if page.report.values_changed() == 0 {
        return;
    }
    markup.leaf("h3", &[], page.say(words::CHANGED_BY_RULE));
    markup.within("ul", &[], |markup| {
        for table in page.report.tables.iter().take(TABLES_SHOWN_MAX) {
            for (rule, values) in table.changed.iter().filter(|(_, values)| **values > 0) {
                markup.within("li", &[], |markup| {
                    markup.name(&table.source);
                    markup.text(", ");
                    markup.name(rule);
                    markup.text(&format!(": {}", count(page.lang, *values)));
                });
            }
        }
    });
}

const SKIPPED: [Column; 3] =
    [Column::text(words::TABLE), Column::text(words::BOOKKEEPING), Column::text(words::REASON)];

/// Tables that were left out.
pub(super) fn write_skipped(page: Page<'_>, markup: &mut Markup) {
    let skipped = &page.report.skipped;
    grid(page, markup, "skipped", page.say(words::SKIPPED_CAPTION), &SKIPPED, |markup| {
        markup.within("tbody", &[], |markup| {
            for table in skipped.iter().take(TABLES_SHOWN_MAX) {
                markup.within("tr", &[], |markup| {
                    row_name(markup, &table.table);
                    markup.leaf("td", &[], page.say(if table.bookkeeping { words::YES } else { words::NO }));
                    markup.line("td", "", &table.reason);
                });
            }
        });
    });
    and_more(page, markup, skipped.len(), TABLES_SHOWN_MAX);
}
