use super::super::Page;
use super::super::grid::and_more;
use crate::markup::Markup;
use crate::texts::words;
use crate::{Difference, TableReport};

/// Most rows that are named per table, and most tables; the rest is in report.json.
const ROWS_SHOWN_MAX: usize = 20;
const TABLES_SHOWN_MAX: usize = 50;

/// What differs: rows by table, then the schema.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let tables: Vec<&TableReport> = page.report.tables.iter().filter(|table| table.differences_count > 0).collect();
    let schema = page.report.proof.as_ref().map_or(&[][..], |proof| &proof.schema);
    if tables.is_empty() && schema.is_empty() {
        return;
    }
    markup.leaf("h3", &[], page.say(words::DIFFERENCES));
    for table in tables.iter().take(TABLES_SHOWN_MAX) {
        of_table(page, markup, table);
    }
    and_more(page, markup, tables.len(), TABLES_SHOWN_MAX);
    if schema.is_empty() {
        return;
    }
    markup.leaf("p", &[], page.say(words::SCHEMA_DIFFERENCES));
    markup.within("ul", &[], |markup| {
        for difference in schema.iter().take(TABLES_SHOWN_MAX) {
            markup.within("li", &[], |markup| {
                markup.name(&difference.table);
                markup.text(", ");
                markup.line("span", "", &difference.object);
                let values = [("expected", difference.expected.as_str()), ("found", &difference.found)];
                markup.text(": ");
                markup.leaf("bdi", &[], &words::EXPECTED.filled(page.lang, &values));
            });
        }
    });
    and_more(page, markup, schema.len(), TABLES_SHOWN_MAX);
}

fn of_table(page: Page<'_>, markup: &mut Markup, table: &TableReport) {
    markup.within("p", &[], |markup| {
        markup.name(&table.target);
        markup.text(": ");
        markup.text(&words::ROWS_DIFFER.counted(page.lang, table.differences_count));
    });
    markup.within("ul", &[], |markup| {
        for difference in table.differences.iter().take(ROWS_SHOWN_MAX) {
            markup.within("li", &[], |markup| of_row(page, markup, difference));
        }
    });
    let all = usize::try_from(table.differences_count).unwrap_or(usize::MAX);
    and_more(page, markup, all, table.differences.len().min(ROWS_SHOWN_MAX));
}

fn of_row(page: Page<'_>, markup: &mut Markup, difference: &Difference) {
    let place = super::super::findings::place(page, difference.rowid, &difference.key);
    markup.leaf("bdi", &[], &place);
    markup.text(": ");
    markup.text(match difference.kind.as_str() {
        "missing" => page.say(words::MISSING),
        "extra" => page.say(words::EXTRA),
        _ => page.say(words::CHANGED_ROW),
    });
    for (column, source, target) in &difference.columns {
        markup.text("; ");
        markup.name(column);
        markup.text(" ");
        markup.leaf("bdi", &[], &format!("{source} → {target}"));
    }
}
