use super::rates::Rate;
use super::scale::scale;
use crate::Lang;
use crate::markup::Markup;
use crate::numbers::{decimal, duration};

/// Height of the plot's field, in pixels, and of what is above and below it.
const FIELD: f64 = 180.0;
const ABOVE: f64 = 22.0;
const BELOW: f64 = 26.0;
/// The field's own units across; the field is stretched to the width that there is.
const ACROSS: f64 = 1000.0;

/// Rows per second over time, as steps over a filled field. Letters keep their size at any width.
pub(crate) fn curve(markup: &mut Markup, lang: Lang, id: &str, title: &str, desc: &str, unit: &str, rates: &[Rate]) {
    let up = scale(rates.iter().map(|rate| rate.rows).fold(0.0, f64::max));
    let (begin, end) = (rates.first().map_or(0.0, |rate| rate.from), rates.last().map_or(1.0, |rate| rate.to));
    let height = plain(ABOVE + FIELD + BELOW);
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named = format!("{title_id} {desc_id}");
    let attributes = [
        ("class", "plot"),
        ("role", "img"),
        ("aria-labelledby", named.as_str()),
        ("width", "100%"),
        ("height", &height),
    ];
    markup.within("svg", &attributes, |markup| {
        markup.leaf("title", &[("id", &title_id)], title);
        markup.leaf("desc", &[("id", &desc_id)], desc);
        for mark in &up.marks {
            let y = ABOVE + FIELD - mark / up.top * FIELD;
            let (line, text) = (plain(y), plain(y - 4.0));
            let class = if *mark > 0.0 { "grid" } else { "axis" };
            markup.leaf("line", &[("class", class), ("x1", "0"), ("x2", "100%"), ("y1", &line), ("y2", &line)], "");
            if *mark > 0.0 {
                let last = (*mark - up.top).abs() < f64::EPSILON * up.top;
                let label = decimal(lang, *mark, usize::from(up.top < 5.0));
                let label = if last { format!("{label} {unit}") } else { label };
                markup.leaf("text", &[("class", "tick"), ("x", "0"), ("y", &text)], &label);
            }
        }
        field(markup, rates, begin, end, up.top);
        let y = plain(ABOVE + FIELD + 17.0);
        for (part, anchor) in [(0.0, "start"), (0.5, "middle"), (1.0, "end")] {
            let x = format!("{}%", plain(part * 100.0));
            let moment = duration(lang, begin + (end - begin) * part);
            markup.leaf("text", &[("class", "tick"), ("x", &x), ("y", &y), ("text-anchor", anchor)], &moment);
        }
    });
}

/// The filled steps, in a picture of their own that is stretched.
fn field(markup: &mut Markup, rates: &[Rate], begin: f64, end: f64, top: f64) {
    let x = |seconds: f64| plain((seconds - begin) / (end - begin) * ACROSS);
    let y = |rows: f64| plain(FIELD - rows / top * FIELD);
    let mut steps = String::new();
    for rate in rates {
        let start = if steps.is_empty() { "M" } else { "L" };
        steps.push_str(&format!("{start}{} {}L{} {}", x(rate.from), y(rate.rows), x(rate.to), y(rate.rows)));
    }
    let filled = format!("{steps}L{} {floor}L0 {floor}Z", plain(ACROSS), floor = plain(FIELD));
    let view = format!("0 0 {} {}", plain(ACROSS), plain(FIELD));
    let (top, height) = (plain(ABOVE), plain(FIELD));
    let attributes = [
        ("x", "0"),
        ("y", top.as_str()),
        ("width", "100%"),
        ("height", &height),
        ("viewBox", &view),
        ("preserveAspectRatio", "none"),
    ];
    markup.within("svg", &attributes, |markup| {
        markup.leaf("path", &[("class", "area"), ("d", &filled)], "");
        markup.leaf("path", &[("class", "line"), ("vector-effect", "non-scaling-stroke"), ("d", &steps)], "");
    });
}

/// A number as SVG has it, with two decimals at most.
fn plain(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
