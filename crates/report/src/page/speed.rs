use super::Page;
use super::grid::{Column, grid, number};
use crate::Words;
use crate::markup::Markup;
use crate::numbers::{as_float, count, decimal, duration, size, whole};
use crate::plot::{Bar, bars, curve, rates};
use crate::texts::words;
use crate::{Report, TableReport};

/// Most tables in the plot of sizes.
const LARGEST_MAX: usize = 12;

/// Most sections in the plot of times.
const SECTIONS_MAX: usize = 40;

/// Whether there is a plot to draw.
pub(super) fn is_known(report: &Report) -> bool {
    !report.sections.is_empty() || !rates(&report.throughput).is_empty() || has_sizes(report)
}

/// One table has nothing to be held against.
fn has_sizes(report: &Report) -> bool {
    super::tables::are_copied(report) && report.tables.iter().filter(|table| table.rows_target > 0).count() >= 2
}

/// The plots, each with its figures as a table.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    throughput(page, markup);
    sections(page, markup);
    largest(page, markup);
}

fn throughput(page: Page<'_>, markup: &mut Markup) {
    let rates = rates(&page.report.throughput);
    let (Some(first), Some(last)) = (rates.first(), rates.last()) else { return };
    let lang = page.lang;
    let length = last.to - first.from;
    let mean = rates.iter().map(|rate| rate.rows * (rate.to - rate.from)).sum::<f64>() / length;
    let peak = rates.iter().map(|rate| rate.rows).fold(0.0, f64::max);
    let desc = words::RATES_DESC.filled(
        lang,
        &[
            ("from", &duration(lang, first.from)),
            ("to", &duration(lang, last.to)),
            ("mean", &decimal(lang, mean, 0)),
            ("peak", &decimal(lang, peak, 0)),
        ],
    );
    figure(page, markup, words::RATES_TITLE, &desc, |markup| {
        curve(markup, lang, "rates", page.say(words::RATES_TITLE), &desc, page.say(words::ROWS_PER_SECOND), &rates);
    });
    let columns =
        [Column::text(words::FROM_TO), Column::number(words::ROWS_PER_SECOND), Column::number(words::BYTES_PER_SECOND)];
    as_table(page, markup, "rates", words::RATES_TITLE, &columns, |markup| {
        for rate in &rates {
            markup.within("tr", &[], |markup| {
                let stretch = format!("{} – {}", duration(lang, rate.from), duration(lang, rate.to));
                markup.leaf("th", &[("scope", "row")], &stretch);
                number(markup, &decimal(lang, rate.rows, 0));
                number(markup, &size(lang, whole(rate.bytes)));
            });
        }
    });
}

fn sections(page: Page<'_>, markup: &mut Markup) {
    let sections = &page.report.sections[..page.report.sections.len().min(SECTIONS_MAX)];
    if sections.is_empty() {
        return;
    }
    let timeline = sections.iter().all(|section| section.began.is_some());
    let bar = |section: &crate::Section| Bar {
        label: section_words(page, &section.name).to_owned(),
        value: duration(page.lang, section.seconds),
        from: if timeline { section.began.unwrap_or_default() } else { 0.0 },
        length: section.seconds.max(0.0),
    };
    let all: Vec<Bar> = sections.iter().map(bar).collect();
    let desc = words::SECTIONS_DESC.filled(page.lang, &[("list", &listed(&all))]);
    figure(page, markup, words::SECTIONS_TITLE, page.say(words::SECTIONS_OVERLAP), |markup| {
        bars(markup, "sections", page.say(words::SECTIONS_TITLE), &desc, &all);
    });
    let columns = [Column::text(words::SECTION), Column::number(words::SECONDS)];
    as_table(page, markup, "sections", words::SECTIONS_TITLE, &columns, |markup| {
        for section in sections {
            markup.within("tr", &[], |markup| {
                markup.leaf("th", &[("scope", "row")], section_words(page, &section.name));
                number(markup, &decimal(page.lang, section.seconds, 3));
            });
        }
    });
}

fn largest(page: Page<'_>, markup: &mut Markup) {
    if !has_sizes(page.report) {
        return;
    }
    let mut tables: Vec<&TableReport> = page.report.tables.iter().filter(|table| table.rows_target > 0).collect();
    tables.sort_by(|a, b| b.rows_target.cmp(&a.rows_target).then_with(|| a.target.cmp(&b.target)));
    let some = tables.len() > LARGEST_MAX;
    tables.truncate(LARGEST_MAX);
    let bar = |table: &&TableReport| Bar {
        label: table.target.clone(),
        value: count(page.lang, table.rows_target),
        from: 0.0,
        length: as_float(table.rows_target),
    };
    let all: Vec<Bar> = tables.iter().map(bar).collect();
    let title = if some {
        words::LARGEST_TITLE_SOME.filled(page.lang, &[("n", &LARGEST_MAX.to_string())])
    } else {
        page.say(words::LARGEST_TITLE).to_owned()
    };
    let desc = words::LARGEST_DESC.filled(page.lang, &[("list", &listed(&all))]);
    markup.within("figure", &[], |markup| {
        markup.leaf("h3", &[], &title);
        bars(markup, "largest", &title, &desc, &all);
    });
}

/// A plot under its heading, with a sentence below.
fn figure(page: Page<'_>, markup: &mut Markup, title: Words, say: &str, plot: impl FnOnce(&mut Markup)) {
    markup.within("figure", &[], |markup| {
        markup.leaf("h3", &[], page.say(title));
        plot(markup);
        markup.leaf("figcaption", &[], say);
    });
}

/// The figures of a plot, folded away.
fn as_table(
    page: Page<'_>,
    markup: &mut Markup,
    id: &str,
    title: Words,
    columns: &[Column],
    rows: impl FnOnce(&mut Markup),
) {
    markup.within("details", &[("class", "figures-table")], |markup| {
        markup.leaf("summary", &[], &format!("{}: {}", page.say(words::AS_TABLE), page.say(title)));
        grid(page, markup, &format!("{id}-figures"), page.say(title), columns, |markup| {
            markup.within("tbody", &[], rows);
        });
    });
}

fn listed(bars: &[Bar]) -> String {
    bars.iter().map(|bar| format!("{} {}", bar.label, bar.value)).collect::<Vec<_>>().join("; ")
}

/// A section in words; an unknown one by its name.
fn section_words<'a>(page: Page<'_>, name: &'a str) -> &'a str {
    const WORDS: [(&str, Words); 13] = [
        ("backup", words::SECTION_BACKUP),
        ("provision", words::SECTION_PROVISION),
        ("assess", words::SECTION_ASSESS),
        ("schema", words::SECTION_SCHEMA),
        ("load_rows", words::SECTION_LOAD_ROWS),
        ("indexes", words::SECTION_INDEXES),
        ("foreign_keys", words::SECTION_FOREIGN_KEYS),
        ("sequences", words::SECTION_SEQUENCES),
        ("prove", words::SECTION_PROVE),
        ("publish", words::SECTION_PUBLISH),
        ("verify", words::SECTION_VERIFY),
        ("server", words::SECTION_SERVER),
        ("finish", words::SECTION_FINISH),
    ];
    WORDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, text)| page.say(*text))
}
